import { and, count, countDistinct, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { teamsWithin, unitsWithin } from '../reach-conditions.ts'
import { memberships, teams, units } from '../schema.ts'
import type { TeamKind } from '../words.ts'
import type { OrganisationFigures } from './contract.ts'

/**
 * The size of the organisation within the caller's reach: open units and teams, and 人数, the number of different people
 * now in these teams. The unnamed heads a team reported beyond its named members are counted separately.
 */
export async function organisationFigures(db: Reader, reach: Reach): Promise<OrganisationFigures> {
  const kinds = await db
    .select({ kind: units.kind, units: count() })
    .from(units)
    .where(and(isNull(units.closedAt), unitsWithin(reach)))
    .groupBy(units.kind)
  const bodies = await db
    .select({ kind: teams.kind, teams: count() })
    .from(teams)
    .where(and(isNull(teams.closedAt), teamsWithin(db, reach)))
    .groupBy(teams.kind)
  const people = await db
    .select({ kind: teams.kind, people: countDistinct(memberships.personId).mapWith(Number) })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(and(isNull(memberships.leftAt), isNull(teams.closedAt), teamsWithin(db, reach)))
    .groupBy(teams.kind)
  const heads = await unnamedHeads(db, reach)

  const schools = kinds.find(({ kind }) => kind === 'school')?.units ?? 0
  const of = <T extends { kind: TeamKind }>(rows: T[], kind: TeamKind, figure: (row: T) => number) =>
    rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + figure(row), 0)
  return {
    units: kinds.reduce((sum, row) => sum + row.units, 0) - schools,
    teams: of(bodies, 'team', (row) => row.teams),
    volunteers: of(people, 'team', (row) => row.people),
    unnamedVolunteers: of(heads, 'team', (row) => row.unnamed),
    schools,
    classes: of(bodies, 'class', (row) => row.teams),
    teachersAndPupils: of(people, 'class', (row) => row.people),
    unnamedTeachersAndPupils: of(heads, 'class', (row) => row.unnamed),
    unitsByKind: Object.fromEntries(kinds.map((row) => [row.kind, row.units])),
  }
}

/** For each team that reported a number of heads: the heads beyond its named members. */
async function unnamedHeads(db: Reader, reach: Reach): Promise<{ kind: TeamKind; unnamed: number }[]> {
  const named = sql<number>`count(${memberships.id})`.mapWith(Number)
  const rows = await db
    .select({ kind: teams.kind, stated: teams.statedHeads, named })
    .from(teams)
    .leftJoin(memberships, and(eq(memberships.teamId, teams.id), isNull(memberships.leftAt)))
    .where(and(isNull(teams.closedAt), isNotNull(teams.statedHeads), teamsWithin(db, reach)))
    .groupBy(teams.id, teams.kind, teams.statedHeads)
  return rows.map((row) => ({ kind: row.kind, unnamed: Math.max(0, (row.stated ?? 0) - row.named) }))
}
