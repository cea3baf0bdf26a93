import { and, asc, eq, exists, gt, inArray, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { districtCovers, namesShown } from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { coverageOf, type Days } from './coverage.ts'
import { presentResponsibility, type ResponsibilityParts } from './present.ts'
import { responsibilities, zones } from './schema.ts'
import { type ResponsibilityLevel, responsibilityLevels, type ZoneKind } from './words.ts'
import { type Paging, pageOfZones, type ZoneFilter, zoneConditions } from './zone-queries.ts'

export interface ResponsibilityFilter extends Paging {
  zoneId?: string
  unitId?: string
  personId?: string
  level?: ResponsibilityLevel
  districtCode?: string
  kind?: ZoneKind
  on?: string
}

export const levels = Object.keys(responsibilityLevels) as ResponsibilityLevel[]
const holders = alias(zones, 'holders')

/** SQL condition: the duty is valid on this day. */
export function holdingOn(day: string): SQL | undefined {
  const open = or(isNull(responsibilities.validUntil), gt(responsibilities.validUntil, day))
  return and(lte(responsibilities.validFrom, day), open)
}

function selectResponsibilities(db: Reader) {
  return db
    .select({
      row: responsibilities,
      zone: { id: zones.id, name: zones.name, code: zones.code },
      zonePath: zones.path,
      unit: { id: units.id, name: units.name },
      person: { id: persons.id, name: persons.name },
    })
    .from(responsibilities)
    .innerJoin(zones, eq(zones.id, responsibilities.zoneId))
    .leftJoin(units, eq(units.id, responsibilities.unitId))
    .leftJoin(persons, eq(persons.id, responsibilities.personId))
}

/** Whoever answers is named in full to those who reach that person. */
async function presentAll(db: Reader, reader: Actor, some: readonly ResponsibilityParts[]) {
  const nameOf = await namesShown(
    db,
    reader,
    some.map(({ row }) => row.personId),
  )
  return some.map((parts) => presentResponsibility(parts, nameOf))
}

/** A keyset page of the responsibility register, in order of creation. */
export async function listResponsibilities(db: Reader, filter: ResponsibilityFilter, reader: Actor) {
  const { zoneId, unitId, personId, level, districtCode, kind, on, limit = 50 } = filter
  const rows = await selectResponsibilities(db)
    .where(
      and(
        zoneId ? eq(responsibilities.zoneId, zoneId) : undefined,
        unitId ? eq(responsibilities.unitId, unitId) : undefined,
        personId ? eq(responsibilities.personId, personId) : undefined,
        level ? eq(responsibilities.level, level) : undefined,
        districtCode ? districtCovers(zones.districtCode, districtCode) : undefined,
        kind ? eq(zones.kind, kind) : undefined,
        on ? holdingOn(on) : undefined,
        after([responsibilities.id], filter.cursor),
      ),
    )
    .orderBy(asc(responsibilities.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ row }) => [row.id])
  return { ...page, items: await presentAll(db, reader, page.items) }
}

/** The duties of a zone that last beyond a day, those that begin later among them, in order of level. */
export async function dutiesBeyond(db: Reader, zoneId: string, day: string, reader: Actor) {
  const open = or(isNull(responsibilities.validUntil), gt(responsibilities.validUntil, day))
  const rows = await selectResponsibilities(db)
    .where(and(eq(responsibilities.zoneId, zoneId), open))
    .orderBy(asc(responsibilities.level), asc(responsibilities.id))
  return presentAll(db, reader, rows)
}

/** One duty of the register. @throws DomainError `responsibility.missing` */
export async function readResponsibility(db: Reader, id: string, reader: Actor) {
  const [parts] = await selectResponsibilities(db).where(eq(responsibilities.id, id))
  if (!parts) {
    throw new DomainError('missing', 'responsibility.missing', 'There is no such responsibility.', { id })
  }
  return (await presentAll(db, reader, [parts]))[0]!
}

/**
 * The units and people responsible for a zone on a day, at each level. A level without a duty on the zone itself
 * inherits from the nearest ancestor zone that has one.
 * @throws DomainError `zone.missing`
 */
export async function whoAnswers(db: Reader, zoneId: string, on: string, reader: Actor) {
  const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, zoneId))
  if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
  const line = zone.path.split('/').filter(Boolean)
  const rows = await selectResponsibilities(db)
    .where(and(inArray(responsibilities.zoneId, line), holdingOn(on)))
    .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
  const nameOf = await namesShown(
    db,
    reader,
    rows.map(({ row }) => row.personId),
  )
  return {
    zoneId,
    on,
    levels: levels.map((level) => {
      const here = rows.filter(({ row }) => row.level === level)
      const nearest = line.findLast((id) => here.some(({ row }) => row.zoneId === id))
      return {
        level,
        inherited: nearest !== undefined && nearest !== zoneId,
        responsibilities: here
          .filter(({ row }) => row.zoneId === nearest)
          .map((parts) => presentResponsibility(parts, nameOf)),
      }
    }),
  }
}

export interface GapFilter extends ZoneFilter, Paging {
  level: ResponsibilityLevel
  on: string
  /** Whether a duty on an ancestor zone counts as an answer, too. */
  inherited?: boolean
}

/** A keyset page of the zones that have nobody responsible at a level on a day. */
export async function zonesWithNobody(db: Reader, filter: GapFilter) {
  const { level, on, inherited = false } = filter
  const answering = db
    .select({ one: sql`1` })
    .from(responsibilities)
    .innerJoin(holders, eq(holders.id, responsibilities.zoneId))
    .where(
      and(
        inherited ? sql`${zones.path} like ${holders.path} || '%'` : eq(holders.id, zones.id),
        eq(responsibilities.level, level),
        holdingOn(on),
      ),
    )
  return pageOfZones(db, and(await zoneConditions(db, filter), not(exists(answering))), filter)
}

/** Gaps and overlaps of one zone in a period, for each level. @throws DomainError `zone.missing` */
export async function coverageOfZone(db: Reader, zoneId: string, period: Days) {
  const [zone] = await db.select({ id: zones.id }).from(zones).where(eq(zones.id, zoneId))
  if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
  const rows = await db.select().from(responsibilities).where(eq(responsibilities.zoneId, zoneId))
  const dutiesAt = (level: ResponsibilityLevel) => rows.filter((row) => row.level === level)
  return {
    zoneId,
    ...period,
    levels: levels.map((level) => ({ level, ...coverageOf(dutiesAt(level), period) })),
  }
}
