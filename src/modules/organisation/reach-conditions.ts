import { and, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { beginsWith } from '#platform/database/dialect.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { memberships, persons, teams, units } from './schema.ts'

/** The SQL condition that no row fulfils. */
export const noRows = sql`1 = 0`

/** The prefix of all codes a district code covers; undefined if it covers only itself. */
function coveredPrefix(districtCode: string): string | undefined {
  if (!/^\d+$/.test(districtCode) || /^0+$/.test(districtCode)) return undefined
  return districtCode.length === 6 ? districtCode.replace(/(?:00)+$/, '') : districtCode
}

/**
 * A condition: the column holds a code that `districtCode` covers. In a six-digit code, trailing pairs of zeros mean
 * "everything below" (GB/T 2260): 210500 covers 210502 and 210502001. A longer numeric code covers the
 * codes that begin with it; any other text covers only itself.
 */
export function districtCovers(column: AnyColumn, districtCode: string): SQL {
  const prefix = coveredPrefix(districtCode)
  return prefix === undefined ? eq(column, districtCode) : beginsWith(column, prefix)
}

/** `districtCovers` for a code in memory. */
export function districtHolds(districtCode: string, code: string): boolean {
  const prefix = coveredPrefix(districtCode)
  return prefix === undefined ? code === districtCode : code.startsWith(prefix)
}

/** A condition: the path is this path or below it. Materialised paths hold only ids and slashes. */
export function pathBelow(column: AnyColumn, path: string): SQL {
  return beginsWith(column, path.replace(/[%_]/g, ''))
}

/** A condition on `units`: those within the reach. Undefined: no condition. */
export function unitsWithin(reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  return (
    or(
      ...reach.paths.map((path) => pathBelow(units.path, path)),
      ...(reach.parts ?? []).map((part) =>
        and(pathBelow(units.path, part.path), districtCovers(units.districtCode, part.code)),
      ),
      ...reach.codes.map((code) => districtCovers(units.districtCode, code)),
    ) ?? noRows
  )
}

/**
 * A condition on `teams`: those of the units within the reach, and those granted individually. A team without a unit is
 * covered only by a reach of everything or a grant over this team. Undefined: no condition.
 */
export function teamsWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const ofUnits =
    reach.paths.length + (reach.parts?.length ?? 0) + reach.codes.length > 0
      ? inArray(teams.unitId, db.select({ id: units.id }).from(units).where(unitsWithin(reach)))
      : undefined
  const named = reach.ids.length > 0 ? inArray(teams.id, reach.ids) : undefined
  return or(ofUnits, named) ?? noRows
}

/**
 * A condition on `persons`: current members of teams within the reach, and liaisons and leaders of units within the
 * reach. A person in no team is covered only by a reach of everything. Undefined: no condition.
 */
export function personsWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const inTeam = exists(
    db
      .select({ one: sql`1` })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .where(and(eq(memberships.personId, persons.id), isNull(memberships.leftAt), teamsWithin(db, reach))),
  )
  const ofUnit = exists(
    db
      .select({ one: sql`1` })
      .from(units)
      .where(
        and(
          or(eq(units.liaisonPersonId, persons.id), eq(units.leaderPersonId, persons.id)),
          unitsWithin(reach),
        ),
      ),
  )
  return or(inTeam, ofUnit)
}

/** @throws DomainError `unit.missing` when there is none, or it is out of reach */
export async function assertUnitWithin(db: Reader, reach: Reach, unitId: string): Promise<void> {
  const found = await db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.id, unitId), unitsWithin(reach)))
  if (found.length === 0)
    throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
}

/** @throws DomainError `team.missing` when there is none, or it is out of reach */
export async function assertTeamsWithin(db: Reader, reach: Reach, teamIds: readonly string[]): Promise<void> {
  const found = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, [...teamIds]), teamsWithin(db, reach)))
  const known = new Set(found.map((team) => team.id))
  const teamId = teamIds.find((id) => !known.has(id))
  if (teamId) throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId })
}
