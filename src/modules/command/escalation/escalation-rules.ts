/** 督办: when a task that is not reported is told to whom. Pure. */
import type { DateTime } from 'luxon'
import { addWorkdays } from '#platform/calendar/rules.ts'
import { dayIn } from '#platform/time.ts'
import { dueOn, halfway, type Measure, type OfficeTime } from '../due-rules.ts'

/** From a word to the liaison to a notice that everybody reads. */
export const levels = [1, 2, 3, 4] as const
export type Level = (typeof levels)[number]

export interface Escalated {
  issuedAt: DateTime
  dueAt: DateTime
  measure: Measure
}

/**
 * When each level is reached: 1 one working day before (of hours: at half time), 2 when it is due, 3 and 4 three and seven
 * working days later.
 */
export function reachedAt(
  office: OfficeTime,
  { issuedAt, dueAt, measure }: Escalated,
  level: Level,
): DateTime {
  if (level === 2) return dueAt
  if (level === 1 && measure !== 'workdays') return halfway(office, { from: issuedAt, due: dueAt, measure })
  const days = { 1: -1, 3: 3, 4: 7 }[level]
  return dueOn(office, addWorkdays(office.calendar, dayIn(dueAt, office.zone), days).day)
}

/** The levels that a task has reached by `at`. */
export function levelsReached(office: OfficeTime, task: Escalated, at: DateTime): Level[] {
  return levels.filter((level) => reachedAt(office, task, level) <= at)
}

/** One escalation of a task: a level of one deadline of one cycle. */
export const escalationId = (level: Level, { cycle, dueAt }: { cycle: number; dueAt: DateTime }) =>
  `escalate:${level}:${cycle}:${dueAt.toMillis()}`
