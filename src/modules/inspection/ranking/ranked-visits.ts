import { and, asc, eq, exists, inArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Looking } from '#modules/command/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, pathBelow, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf, readCursor } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { cases, observations, points, standardUnits, visits } from '../schema.ts'
import { presentPair } from '../scoring/contract.ts'
import type { PointClass } from '../words.ts'
import type { RankedVisitView } from './contract.ts'
import { countedOf } from './counted-visits.ts'
import { lineOf, rankingRow } from './ranking-queries.ts'
import type { LineRow } from './tables.ts'

const one = { one: sql`1` }
const ownPoints = alias(points, 'own_points')

/**
 * Whom a visit concerns, as a SQL condition on `visits`: in a district within the reach, at a point of a unit within it, with a case that such a unit owes,
 * or with an observation of a standard that such a unit leads or supports. Undefined: all of them.
 */
export function visitsWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const within = db.select({ id: units.id }).from(units).where(unitsWithin(reach))
  return or(
    ...reach.codes.map((code) => districtCovers(visits.districtCode, code)),
    exists(
      db
        .select(one)
        .from(ownPoints)
        .where(and(eq(ownPoints.id, visits.pointId), inArray(ownPoints.unitId, within))),
    ),
    exists(
      db
        .select(one)
        .from(cases)
        .where(and(eq(cases.visitId, visits.id), inArray(cases.unitId, within))),
    ),
    sees(
      db,
      db
        .select({ id: standardUnits.standardId })
        .from(standardUnits)
        .where(inArray(standardUnits.unitId, within)),
    ),
  )
}

/** SQL condition on `visits`: what counts in this line. */
async function ofLine(db: Reader, { districtCode, zoneId, unitId }: LineRow): Promise<SQL> {
  if (districtCode) return eq(visits.districtCode, districtCode)
  if (zoneId) {
    const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, zoneId))
    const below = db.select({ id: zones.id }).from(zones).where(pathBelow(zones.path, zone!.path))
    return inArray(visits.zoneId, below)
  }
  // Named one by one: within a statement PostgreSQL takes them for many, and reads every observation.
  const led = await db
    .select({ id: standardUnits.standardId })
    .from(standardUnits)
    .where(
      and(
        eq(standardUnits.unitId, unitId!),
        eq(standardUnits.role, 'lead'),
        eq(standardUnits.districtCode, ''),
      ),
    )
  return sees(
    db,
    led.map(({ id }) => id),
  )
}

/** SQL condition on `visits`: one of these standards was looked at. */
function sees(db: Reader, standardIds: SQLWrapper | string[]): SQL {
  return exists(
    db
      .select(one)
      .from(observations)
      .where(and(eq(observations.visitId, visits.id), inArray(observations.standardId, standardIds))),
  )
}

/**
 * The visits that count in a line, or in one stratum of it: its rounds are closed, so everybody may read each visit with its pictures.
 * @throws DomainError `ranking.missing`, `ranking.line_missing`
 */
export async function listRankedVisits(
  db: Reader,
  asked: {
    rankingId: string
    lineId: string
    districtCode?: string
    pointClass?: PointClass
    cursor?: string
    limit?: number
  },
  { reader }: Looking,
) {
  const { rankingId, lineId, districtCode, pointClass, cursor, limit = 50 } = asked
  const { row } = await rankingRow(db, rankingId, reader)
  const line = await lineOf(db, rankingId, lineId)
  const of = and(
    await ofLine(db, line),
    districtCode ? eq(visits.districtCode, districtCode) : undefined,
    pointClass ? eq(visits.pointClass, pointClass) : undefined,
  )
  const ids: { id: string; roundId: string }[] = []
  // One round after another, so that no page sorts what a year has seen; what is shown beside them is looked up for the page.
  for (const roundId of roundsFrom(row.roundIds, cursor)) {
    const some = await db
      .select({ id: visits.id })
      .from(visits)
      .where(and(countedOf([roundId]), of, after([visits.roundId, visits.id], cursor)))
      .orderBy(asc(visits.id))
      .limit(limit + 1 - ids.length)
    ids.push(...some.map(({ id }) => ({ id, roundId })))
    if (ids.length > limit) break
  }
  const page = pageOf(ids, limit, ({ roundId, id }) => [roundId, id])
  const found = new Map((await visitsShown(db, page.items)).map((each) => [each.visit.id, each]))
  return { ...page, items: page.items.map(({ id }) => presentVisit(found.get(id)!)) }
}

/** The rounds in the order of their ids, from that of the cursor on. */
function roundsFrom(roundIds: readonly string[], cursor: string | undefined): string[] {
  const first = cursor === undefined ? '' : String(readCursor(cursor, 2)[0])
  return roundIds.toSorted().filter((id) => id >= first)
}

const visitsShown = (db: Reader, some: readonly { id: string }[]): PromiseLike<Found[]> =>
  db
    .select({
      visit: visits,
      point: { id: points.id, code: points.code, name: points.name },
      zone: { id: zones.id, name: zones.name },
      cases: sql<number>`(select count(*) from ${cases} where ${cases.visitId} = ${visits.id})`.mapWith(
        Number,
      ),
    })
    .from(visits)
    .innerJoin(zones, eq(zones.id, visits.zoneId))
    .leftJoin(points, eq(points.id, visits.pointId))
    .where(
      inArray(
        visits.id,
        some.map(({ id }) => id),
      ),
    )

interface Found {
  visit: typeof visits.$inferSelect
  point: { id: string; code: string; name: string } | null
  zone: { id: string; name: string }
  cases: number
}

function presentVisit({ visit, point, zone, cases }: Found): RankedVisitView {
  const pair = (earned: number | null, possible: number | null) =>
    presentPair({ earned: earned ?? 0, possible: possible ?? 0 })
  return {
    id: visit.id,
    roundId: visit.roundId,
    point,
    zone,
    districtCode: visit.districtCode,
    pointClass: visit.pointClass,
    receivedAt: visit.receivedAt && isoOf(visit.receivedAt),
    balanced: pair(visit.balancedEarned, visit.balancedPossible),
    pooled: pair(visit.pooledEarned, visit.pooledPossible),
    notApplicable: visit.notApplicable ?? 0,
    unseen: visit.unseen ?? 0,
    cases,
    rescoredAt: visit.rescoredAt && isoOf(visit.rescoredAt),
  }
}
