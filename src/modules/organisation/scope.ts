import { and, eq, exists, inArray, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { memberships, persons, teams, units } from './schema.ts'

const nothing = sql`1 = 0`

/**
 * What a district's code covers: every code below it. Trailing pairs of zeros of a six-digit code stand
 * for "all of it" (GB/T 2260), so 210500 covers 210502 and 210502001. Any other code covers itself.
 */
export function districtCovers(column: AnyColumn, districtCode: string): SQL {
  if (!/^\d+$/.test(districtCode) || /^0+$/.test(districtCode)) return eq(column, districtCode)
  const prefix = districtCode.length === 6 ? districtCode.replace(/(?:00)+$/, '') : districtCode
  return like(column, `${prefix}%`)
}

/** At or below a place in a tree, by materialised path. Paths hold ids and slashes only. */
export function pathBelow(column: AnyColumn, path: string): SQL {
  return like(column, `${path.replace(/[%_]/g, '')}%`)
}

/** The units an actor may see. Undefined means no condition. */
export function unitsWithin(reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  return (
    or(
      ...reach.unitPaths.map((path) => pathBelow(units.path, path)),
      ...reach.districtCodes.map((code) => districtCovers(units.districtCode, code)),
    ) ?? nothing
  )
}

/**
 * The teams an actor may see: those of their units, and those granted one by one. A team that stands
 * alone is seen by whoever sees everything, and by its own grants.
 */
export function teamsWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const ofUnits =
    reach.unitPaths.length + reach.districtCodes.length > 0
      ? inArray(teams.unitId, db.select({ id: units.id }).from(units).where(unitsWithin(reach)))
      : undefined
  const named = reach.teamIds.length > 0 ? inArray(teams.id, reach.teamIds) : undefined
  return or(ofUnits, named) ?? nothing
}

/**
 * The people an actor may see: whoever is in one of their teams now, and the liaisons and leaders of
 * their units. Somebody in no team is seen by whoever sees everything.
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

/** @throws DomainError `person.missing` when there is none, or they are out of reach */
export async function assertPersonWithin(db: Reader, reach: Reach, personId: string): Promise<void> {
  const found = await db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.id, personId), personsWithin(db, reach)))
  if (found.length === 0) {
    throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId })
  }
}
