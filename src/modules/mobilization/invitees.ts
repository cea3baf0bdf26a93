import type { Reader } from '#platform/database/port.ts'

/** Whom to write to about one participation: the contact is the person's own, or the guardian's for a minor. */
export interface Invitee {
  participationId: string
  personId: string
  teamId: string | null
  linkGeneration: number
  /** Null: no usable contact is known; the leader has to tell them. */
  contactId: string | null
  contactKind: 'phone' | 'email' | null
  /** Shifts that are live, in order of time. */
  assignments: { assignmentId: string; shiftId: string }[]
}

/** Everybody of an event who holds a place and has not declined, in order of participation. */
export async function invitees(_reader: Reader, _eventId: string): Promise<Invitee[]> {
  throw new Error('not yet')
}

/** Which of the subjects (`participation:ID`) still have something to be told: a live place, a link that works. */
export async function stillDue(_reader: Reader, _subjects: readonly string[]): Promise<Set<string>> {
  throw new Error('not yet')
}
