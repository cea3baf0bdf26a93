import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import type { Reason } from './words.ts'

export interface Cancellation {
  eventId: string
  /** Only these kinds; all when absent. */
  kinds?: readonly string[]
  because: Extract<Reason, 'event_cancelled' | 'withdrawn' | 'not_due'>
  at: DateTime
}

/** Cancels what still waits for an event. What is being sent, or was, stays as it is. Returns how many. */
export async function cancelMessages(_tx: Writer, _cancellation: Cancellation): Promise<number> {
  throw new Error('not yet')
}
