import { and, asc, count, eq, inArray, isNotNull, isNull, notInArray, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { UnitView } from './contract.ts'
import { presentUnit, type UnitParts } from './present.ts'
import { districtCovers, pathBelow, unitsWithin } from './reach-conditions.ts'
import { persons, teams, unitAliases, units } from './schema.ts'
import { nameMatches } from './searching.ts'
import type { UnitKind } from './words.ts'

export interface UnitFilter {
  search?: string
  closed?: boolean
  kind?: UnitKind
  districtCode?: string
  parentId?: string
  /** Only units that report to no unit the user may see. */
  top?: boolean
  /** The id of a unit: it and all units below it. */
  under?: string
  limit?: number
  cursor?: string
}

const parents = alias(units, 'parents')
const liaisons = alias(persons, 'liaisons')
const leaders = alias(persons, 'leaders')

/** The units a user may see: those within the reach, and the units of teams that were granted individually. */
export function unitsVisible(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything || reach.ids.length === 0) return unitsWithin(reach)
  const ofTeams = db.select({ id: teams.unitId }).from(teams).where(inArray(teams.id, reach.ids))
  return or(unitsWithin(reach), inArray(units.id, ofTeams))
}

function selectUnits(db: Reader) {
  return db
    .select({
      unit: units,
      parent: { id: parents.id, name: parents.name },
      liaison: { id: liaisons.id, name: liaisons.name },
      leader: { id: leaders.id, name: leaders.name },
    })
    .from(units)
    .leftJoin(parents, eq(parents.id, units.parentId))
    .leftJoin(liaisons, eq(liaisons.id, units.liaisonPersonId))
    .leftJoin(leaders, eq(leaders.id, units.leaderPersonId))
}

/** Adds aliases and counts of teams and of units below, with three statements for any number of units. */
async function withParts(
  db: Reader,
  reach: Reach,
  rows: Omit<UnitParts, 'aliases' | 'openTeams' | 'openUnits'>[],
): Promise<UnitView[]> {
  const ids = rows.map(({ unit }) => unit.id)
  const aliases = await db
    .select({ id: unitAliases.id, unitId: unitAliases.unitId, alias: unitAliases.alias })
    .from(unitAliases)
    .where(inArray(unitAliases.unitId, ids))
    .orderBy(asc(unitAliases.searchAlias))
  const counts = await db
    .select({ unitId: teams.unitId, open: count() })
    .from(teams)
    .where(and(inArray(teams.unitId, ids), isNull(teams.closedAt)))
    .groupBy(teams.unitId)
  const below = await db
    .select({ parentId: units.parentId, open: count() })
    .from(units)
    .where(and(inArray(units.parentId, ids), isNull(units.closedAt), unitsVisible(db, reach)))
    .groupBy(units.parentId)
  const openTeams = new Map(counts.map(({ unitId, open }) => [unitId, open]))
  const openUnits = new Map(below.map(({ parentId, open }) => [parentId, open]))
  const aliasesOf = Map.groupBy(aliases, ({ unitId }) => unitId)
  return rows.map((row) =>
    presentUnit({
      ...row,
      aliases: aliasesOf.get(row.unit.id) ?? [],
      openTeams: openTeams.get(row.unit.id) ?? 0,
      openUnits: openUnits.get(row.unit.id) ?? 0,
    }),
  )
}

/** A keyset page of units, ordered by pinyin. */
export async function listUnits(db: Reader, reach: Reach, filter: UnitFilter) {
  const { limit = 50, parentId, kind, districtCode, under, top = false, closed = false } = filter
  const path = under === undefined ? undefined : await pathOf(db, under)
  const rows = await selectUnits(db)
    .where(
      and(
        unitsVisible(db, reach),
        nameMatches(units, filter.search),
        closed ? isNotNull(units.closedAt) : isNull(units.closedAt),
        kind ? eq(units.kind, kind) : undefined,
        districtCode ? districtCovers(units.districtCode, districtCode) : undefined,
        parentId ? eq(units.parentId, parentId) : undefined,
        top ? reportsToNone(db, reach) : undefined,
        path === undefined ? undefined : pathBelow(units.path, path),
        after([units.pinyin, units.id], filter.cursor),
      ),
    )
    .orderBy(asc(units.pinyin), asc(units.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ unit }) => [unit.pinyin, unit.id])
  return { ...page, items: await withParts(db, reach, page.items) }
}

/** A condition on `units`: their parent is none that the user may see. */
function reportsToNone(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return isNull(units.parentId)
  const visible = db.select({ id: units.id }).from(units).where(unitsVisible(db, reach))
  return or(isNull(units.parentId), notInArray(units.parentId, visible))
}

async function pathOf(db: Reader, unitId: string): Promise<string> {
  const [unit] = await db.select({ path: units.path }).from(units).where(eq(units.id, unitId))
  if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  return unit.path
}

/** @throws DomainError `unit.missing` when there is none, or it is out of reach */
export async function readUnit(db: Reader, reach: Reach, unitId: string): Promise<UnitView> {
  const rows = await selectUnits(db).where(and(eq(units.id, unitId), unitsVisible(db, reach)))
  if (rows.length === 0)
    throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  return (await withParts(db, reach, rows))[0]!
}

/** All open units within a reach by name, with their aliases: the units a list can refer to. */
export async function unitDirectory(db: Reader, reach: Reach) {
  const rows = await db
    .select({
      id: units.id,
      name: units.name,
      searchName: units.searchName,
      kind: units.kind,
      parentId: units.parentId,
      path: units.path,
      districtCode: units.districtCode,
    })
    .from(units)
    .where(and(isNull(units.closedAt), unitsWithin(reach)))
    .orderBy(asc(units.pinyin), asc(units.id))
  const aliases = await db
    .select({ unitId: unitAliases.unitId, alias: unitAliases.alias, searchAlias: unitAliases.searchAlias })
    .from(unitAliases)
    .innerJoin(units, eq(units.id, unitAliases.unitId))
    .where(and(isNull(units.closedAt), unitsWithin(reach)))
  const aliasesOf = Map.groupBy(aliases, ({ unitId }) => unitId)
  return rows.map((row) => ({
    ...row,
    aliases: (aliasesOf.get(row.id) ?? []).map(({ alias, searchAlias }) => ({ alias, searchAlias })),
  }))
}
