/**
 * When something is due: limits as lists give them (24 小时, 5 工作时, 3 个工作日), and the time that is given back. Pure.
 * The day of issue is not counted; the last working day ends at 17:00; working time runs within the office hours.
 */
import { DateTime } from 'luxon'
import {
  addWorkdays,
  type Calendar,
  deadlineOf,
  isCertain,
  isWorkday,
  workdaysBetween,
} from '#platform/calendar/rules.ts'
import { dayIn } from '#platform/time.ts'

/** How a limit is measured. A limit is written `workdays:3`. */
export type Measure = 'hours' | 'work_hours' | 'workdays'

export interface Limit {
  measure: Measure
  amount: number
}

/** What counting needs to know about the place. */
export interface OfficeTime {
  calendar: Calendar
  /** IANA zone. */
  zone: string
}

export interface DueAt {
  at: DateTime
  /** A yearly notice that is not known yet may make it later. */
  provisional: boolean
}

/** When the last working day of a limit ends. */
export const closesAt = '17:00'

/** Office hours of a working day, in minutes from midnight: 8:30 to 12:00, 13:30 to 17:00. */
const officeHours = [
  [8 * 60 + 30, 12 * 60],
  [13 * 60 + 30, 17 * 60],
] as const

/** A limit as it is stored. @throws RangeError */
export function readLimit(written: string): Limit {
  const [, measure, amount] = /^(hours|work_hours|workdays):([1-9]\d{0,2})$/.exec(written) ?? []
  if (!measure) throw new RangeError(`not a limit: ${written}`)
  return { measure: measure as Measure, amount: Number(amount) }
}

/** The end of a limit that begins at `from`. */
export function dueAfter(office: OfficeTime, from: DateTime, { measure, amount }: Limit): DueAt {
  if (measure === 'hours') return { at: from.plus({ hours: amount }), provisional: false }
  if (measure === 'work_hours') return afterWorkMinutes(office, from, amount * 60)
  const { endsAt, provisional } = deadlineOf(office.calendar, {
    from,
    workdays: amount,
    zone: office.zone,
    closesAt,
  })
  return { at: endsAt, provisional }
}

/** The end of a named day. @throws RangeError when it is no day */
export function dueOn({ zone }: OfficeTime, day: string): DateTime {
  const at = DateTime.fromISO(`${day}T${closesAt}`, { zone }).toUTC()
  if (!at.isValid) throw new RangeError(`not a day: ${day}`)
  return at
}

/**
 * A deadline later by the time that passed in [from, until), in the measure of its limit: hours as they are, working
 * time as office hours, working days as days. Never earlier than before.
 */
export function givenBack(
  office: OfficeTime,
  { due, from, until, measure }: { due: DateTime; from: DateTime; until: DateTime; measure: Measure },
): DateTime {
  if (until <= from) return due
  if (measure === 'hours') return due.plus(until.diff(from))
  if (measure === 'work_hours')
    return afterWorkMinutes(office, due, workMinutesBetween(office, from, until)).at
  const { calendar, zone } = office
  const { workdays } = workdaysBetween(calendar, dayIn(from, zone), dayIn(until, zone))
  if (workdays === 0) return due
  const moved = dueOn(office, addWorkdays(calendar, dayIn(due, zone), workdays).day)
  return moved > due ? moved : due
}

/** 17:00 of the next working day. */
export function endOfNextWorkday(office: OfficeTime, at: DateTime): DateTime {
  return dueAfter(office, at, { measure: 'workdays', amount: 1 }).at
}

/**
 * Half of the time between: of hours by the clock, of everything else by office hours. Until then a wrong department may
 * still return what it was given.
 */
export function halfway(
  office: OfficeTime,
  { from, due, measure }: { from: DateTime; due: DateTime; measure: Measure },
): DateTime {
  if (due <= from) return from
  if (measure === 'hours') return from.plus(due.diff(from).toMillis() / 2)
  return afterWorkMinutes(office, from, Math.floor(workMinutesBetween(office, from, due) / 2)).at
}

/** Until when a unit is asked to accept: the end of the next working day, or half of the time if that is earlier. */
export function answerBy(
  office: OfficeTime,
  times: { from: DateTime; due: DateTime; measure: Measure },
): DateTime {
  return DateTime.min(endOfNextWorkday(office, times.from), halfway(office, times))
}

/** The office hours of a day as spans of UTC; none on a day off. */
function spansOf({ calendar, zone }: OfficeTime, day: string): [DateTime, DateTime][] {
  if (!isWorkday(calendar, day)) return []
  const midnight = DateTime.fromISO(day, { zone })
  const at = (minutes: number) =>
    midnight.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toUTC()
  return officeHours.map(([from, until]) => [at(from), at(until)])
}

/** Minutes of office hours in [from, until). */
export function workMinutesBetween(office: OfficeTime, from: DateTime, until: DateTime): number {
  let minutes = 0
  const last = dayIn(until, office.zone)
  for (let day = dayIn(from, office.zone); day <= last; day = nextDay(day)) {
    for (const [opens, closes] of spansOf(office, day)) {
      const span = DateTime.min(closes, until).diff(DateTime.max(opens, from), 'minutes').minutes
      if (span > 0) minutes += span
    }
  }
  return minutes
}

/** The moment by which that many minutes of office hours have passed since `from`. */
function afterWorkMinutes(office: OfficeTime, from: DateTime, minutes: number): DueAt {
  let left = minutes
  let provisional = false
  for (let day = dayIn(from, office.zone); ; day = nextDay(day)) {
    if (!isCertain(office.calendar, day)) provisional = true
    for (const [opens, closes] of spansOf(office, day)) {
      const start = DateTime.max(opens, from)
      const span = closes.diff(start, 'minutes').minutes
      if (span <= 0) continue
      if (left <= span) return { at: start.plus({ minutes: left }), provisional }
      left -= span
    }
  }
}

const nextDay = (day: string) => DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate()!
