import { eq, sql } from 'drizzle-orm'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { shiftTotals } from './schema.ts'

/** Figures of one place or of a whole event. Counted heads stand apart from named people. */
export interface Totals {
  shifts: number
  target: number
  /** Places taken: named people and heads held for a team. */
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

/** What is true now of every zone with shifts of an event; cancelled shifts count only whom they had. */
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
