import { isoOf } from '#platform/time.ts'
import type { LateEntry } from './ask.ts'
import type { LateEntryView } from './contract.ts'
import { type LateRow, stateOfLate } from './queries.ts'
import { ladderOf } from './rules.ts'

const isoOrNull = (at: LateEntry['decidedAt']) => at && isoOf(at)

/** A late entry as the person's own link shows it. */
export function presentOwnLate(entry: LateEntry) {
  const { id, askedAt, decidedAt, decisionReason } = entry
  return {
    id,
    state: stateOfLate(entry),
    askedAt: isoOf(askedAt),
    decidedAt: isoOrNull(decidedAt),
    decisionReason,
  }
}

/** The answer to a decision on a late entry. */
export function presentDecided(entry: LateEntry) {
  const { id, assignmentId, decidedAt, upheld } = entry
  return { id, assignmentId, state: stateOfLate(entry), decidedAt: isoOrNull(decidedAt), upheld }
}

/** A late entry as approvers and leaders see it. */
export function presentLate({ entry, person, team, event, shift, zone }: LateRow): LateEntryView {
  const { id, assignmentId, origin, reason, decisionReason, step, upheld } = entry
  const ladder = ladderOf(origin)
  return {
    id,
    assignmentId,
    person,
    team,
    event,
    shift: { ...shift, zone, startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt) },
    origin,
    reason,
    arrivedAt: isoOf(entry.arrivedAt),
    leftAt: isoOf(entry.leftAt),
    askedAt: isoOf(entry.askedAt),
    state: stateOfLate(entry),
    asked: ladder[step] ?? 'city',
    climbsAt: isoOrNull(entry.climbsAt),
    decidedAt: isoOrNull(entry.decidedAt),
    decisionReason,
    drawn: entry.drawnAt !== null,
    upheld,
  }
}
