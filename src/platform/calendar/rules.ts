import { DateTime } from 'luxon'
import { dayIn } from '../time.ts'

/** The content of a yearly notice. Days are `YYYY-MM-DD`. */
export interface Notice {
  year: number
  /** Days off, the weekend days among them as the notice lists them. */
  restDays: readonly string[]
  /** Saturdays and Sundays that are worked. */
  makeUpWorkdays: readonly string[]
}

/** All known notices together. Days are numbered from 1970-01-01. */
export interface Calendar {
  readonly years: ReadonlySet<number>
  /** Whether a day named by a notice is a working day. */
  readonly named: ReadonlyMap<number, boolean>
}

/** A counted day; provisional while a notice that is not known yet may change it. */
export interface CountedDay {
  day: string
  provisional: boolean
}

/** A deadline: half-open, `endsAt` itself is already too late. */
export interface Deadline {
  lastDay: string
  endsAt: DateTime
  provisional: boolean
}

const dayMs = 86_400_000

/** When two notices name the same day, the later one applies. */
export function calendarOf(notices: readonly Notice[]): Calendar {
  const named = new Map<number, boolean>()
  for (const { restDays, makeUpWorkdays } of [...notices].sort((a, b) => a.year - b.year)) {
    for (const day of restDays) named.set(numberOf(day), false)
    for (const day of makeUpWorkdays) named.set(numberOf(day), true)
  }
  return { years: new Set(notices.map(({ year }) => year)), named }
}

/**
 * Whether a notice for `year` may name the day. Its New Year's holiday may begin in the last week of the year
 * before, as those for 2012, 2019 and 2023 did.
 */
export function mayName(year: number, day: string): boolean {
  return day >= `${year - 1}-12-25` && day <= `${year}-12-31`
}

/** @throws RangeError when it is no day of the calendar */
export function isWorkday(calendar: Calendar, day: string): boolean {
  return worked(calendar, numberOf(day))
}

/** @throws RangeError when it is no day of the calendar */
export function isWeekend(day: string): boolean {
  return weekend(numberOf(day))
}

/** Whether no future notice can change the day: all notices that may name it are known. */
export function isCertain(calendar: Calendar, day: string): boolean {
  return certain(calendar, numberOf(day))
}

/**
 * The last of `workdays` working days after `from`, which is not counted itself; before it when negative, and
 * `from` for 0.
 * @throws RangeError when `from` is no day of the calendar or `workdays` not whole
 */
export function addWorkdays(calendar: Calendar, from: string, workdays: number): CountedDay {
  if (!Number.isSafeInteger(workdays)) throw new RangeError(`not a number of working days: ${workdays}`)
  const step = workdays < 0 ? -1 : 1
  let day = numberOf(from)
  let provisional = false
  for (let left = Math.abs(workdays); left > 0; ) {
    day += step
    if (worked(calendar, day)) left -= 1
    if (!certain(calendar, day)) provisional = true
  }
  return { day: dayOf(day), provisional }
}

/** How many working days lie in [from, until). @throws RangeError when a day is none, or `until` is before `from` */
export function workdaysBetween(
  calendar: Calendar,
  from: string,
  until: string,
): { workdays: number; provisional: boolean } {
  const end = numberOf(until)
  let day = numberOf(from)
  if (end < day) throw new RangeError(`${until} is before ${from}`)
  let workdays = 0
  let provisional = false
  for (; day < end; day += 1) {
    if (worked(calendar, day)) workdays += 1
    if (!certain(calendar, day)) provisional = true
  }
  return { workdays, provisional }
}

/**
 * When something is due `workdays` working days after the moment `from`. The day of `from` in `zone` is not
 * counted; the last day ends at `closesAt` (`HH:mm`) there, without it at midnight.
 * @throws RangeError for a zone or an hour that there is not
 */
export function deadlineOf(
  calendar: Calendar,
  { from, workdays, zone, closesAt }: { from: DateTime; workdays: number; zone: string; closesAt?: string },
): Deadline {
  const { day: lastDay, provisional } = addWorkdays(calendar, dayIn(from, zone), workdays)
  const endsAt =
    closesAt === undefined
      ? DateTime.fromISO(lastDay, { zone }).plus({ days: 1 }).startOf('day')
      : DateTime.fromISO(`${lastDay}T${closesAt}`, { zone })
  if (!endsAt.isValid) throw new RangeError(`not an hour of the day: ${closesAt}`)
  return { lastDay, endsAt: endsAt.toUTC(), provisional }
}

/**
 * Compares a deadline that was communicated with the same deadline counted again: it moves only while it is provisional,
 * and only to a later time. `moved`: it changed, and the caller must record that.
 */
export function settledDeadline(told: Deadline, counted: Deadline): Deadline & { moved: boolean } {
  if (!told.provisional) return { ...told, moved: false }
  const moved = counted.endsAt > told.endsAt
  return { ...(moved ? counted : told), provisional: counted.provisional, moved }
}

function worked(calendar: Calendar, day: number): boolean {
  return calendar.named.get(day) ?? !weekend(day)
}

function weekend(day: number): boolean {
  return new Date(day * dayMs).getUTCDay() % 6 === 0
}

function certain({ years }: Calendar, day: number): boolean {
  const date = new Date(day * dayMs)
  const year = date.getUTCFullYear()
  return years.has(year) && (years.has(year + 1) || !mayName(year + 1, dayOf(day)))
}

function numberOf(day: string): number {
  const number = Date.parse(`${day}T00:00:00Z`) / dayMs
  if (Number.isNaN(number) || dayOf(number) !== day) throw new RangeError(`not a day: ${day}`)
  return number
}

function dayOf(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}
