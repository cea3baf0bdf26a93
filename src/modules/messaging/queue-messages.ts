import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import type { Lane, Locale } from './words.ts'

/** One message to be told to one contact. */
export interface MessageRequest {
  /** A registered kind: `invitation`. */
  kind: string
  contactId: string
  /** What it is about; the same contact is told once for each kind, key and generation: `event:ID`. */
  groupKey: string
  /** Whom it names: `participation:ID`. At least one. */
  subjects: readonly string[]
  /** Counted up by the caller to tell the same thing anew; 1 at first. */
  generation: number
  eventId: string | null
  lane: Lane
  /** At once when absent; quiet hours move it on. */
  notBefore?: DateTime
  /** Never sent from this moment on: for a reminder, the start of the shift. */
  expiresAt?: DateTime | null
  locale?: Locale
}

export interface Queued {
  /** Messages written. */
  queued: number
  /** Requests whose people had all been told, or were waiting to be, already. */
  repeated: number
}

/**
 * Writes messages into the outbox, in the transaction that causes them: sent if it commits, never if it does not.
 *
 * Idempotent: each subject is told once per kind, contact, groupKey and generation. A subject that joins a message
 * which still waits is added to it; one that comes after it was sent gets a message of its own.
 * The channel follows from the contact (phone: text message, address: mail). Contacts that are unknown are an error;
 * whether one is invalid or opted out is judged at the moment of sending.
 * @throws DomainError `message.contact_missing`, `message.without_subject`
 */
export async function queueMessages(
  _tx: Writer,
  _requests: readonly MessageRequest[],
  _at: DateTime,
): Promise<Queued> {
  throw new Error('not yet')
}
