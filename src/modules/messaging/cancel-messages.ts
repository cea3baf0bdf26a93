import { and, eq, inArray, notInArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { messages } from './schema.ts'
import type { Reason } from './words.ts'

export interface Cancellation {
  eventId: string
  /** Only these kinds; every kind when absent. */
  kinds?: readonly string[]
  /** Kinds to leave out. */
  except?: readonly string[]
  because: Extract<Reason, 'event_cancelled' | 'withdrawn' | 'not_due'>
  at: DateTime
}

/**
 * Cancels the queued messages of an event. Messages in any other state stay unchanged. Returns the number cancelled.
 */
export async function cancelMessages(
  tx: Writer,
  { eventId, kinds, except, because, at }: Cancellation,
): Promise<number> {
  const cancelled = await tx
    .update(messages)
    .set({ state: 'cancelled', reason: because, stateAt: at })
    .where(
      and(
        eq(messages.eventId, eventId),
        eq(messages.state, 'queued'),
        kinds && inArray(messages.kind, [...kinds]),
        except && notInArray(messages.kind, [...except]),
      ),
    )
    .returning({ id: messages.id })
  return cancelled.length
}
