import { DateTime } from 'luxon'
import { demandProblem, shiftHoursMax } from '../rules.ts'
import type { RevisionConflict } from '../words.ts'
import type { ShiftRevisionChange } from './contract.ts'

/** What a revision may change of a shift, and an undo brings back. */
export interface Revisable {
  startsAt: DateTime
  endsAt: DateTime
  min: number
  target: number
  max: number
  zoneId: string
  meetingPoint: string | null
  work: string
  tools: string | null
  toolsBroughtBy: string | null
  risks: string | null
  insurance: string | null
}

const revisable: Record<keyof Revisable, true> = {
  startsAt: true,
  endsAt: true,
  min: true,
  target: true,
  max: true,
  zoneId: true,
  meetingPoint: true,
  work: true,
  tools: true,
  toolsBroughtBy: true,
  risks: true,
  insurance: true,
}
export const revisableFields = Object.keys(revisable) as (keyof Revisable)[]

/** The revisable part of a shift. */
export function revisableOf(shift: Revisable): Revisable {
  return Object.fromEntries(revisableFields.map((field) => [field, shift[field]])) as unknown as Revisable
}

/** As JSON keeps it: times in milliseconds. */
export type KeptShift = Record<keyof Revisable, string | number | null>

export function kept(shift: Revisable): KeptShift {
  const { startsAt, endsAt, ...rest } = revisableOf(shift)
  return { ...rest, startsAt: startsAt.toMillis(), endsAt: endsAt.toMillis() }
}

export function restored({ startsAt, endsAt, ...rest }: KeptShift): Revisable {
  const at = (millis: KeptShift[keyof KeptShift]) => DateTime.fromMillis(Number(millis), { zone: 'utc' })
  return { ...rest, startsAt: at(startsAt), endsAt: at(endsAt) } as Revisable
}

/**
 * The shift as the change makes it. Clocks are set first, on the shift's own day in the event's time zone; then days and
 * minutes are added. Pure.
 */
export function revised(shift: Revisable, change: ShiftRevisionChange, timeZone: string): Revisable {
  const { moveDays = 0, moveMin = 0, startsAtClock, endsAtClock, ...set } = change
  const starts = shift.startsAt.setZone(timeZone)
  const startsAt = startsAtClock ? atClock(starts, startsAtClock) : starts
  const ends = endsAtClock ? after(startsAt, endsAtClock) : shift.endsAt.setZone(timeZone)
  const moved = (time: DateTime) => time.plus({ days: moveDays }).plus({ minutes: moveMin }).toUTC()
  return { ...revisableOf(shift), ...set, startsAt: moved(startsAt), endsAt: moved(ends) }
}

function atClock(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 })
}

/** The first moment after the start at which clocks show this. */
function after(start: DateTime, clock: string): DateTime {
  const same = atClock(start, clock)
  return same > start ? same : same.plus({ days: 1 })
}

export function isSame(before: Revisable, next: Revisable): boolean {
  return revisableFields.every((field) => before[field]?.valueOf() === next[field]?.valueOf())
}

/** Whether its people have to know: the parts a message tells. */
export function movesPeople(before: Revisable, next: Revisable): boolean {
  const told = ['startsAt', 'endsAt', 'zoneId', 'meetingPoint'] as const
  return told.some((field) => before[field]?.valueOf() !== next[field]?.valueOf())
}

interface Facts {
  event: { startsAt: DateTime; endsAt: DateTime }
  /** The zone it would be in. */
  zone: { closedAt: DateTime | null; minorsSuitable: boolean }
  minorsAllowed: boolean
  taken: number
  skills: readonly { skill: string; min: number }[]
}

/** Why a shift cannot become so; undefined when it can, as far as people's other places do not speak against it. Pure. */
export function conflictOf(before: Revisable, next: Revisable, facts: Facts): RevisionConflict | undefined {
  const { event, zone, minorsAllowed, taken, skills } = facts
  if (next.endsAt <= next.startsAt) return 'ends_before_start'
  if (next.startsAt < event.startsAt || next.endsAt > event.endsAt) return 'outside_event'
  if (next.endsAt.diff(next.startsAt, 'hours').hours > shiftHoursMax) return 'too_long'
  if (demandProblem({ ...next, skills })) return 'demand_wrong'
  if (next.max < taken) return 'below_taken'
  if (next.zoneId === before.zoneId) return undefined
  if (zone.closedAt) return 'zone_closed'
  return minorsAllowed && !zone.minorsSuitable ? 'minors_unsuitable' : undefined
}
