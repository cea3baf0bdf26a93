import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import type { Answer, AnswerVia } from './words.ts'

export interface GivenAnswer {
  participationId: string
  /** One shift; all present ones when absent. */
  assignmentId?: string
  answer: Answer
  via: AnswerVia
  /** The leader who recorded a spoken answer; absent when the person answered by link. */
  by?: Actor
  at: DateTime
}

/**
 * Records accept or decline. Declining frees the place at once and needs no reason; accepting after
 * declining takes a place again if there is one. Repeating an answer changes nothing.
 * @throws DomainError `participation.missing`, `assignment.missing`, `shift.closed`, `shift.full`, `shift.overlaps`
 */
export async function answerInvitation(_tx: Writer, _given: GivenAnswer): Promise<{ answer: Answer | null }> {
  throw new Error('not yet')
}
