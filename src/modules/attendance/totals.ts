import { eq, sql } from 'drizzle-orm'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { shiftTotals } from './schema.ts'

/** Totals of a zone or an event. Counted heads are separate from named people. */
export interface Totals {
  shifts: number
  target: number
  /** Expected: named people and heads held for a team. */
  expected: number
  present: number
  checkedOut: number
  late: number
  minutes: number
  counted: number
  countedAdults: number
  companions: number
}

export interface ZoneOfTotals {
  zoneId: string
  zone: string
  districtCode: string | null
}

function sum(column: AnyColumn) {
  return sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)
}

/** The current totals of every zone that has shifts of the event. Cancelled shifts count only the people who came. */
export async function totalsByZone(db: Reader, eventId: string): Promise<(ZoneOfTotals & Totals)[]> {
  return db
    .select({
      zoneId: zones.id,
      zone: zones.name,
      districtCode: zones.districtCode,
      shifts: sql<number>`count(*)`.mapWith(Number),
      target:
        sql<number>`coalesce(sum(case when ${shifts.cancelledAt} is null then ${shifts.target} else 0 end), 0)`.mapWith(
          Number,
        ),
      expected: sum(shiftSeats.taken),
      present: sum(shiftTotals.present),
      checkedOut: sum(shiftTotals.checkedOut),
      late: sum(shiftTotals.late),
      minutes: sum(shiftTotals.minutes),
      counted: sum(shiftTotals.counted),
      countedAdults: sum(shiftTotals.countedAdults),
      companions: sum(shiftTotals.companions),
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .leftJoin(shiftTotals, eq(shiftTotals.shiftId, shifts.id))
    .where(eq(shifts.eventId, eventId))
    .groupBy(zones.id, zones.name, zones.districtCode)
    .orderBy(zones.id)
}
