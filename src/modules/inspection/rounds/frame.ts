import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { points, standards, visits } from '../schema.ts'
import type { PointClass } from '../words.ts'
import type { RoundSpec } from './tables.ts'

/** A point that can be drawn. */
export interface FramedPoint {
  pointId: string
  zoneId: string
  code: string
  districtCode: string
  pointClass: PointClass
  unseenDays: number
}

/**
 * The frame of a round: the open points of the districts and classes it names for which the scheme has standards.
 * @throws DomainError invalid `round.empty_frame`, `round.empty_stratum`, `round.class_unscored`
 */
export async function frameOf(
  db: Reader,
  { schemeId, spec, at }: { schemeId: string; spec: RoundSpec; at: DateTime },
): Promise<FramedPoint[]> {
  const classes = await scoredClasses(db, schemeId)
  const unscored = spec.pointClasses.filter((each) => !classes.has(each) && !classes.has('common'))
  if (unscored.length > 0)
    throw new DomainError(
      'invalid',
      'round.class_unscored',
      'The scheme has no standards for some classes.',
      {
        pointClasses: unscored,
      },
    )
  const scored = (pointClass: PointClass) => classes.has('common') || classes.has(pointClass)
  const frame = (await openPoints(db, spec, at)).filter(({ pointClass }) => scored(pointClass))
  if (frame.length === 0)
    throw new DomainError('invalid', 'round.empty_frame', 'There are no points to draw from.')
  const empty = emptyStrata(frame, spec)
  if (empty.length > 0)
    throw new DomainError('invalid', 'round.empty_stratum', 'Some strata have no points.', { strata: empty })
  return frame
}

async function scoredClasses(db: Reader, schemeId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ pointClass: standards.pointClass })
    .from(standards)
    .where(eq(standards.schemeId, schemeId))
  return new Set(rows.map(({ pointClass }) => pointClass))
}

/**
 * When somebody last brought a visit of a point home: one step in the index for each point of the frame, however many visits
 * there are.
 */
const lastSeenAt = sql<DateTime | null>`(
  select max(${visits.receivedAt}) from ${visits} where ${visits.pointId} = ${points.id}
)`.mapWith(visits.receivedAt)

async function openPoints(db: Reader, spec: RoundSpec, at: DateTime): Promise<FramedPoint[]> {
  const inDistricts = or(...spec.districtCodes.map((code) => districtCovers(zones.districtCode, code)))
  const where: (SQL | undefined)[] = [isNull(points.closedAt), inDistricts]
  if (spec.pointClasses.length > 0) where.push(inArray(points.pointClass, spec.pointClasses))
  const rows = await db
    .select({
      pointId: points.id,
      zoneId: points.zoneId,
      code: points.code,
      districtCode: sql<string>`coalesce(${zones.districtCode}, '')`,
      pointClass: points.pointClass,
      createdAt: points.createdAt,
      lastSeenAt,
    })
    .from(points)
    .innerJoin(zones, eq(zones.id, points.zoneId))
    .where(and(...where))
    .orderBy(points.code)
  return rows.map(({ createdAt, lastSeenAt: seenAt, ...point }) => ({
    ...point,
    unseenDays: Math.max(0, Math.floor(at.diff(seenAt ?? createdAt, 'days').days)),
  }))
}

/** Where districts and classes are both named, each pair is a stratum that was asked for; else every one that is named. */
function emptyStrata(frame: readonly FramedPoint[], { districtCodes, pointClasses }: RoundSpec): string[] {
  const inDistrict = (code: string) =>
    frame.filter(({ districtCode }) => districtCode.startsWith(code.replace(/(?:00)+$/, '')))
  if (pointClasses.length === 0)
    return districtCodes.filter((code) => inDistrict(code).length === 0).map((code) => `${code}|`)
  const asked = districtCodes.length === 0 ? [''] : districtCodes
  return asked.flatMap((code) => {
    const there = new Set((code === '' ? frame : inDistrict(code)).map(({ pointClass }) => pointClass))
    return pointClasses.filter((each) => !there.has(each)).map((each) => `${code}|${each}`)
  })
}
