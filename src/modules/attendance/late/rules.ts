import type { DateTime } from 'luxon'
import { type Calendar, type Deadline, deadlineOf } from '#platform/calendar/rules.ts'
import type { LateLevel, LateOrigin } from '../words.ts'

/** A late entry can be made for this many working days after the shift (MCA Order 67 art 11). */
export const lateWorkdays = 10
/** An undecided entry escalates after this many working days. */
export const climbWorkdays = 2
/** At most this many in one act, entered or decided. */
export const lateAtOnce = 30
/** One in this many approved entries is sampled for review by an office. */
export const drawnOneIn = 20
/** More entries than this by one user for one event are reported in the audit trail. */
export const alarmAbove = 10

const aboveLeader = ['liaison', 'district', 'city'] as const

/** The levels of approval, in order. The leader who made the entry is never the second person. */
export function ladderOf(origin: LateOrigin): readonly LateLevel[] {
  return origin === 'own' ? ['nearby', ...aboveLeader] : ['in_charge', ...aboveLeader]
}

interface Ended {
  endsAt: DateTime
  timeZone: string
}

/** Deadline until which a late entry can be requested. */
export function lateUntil(calendar: Calendar, { endsAt, timeZone }: Ended): Deadline {
  return deadlineOf(calendar, { from: endsAt, workdays: lateWorkdays, zone: timeZone })
}

/** Deadline at which an undecided entry escalates. */
export function climbOf(calendar: Calendar, from: DateTime, zone: string): Deadline {
  return deadlineOf(calendar, { from, workdays: climbWorkdays, zone })
}
