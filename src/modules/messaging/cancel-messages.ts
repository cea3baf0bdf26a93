import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { messages } from './schema.ts'
import type { Reason } from './words.ts'

export interface Cancellation {
  eventId: string
  /** Only these kinds; all when absent. */
  kinds?: readonly string[]
  because: Extract<Reason, 'event_cancelled' | 'withdrawn' | 'not_due'>
  at: DateTime
}

/** Cancels what still waits for an event. What is being sent, or was, stays as it is. Returns how many. */
export async function cancelMessages(
  tx: Writer,
  { eventId, kinds, because, at }: Cancellation,
): Promise<number> {
  const cancelled = await tx
    .update(messages)
    .set({ state: 'cancelled', reason: because, stateAt: at })
    .where(
      and(
        eq(messages.eventId, eventId),
        eq(messages.state, 'queued'),
        kinds && inArray(messages.kind, [...kinds]),
      ),
    )
    .returning({ id: messages.id })
  return cancelled.length
}
