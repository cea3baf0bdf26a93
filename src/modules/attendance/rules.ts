import type { DateTime } from 'luxon'
import type { EvidenceGrade, Outcome, PositionJudgement, Timing } from './words.ts'

/** Minutes before the start of a shift from which an arrival is possible at all, by roll-call or by position. */
export const opensBeforeMin = 180
/**
 * Heads are counted until this many minutes after the end: they earn no hours, and a class is counted when it is back
 * together.
 */
export const countedUntilMin = 120
/** A check-out earlier than this many minutes before the end needs a confirmation. */
export const earlyLeaveMin = 15
/** A check-out within this many seconds of the check-in is a second tap on the same button. */
export const doubleTapSeconds = 60
/** Minutes in which a person can undo their own check-out. */
export const undoLeaveMin = 10
/**
 * An arrival more than `earlyBeforeMin` minutes before the start is early; up to `graceMin` minutes after it, on
 * time.
 */
export const earlyBeforeMin = 30
export const graceMin = 10

interface Window {
  startsAt: DateTime
  endsAt: DateTime
}

/** When a shift that was cancelled after it had begun was broken off; undefined: it was not, or never began. */
export function brokenOffAt(
  { startsAt, endsAt }: Window,
  cancelledAt: readonly (DateTime | null)[],
): DateTime | undefined {
  const within = cancelledAt.filter((at) => at !== null && at > startsAt && at < endsAt) as DateTime[]
  return cancelledAt.some((at) => at !== null && at <= startsAt)
    ? undefined
    : within.toSorted((a, b) => +a - +b)[0]
}

/** Whether a shift is ahead, open for attendance, or over. Every use-case checks this first. */
export type Phase = 'ahead' | 'open' | 'over'

/** The phase of a shift. During the shift a late arrival is only labelled; after it nobody can arrive. */
export function phaseOf({ startsAt, endsAt }: Window, at: DateTime, opensMin = opensBeforeMin): Phase {
  if (at >= endsAt) return 'over'
  return at.toMillis() >= startsAt.toMillis() - opensMin * 60_000 ? 'open' : 'ahead'
}

/** Whether a check-out now is an early one. */
export function leavesEarly({ endsAt }: Pick<Window, 'endsAt'>, at: DateTime): boolean {
  return at.toMillis() < endsAt.toMillis() - earlyLeaveMin * 60_000
}

/** The label of an arrival: early, on time or late. */
export function timingOf({ startsAt }: Window, at: DateTime): Timing {
  const afterStartMin = (at.toMillis() - startsAt.toMillis()) / 60_000
  if (afterStartMin < -earlyBeforeMin) return 'early'
  return afterStartMin <= graceMin ? 'on_time' : 'late'
}

/**
 * Time of service in whole minutes: from check-in to check-out, limited to the shift's window. Waiting before the
 * start and a forgotten check-out earn no hours (Order 67 art 7).
 */
export function minutesOf({ startsAt, endsAt }: Window, checkInAt: DateTime, checkOutAt: DateTime): number {
  const from = Math.max(checkInAt.toMillis(), startsAt.toMillis())
  const to = Math.min(checkOutAt.toMillis(), endsAt.toMillis())
  return Math.max(0, Math.floor((to - from) / 60_000))
}

/** The evidence grade of the person's own check-in: A at the place and inside the window, otherwise C. */
export function gradeOfOwn(window: Window, at: DateTime, position: PositionJudgement): EvidenceGrade {
  const inside = position === 'inside' && timingOf(window, at) !== 'early' && at < window.endsAt
  return inside ? 'A' : 'C'
}

/** Whether the birth year alone shows that the person is under 18, in every time zone. */
export function isPlainlyMinor(birthYear: number | null, startsAt: DateTime): boolean {
  return birthYear !== null && startsAt.year - birthYear < 17
}

/** Whether the birth year alone shows that the person is of age, in every time zone: the birth date is not needed. */
export function isPlainlyOfAge(birthYear: number | null, startsAt: DateTime): boolean {
  return birthYear !== null && startsAt.year - birthYear > 19
}

/**
 * The outcome of an assignment: exactly one of six, so their sum is the number of assignments. A person who came has
 * arrived, whatever they answered.
 */
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
