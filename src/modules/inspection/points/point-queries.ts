import {
  and,
  asc,
  eq,
  gte,
  isNotNull,
  isNull,
  like,
  lt,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zonesWithin } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, districtHolds, pathBelow, searchNameOf } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { points, rounds, visits } from '../schema.ts'
import type { PointClass } from '../words.ts'
import type { PointPlacesView, PointView } from './contract.ts'

export function selectPoints(db: Reader) {
  return db
    .select({
      point: points,
      zone: { id: zones.id, name: zones.name },
      districtCode: zones.districtCode,
      zonePath: zones.path,
      unit: { id: units.id, name: units.name },
    })
    .from(points)
    .innerJoin(zones, eq(zones.id, points.zoneId))
    .leftJoin(units, eq(units.id, points.unitId))
}
export type FullPoint = Awaited<ReturnType<typeof selectPoints>>[number]

const missing = (pointId: string) =>
  new DomainError('missing', 'point.missing', 'There is no such point.', { pointId })

/** One point; everybody who sees schemes sees every point. @throws DomainError `point.missing` */
export async function fullPoint(db: Reader, pointId: string): Promise<FullPoint> {
  const [found] = await selectPoints(db).where(eq(points.id, pointId))
  if (!found) throw missing(pointId)
  return found
}

/** A point, or null where there is none. */
export async function fullPointOrNone(db: Reader, pointId: string): Promise<FullPoint | null> {
  const [found] = await selectPoints(db).where(eq(points.id, pointId))
  return found ?? null
}

/** A point in a district that the actor may edit. @throws DomainError `point.missing` */
export async function editablePoint(db: Reader, pointId: string, by: Actor): Promise<FullPoint> {
  const within = zonesWithin(reachOf(by, 'points.edit'))
  const [found] = await selectPoints(db).where(and(eq(points.id, pointId), within))
  if (!found) throw missing(pointId)
  return found
}

export interface PointFilter {
  pointClass?: PointClass
  zoneId?: string
  districtCode?: string
  unitId?: string
  closed?: boolean
  /** Whether nobody saw it in the year before `at`. */
  unseen?: boolean
  search?: string
  at: DateTime
}

/** A keyset page of points in order of creation. @throws DomainError `zone.missing` */
export async function listPoints(
  db: Reader,
  { cursor, limit = 50, ...filter }: PointFilter & { cursor?: string; limit?: number },
  reader: Actor,
) {
  const rows = await selectPoints(db)
    .where(and(await narrowedBy(db, filter), after([points.id], cursor)))
    .orderBy(asc(points.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ point }) => [point.id])
  return { ...page, items: page.items.map((full) => presentPoint(full, reader)) }
}

/** Where points are, in one read for a map; of those without a place only how many. @throws DomainError `zone.missing` */
export async function placesOfPoints(db: Reader, filter: PointFilter): Promise<PointPlacesView> {
  const narrowed = await narrowedBy(db, filter)
  const { id, name, longitude, latitude } = points
  const rows = await db
    .select({ id, name, longitude, latitude })
    .from(points)
    .innerJoin(zones, eq(zones.id, points.zoneId))
    .where(narrowed)
  const places = rows.flatMap(({ longitude, latitude, ...named }) =>
    longitude === null || latitude === null ? [] : [{ ...named, longitude, latitude }],
  )
  return { places, unplaced: rows.length - places.length }
}

async function narrowedBy(db: Reader, filter: PointFilter): Promise<SQL | undefined> {
  const { pointClass, zoneId, districtCode, unitId, closed = false, unseen, search, at } = filter
  return and(
    pointClass ? eq(points.pointClass, pointClass) : undefined,
    zoneId ? pathBelow(zones.path, await pathOf(db, zoneId)) : undefined,
    districtCode ? districtCovers(zones.districtCode, districtCode) : undefined,
    unitId ? eq(points.unitId, unitId) : undefined,
    closed ? isNotNull(points.closedAt) : isNull(points.closedAt),
    unseen === undefined ? undefined : seenOrNot(db, unseen, at),
    foundBy(search),
  )
}

function seenOrNot(db: Reader, unseen: boolean, at: DateTime): SQL {
  const since = unseenSince(db, at.minus({ years: 1 }))
  return unseen ? since : not(since)
}

/**
 * 盲区: it was there already, and nobody saw it since. A round that is not shown yet leaves no trace here, as in the list of
 * its visits.
 */
function unseenSince(db: Reader, since: DateTime): SQL {
  const seen = db
    .select({ one: sql`1` })
    .from(visits)
    .leftJoin(rounds, eq(rounds.id, visits.roundId))
    .where(
      and(
        eq(visits.pointId, points.id),
        gte(visits.receivedAt, since),
        or(isNull(visits.roundId), isNotNull(rounds.revealedAt)),
      ),
    )
  return and(lt(points.createdAt, since), notExists(seen))!
}

async function pathOf(db: Reader, zoneId: string): Promise<string> {
  const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, zoneId))
  if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
  return zone.path
}

function foundBy(search: string | undefined): SQL | undefined {
  const name = search ? searchNameOf(search).replace(/[%_]/g, '') : ''
  if (name === '') return undefined
  return or(like(points.searchName, `%${name}%`), eq(points.code, search!.trim()))
}

/** One point as it is shown. @throws DomainError `point.missing` */
export async function readPoint(db: Reader, pointId: string, reader: Actor): Promise<PointView> {
  return presentPoint(await fullPoint(db, pointId), reader)
}

/** A point as the API shows it. */
export function presentPoint({ point, zone, districtCode, unit }: FullPoint, reader: Actor): PointView {
  return {
    id: point.id,
    version: point.version,
    code: point.code,
    name: point.name,
    pointClass: point.pointClass,
    zone,
    districtCode,
    unit,
    latitude: point.latitude,
    longitude: point.longitude,
    closedAt: point.closedAt && isoOf(point.closedAt),
    createdAt: isoOf(point.createdAt),
    allowed: { edit: editsIn(reader, districtCode) },
  }
}

/** Whether somebody may edit points of this district. */
export function editsIn(actor: Actor, districtCode: string | null): boolean {
  if (!may(actor, 'points.edit')) return false
  const reach = reachOf(actor, 'points.edit')
  if (reach.everything) return true
  return districtCode !== null && reach.codes.some((code) => districtHolds(code, districtCode))
}
