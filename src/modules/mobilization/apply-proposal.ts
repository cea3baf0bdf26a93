import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import type { Ineligibility } from './words.ts'

export interface Proposal {
  eventId: string
  assignments: { personId: string; shiftId: string; teamId: string }[]
  /** Heads of teams without names. */
  allotments: { teamId: string; shiftId: string; heads: number; minors: number }[]
  by: Actor | 'system'
  at: DateTime
  keys: KeyRing
}

export interface Applied {
  assigned: number
  /** In place already and still so. */
  kept: number
  /** Placed by an earlier proposal and not part of this one: taken back. */
  takenBack: number
  allotted: number
  /** What the present state no longer allows, each with its reason; nothing of these was written. */
  refused: { personId: string; shiftId: string; because: Ineligibility }[]
  refusedAllotments: { teamId: string; shiftId: string; because: Ineligibility }[]
}

/**
 * Makes a proposal real: the proposal is the whole plan, so whatever an earlier one placed and this one does
 * not is taken back; pinned, leader-named and accepted places stay. No shift goes above its max and nobody
 * stands on two overlapping shifts, here or in another event.
 * @throws DomainError `event.missing`, `event.closed`
 */
export async function applyProposal(_tx: Writer, _proposal: Proposal): Promise<Applied> {
  throw new Error('not yet')
}
