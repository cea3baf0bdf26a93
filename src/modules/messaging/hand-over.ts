import { and, eq, gt, inArray } from 'drizzle-orm'
import { inChunks } from '#platform/database/port.ts'
import type { MessagingContext } from './context.ts'
import type { HandOver, Outcome } from './providers/provider.ts'
import { messages } from './schema.ts'

/** Milliseconds that a provider has to answer after the service began to stop. */
const cutMs = 3_000

/**
 * The hand-over of one claim's messages. Each message is stamped before its call, and only while the claim is held. So
 * at most one process hands it over, and after a crash only stamped messages are in doubt.
 * @param signal aborted when the service stops
 */
export function handOverOf(
  { db, now }: Pick<MessagingContext, 'db' | 'now'>,
  claim: string,
  signal: AbortSignal | undefined,
): HandOver {
  return {
    async begin(messageIds) {
      const mine = new Set<string>()
      if (signal?.aborted) return mine
      const at = now()
      await db.transaction(
        async (tx) => {
          mine.clear()
          await inChunks(messageIds, 200, async (some) => {
            const held = await tx
              .update(messages)
              .set({ handedOverAt: at })
              .where(
                and(
                  inArray(messages.id, some),
                  eq(messages.claim, claim),
                  eq(messages.state, 'sending'),
                  gt(messages.leaseUntil, at),
                ),
              )
              .returning({ id: messages.id })
            for (const { id } of held) mine.add(id)
          })
        },
        { isolation: 'statement' },
      )
      return mine
    },
    cut: new Promise<Outcome>((resolve) => {
      const cut = () => setTimeout(resolve, cutMs, { outcome: 'unknown', reason: 'no_answer' }).unref()
      if (signal?.aborted) cut()
      else signal?.addEventListener('abort', cut, { once: true })
    }),
  }
}
