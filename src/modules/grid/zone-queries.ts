import {
  and,
  asc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { districtCovers, nameMatches, pathBelow } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { ZoneDetail, ZoneView } from './contract.ts'
import type { Box } from './geometry.ts'
import { presentCentre, presentZone } from './present.ts'
import { zones } from './schema.ts'
import { zoneOperationsOf } from './scope.ts'
import type { ZoneKind } from './words.ts'

export interface ZoneFilter {
  search?: string
  closed?: boolean
  kind?: ZoneKind
  districtCode?: string
  parentId?: string
  /** Id of a zone: only this zone and its descendants. */
  under?: string
  minorsSuitable?: boolean
}

export interface Paging {
  limit?: number
  cursor?: string
}

const parents = alias(zones, 'parents')
const { boundary: _boundary, ...lean } = getTableColumns(zones)
/** The columns of a zone without its boundary, which may be large. */
export const leanZone = { ...lean, hasBoundary: sql<boolean>`${zones.boundary} is not null`.mapWith(Boolean) }

/** The filter as an SQL condition. @throws DomainError `zone.missing` for an unknown `under` */
export async function zoneConditions(db: Reader, filter: ZoneFilter): Promise<SQL | undefined> {
  const { kind, districtCode, parentId, under, minorsSuitable, closed = false } = filter
  return and(
    foundBy(filter.search),
    closed ? isNotNull(zones.closedAt) : isNull(zones.closedAt),
    kind ? eq(zones.kind, kind) : undefined,
    districtCode ? districtCovers(zones.districtCode, districtCode) : undefined,
    parentId ? eq(zones.parentId, parentId) : undefined,
    under === undefined ? undefined : pathBelow(zones.path, await pathOf(db, under)),
    minorsSuitable === undefined ? undefined : eq(zones.minorsSuitable, minorsSuitable),
  )
}

function foundBy(search: string | undefined): SQL | undefined {
  const code = search?.normalize('NFKC').replace(/[^\p{L}\p{N}.:-]/gu, '') ?? ''
  const named = nameMatches(zones, search)
  if (code === '') return named
  // LIKE ignores ASCII case on SQLite but not on PostgreSQL.
  return or(named, like(zones.code, `${code}%`), like(zones.code, `${code.toUpperCase()}%`))
}

async function pathOf(db: Reader, zoneId: string): Promise<string> {
  const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, zoneId))
  if (!zone) throw missing(zoneId)
  return zone.path
}

function missing(zoneId: string): DomainError {
  return new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
}

/** A keyset page of the zones that match a condition, in order of pinyin. */
export async function pageOfZones(db: Reader, which: SQL | undefined, { limit = 50, cursor }: Paging) {
  const rows = await db
    .select({ zone: leanZone, parent: { id: parents.id, name: parents.name } })
    .from(zones)
    .leftJoin(parents, eq(parents.id, zones.parentId))
    .where(and(which, after([zones.pinyin, zones.id], cursor)))
    .orderBy(asc(zones.pinyin), asc(zones.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ zone }) => [zone.pinyin, zone.id])
  return { ...page, items: page.items.map(({ zone, parent }): ZoneView => presentZone(zone, parent)) }
}

/** A keyset page of the zones that match a filter, in order of pinyin. */
export async function listZones(db: Reader, filter: ZoneFilter & Paging) {
  return pageOfZones(db, await zoneConditions(db, filter), filter)
}

/** One zone with its boundary, and what the actor may do with it. @throws DomainError `zone.missing` */
export async function readZone(db: Reader, zoneId: string, actor: Actor): Promise<ZoneDetail> {
  const [row] = await db
    .select({ zone: leanZone, boundary: zones.boundary, parent: { id: parents.id, name: parents.name } })
    .from(zones)
    .leftJoin(parents, eq(parents.id, zones.parentId))
    .where(eq(zones.id, zoneId))
  if (!row) throw missing(zoneId)
  const { zone, parent, boundary } = row
  return { ...presentZone(zone, parent), boundary, allowed: zoneOperationsOf(actor, zone.districtCode) }
}

/** Most features in one answer of the map. */
export const featuresShown = 5000

/** Parses `west,south,east,north` in degrees. @throws DomainError `bbox.invalid` */
export function readBox(text: string): Box {
  const [west, south, east, north] = text.split(',').map(Number) as [number, number, number, number]
  const ranged =
    Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90
  if (!ranged || west > east || south > north) {
    throw new DomainError('invalid', 'bbox.invalid', 'A box is west,south,east,north in degrees.')
  }
  return { west, south, east, north }
}

/**
 * Zones as a GeoJSON FeatureCollection. Without a boundary a zone is a Point; without a centre its geometry is null.
 */
export async function zoneFeatures(db: Reader, filter: ZoneFilter & { bbox?: string }) {
  const box = filter.bbox === undefined ? undefined : readBox(filter.bbox)
  const meets =
    box &&
    and(
      lte(zones.west, box.east),
      gte(zones.east, box.west),
      lte(zones.south, box.north),
      gte(zones.north, box.south),
    )
  const rows = await db
    .select()
    .from(zones)
    .where(and(await zoneConditions(db, filter), meets))
    .orderBy(asc(zones.pinyin), asc(zones.id))
    .limit(featuresShown + 1)
  return {
    type: 'FeatureCollection' as const,
    truncated: rows.length > featuresShown,
    features: rows.slice(0, featuresShown).map(featureOf),
  }
}

function featureOf(zone: typeof zones.$inferSelect) {
  const {
    id,
    code,
    name,
    kind,
    parentId,
    districtCode,
    minorsSuitable,
    boundary,
    centreLatitude,
    centreLongitude,
  } = zone
  const point =
    centreLatitude === null ? null : { type: 'Point', coordinates: [centreLongitude, centreLatitude] }
  const properties = { code, name, kind, parentId, districtCode, centre: presentCentre(zone), minorsSuitable }
  return { type: 'Feature' as const, id, geometry: boundary ?? point, properties }
}

/** The fields of zones that other slices need to show them and to measure distances to them. */
export async function zonesById(db: Reader, ids: readonly string[]) {
  return db
    .select()
    .from(zones)
    .where(inArray(zones.id, [...ids]))
}
