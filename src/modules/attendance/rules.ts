import type { DateTime } from 'luxon'
import type { EvidenceGrade, Outcome, PositionJudgement, Timing } from './words.ts'

/** From so long before its start a shift's check-in is open; before, an arrival cannot be meant. */
export const opensBeforeMin = 180
/** Who comes sooner than this before the start is early; until so long after it, on time. */
export const earlyBeforeMin = 30
export const graceMin = 10

interface Window {
  startsAt: DateTime
  endsAt: DateTime
}

/** Whether check-in is open yet. It never closes: who is late is labelled, not refused. */
export function isOpen({ startsAt }: Window, at: DateTime): boolean {
  return at.toMillis() >= startsAt.toMillis() - opensBeforeMin * 60_000
}

export function timingOf({ startsAt }: Window, at: DateTime): Timing {
  const afterStartMin = (at.toMillis() - startsAt.toMillis()) / 60_000
  if (afterStartMin < -earlyBeforeMin) return 'early'
  return afterStartMin <= graceMin ? 'on_time' : 'late'
}

/**
 * Time really given, in whole minutes: from check-in to check-out, inside the shift's window, so that neither
 * waiting for the start nor a forgotten check-out makes hours (Order 67 art 7).
 */
export function minutesOf({ startsAt, endsAt }: Window, checkInAt: DateTime, checkOutAt: DateTime): number {
  const from = Math.max(checkInAt.toMillis(), startsAt.toMillis())
  const to = Math.min(checkOutAt.toMillis(), endsAt.toMillis())
  return Math.max(0, Math.floor((to - from) / 60_000))
}

/** How good the evidence is of somebody's own check-in: A at the place inside the window, else their word. */
export function gradeOfOwn(window: Window, at: DateTime, position: PositionJudgement): EvidenceGrade {
  const inside = position === 'inside' && timingOf(window, at) !== 'early' && at < window.endsAt
  return inside ? 'A' : 'C'
}

/** Whether somebody is under 18 whatever the day is: they are not yet in the year they turn that old. */
export function isPlainlyMinor(birthDate: string | null, startsAt: DateTime): boolean {
  return birthDate !== null && startsAt.year - Number(birthDate.slice(0, 4)) < 17
}

/** Whether nobody needs to look closer at somebody's age, whatever the day is where the shift takes place. */
export function isPlainlyOfAge(birthDate: string | null, startsAt: DateTime): boolean {
  return birthDate !== null && startsAt.year - Number(birthDate.slice(0, 4)) > 19
}

/** How an assignment ended. Exactly one of six: they add up to assigned. Who came has arrived, whatever was said. */
export function outcomeOf(assignment: {
  checkInAt: DateTime | null
  cancelledAt: DateTime | null
  excusedAt: DateTime | null
  answer: 'accepted' | 'declined' | null
}): Outcome {
  if (assignment.checkInAt) return 'arrived'
  if (assignment.cancelledAt) return 'cancelled'
  if (assignment.excusedAt) return 'excused'
  if (assignment.answer === null) return 'unanswered'
  return assignment.answer === 'accepted' ? 'absent' : 'declined'
}
