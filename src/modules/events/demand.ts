import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { DemandFigures } from './contract.ts'
import { shiftSeats, shifts } from './schema.ts'

type Figures = DemandFigures['total']

const nothing: Figures = { shifts: 0, min: 0, target: 0, max: 0, taken: 0 }

function add(a: Figures, b: Figures): Figures {
  return {
    shifts: a.shifts + b.shifts,
    min: a.min + b.min,
    target: a.target + b.target,
    max: a.max + b.max,
    taken: a.taken + b.taken,
  }
}

/** Demand and taken places of an event, by zone, kind of zone and district. Cancelled shifts are not counted. */
export async function demandFigures(db: Reader, eventId: string): Promise<DemandFigures> {
  const sum = (column: unknown) => sql<number>`sum(${column})`.mapWith(Number)
  const rows = await db
    .select({
      id: zones.id,
      name: zones.name,
      kind: zones.kind,
      districtCode: zones.districtCode,
      shifts: sql<number>`count(*)`.mapWith(Number),
      min: sum(shifts.min),
      target: sum(shifts.target),
      max: sum(shifts.max),
      taken: sum(shiftSeats.taken),
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .groupBy(zones.id, zones.name, zones.kind, zones.districtCode, zones.pinyin)
    .orderBy(asc(zones.districtCode), asc(zones.pinyin), asc(zones.id))
  const sumBy = <K>(keyOf: (row: (typeof rows)[number]) => K) =>
    [...Map.groupBy(rows, keyOf)].map(([key, group]) => ({ key, ...group.reduce(add, nothing) }))
  return {
    total: rows.reduce(add, nothing),
    districts: sumBy((row) => row.districtCode).map(({ key, ...figures }) => ({
      districtCode: key,
      ...figures,
    })),
    kinds: sumBy((row) => row.kind).map(({ key, ...figures }) => ({ kind: key, ...figures })),
    zones: rows.map(({ id, name, kind: _kind, districtCode: _code, ...figures }) => ({
      zone: { id, name },
      ...figures,
    })),
  }
}
