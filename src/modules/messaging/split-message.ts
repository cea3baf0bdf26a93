import { and, eq, inArray, max } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { Message } from './claim.ts'
import { messageSubjects, messages } from './schema.ts'

/**
 * Tells some of a message's people in a message of its own, because one text cannot name them all. Nobody is told twice:
 * a subject moves from one to the other.
 */
export async function splitMessage(
  tx: Writer,
  message: Message,
  apart: readonly string[],
  at: DateTime,
): Promise<void> {
  const { kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt } = message
  const sameKey = and(
    eq(messages.kind, kind),
    eq(messages.contactId, contactId),
    eq(messages.groupKey, groupKey),
    eq(messages.generation, generation),
    eq(messages.channel, channel),
  )
  const [last] = await tx
    .select({ part: max(messages.part) })
    .from(messages)
    .where(sameKey)
  const id = newId()
  const made = await tx
    .insert(messages)
    .values({
      ...{ id, kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt },
      ...{ part: (last?.part ?? 0) + 1, state: 'queued', notBefore: at, stateAt: at, createdAt: at },
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  // Somebody else made this part meanwhile: the message waits as it was and is split at the next try.
  if (made.length === 0) return
  await tx
    .update(messageSubjects)
    .set({ messageId: id })
    .where(and(eq(messageSubjects.messageId, message.id), inArray(messageSubjects.subject, [...apart])))
}
