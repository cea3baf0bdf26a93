import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { holdingOn } from '#modules/grid/index.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { dayIn } from '#platform/time.ts'
import { points, standards, standardUnits, type visits } from '../schema.ts'
import type { Concern, Standing } from './assignment-rules.ts'

const standing = { id: units.id, path: units.path, districtCode: units.districtCode }

/** When, and by which clock days are counted. */
export interface Today {
  at: DateTime
  timeZone: string
}

/** As far as it says whom a visit concerns. */
export type Concerning = Pick<
  typeof visits.$inferSelect,
  'schemeId' | 'pointId' | 'zoneId' | 'districtCode' | 'pointClass'
>

/** Whom a visit concerns: whose point it is, who answers for its zone, who leads the standards of its class there. */
export async function concernOf(db: Reader, visit: Concerning, today: Today): Promise<Concern> {
  const { districtCode, pointId, zoneId } = visit
  const own = pointId
    ? await db
        .select(standing)
        .from(points)
        .innerJoin(units, eq(units.id, points.unitId))
        .where(eq(points.id, pointId))
    : []
  return {
    districtCode,
    units: [...own, ...(await unitsOfZone(db, zoneId, today)), ...(await leadsThere(db, visit))],
  }
}

/** Who answers for a zone at the level of units today, inherited from the nearest zone above that has somebody; oldest first. */
export async function unitsOfZone(
  db: Reader,
  zoneId: string,
  { at, timeZone }: Today,
): Promise<(Standing & { closedAt: DateTime | null })[]> {
  const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, zoneId))
  const line = zone?.path.split('/').filter(Boolean) ?? []
  const rows = await db
    .select({ zoneId: responsibilities.zoneId, ...standing, closedAt: units.closedAt })
    .from(responsibilities)
    .innerJoin(units, eq(units.id, responsibilities.unitId))
    .where(
      and(
        inArray(responsibilities.zoneId, line),
        eq(responsibilities.level, 'unit'),
        holdingOn(dayIn(at, timeZone)),
      ),
    )
    .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
  const nearest = line.findLast((id) => rows.some((row) => row.zoneId === id && row.closedAt === null))
  return rows.filter((row) => row.zoneId === nearest).map(({ zoneId: _, ...unit }) => unit)
}

async function leadsThere(
  db: Reader,
  { schemeId, pointClass, districtCode }: Concerning,
): Promise<(Standing & { closedAt: DateTime | null })[]> {
  if (!pointClass) return []
  return db
    .selectDistinct({ ...standing, closedAt: units.closedAt })
    .from(standardUnits)
    .innerJoin(standards, eq(standards.id, standardUnits.standardId))
    .innerJoin(units, eq(units.id, standardUnits.unitId))
    .where(
      and(
        eq(standards.schemeId, schemeId),
        inArray(standards.pointClass, [pointClass, 'common']),
        eq(standardUnits.role, 'lead'),
        or(eq(standardUnits.districtCode, ''), eq(standardUnits.districtCode, districtCode)),
        isNull(units.closedAt),
      ),
    )
}
