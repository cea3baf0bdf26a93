import { and, asc, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { TeamView } from './contract.ts'
import { presentTeam, type TeamParts } from './present.ts'
import { districtCovers, teamsWithin } from './reach-conditions.ts'
import { memberships, persons, teams, units } from './schema.ts'
import { nameMatches } from './searching.ts'
import type { TeamKind } from './words.ts'

export interface TeamFilter {
  search?: string
  closed?: boolean
  kind?: TeamKind
  unitId?: string
  districtCode?: string
  limit?: number
  cursor?: string
}

const leaders = alias(persons, 'leaders')

function selectTeams(db: Reader) {
  return db
    .select({
      team: teams,
      unit: { id: units.id, name: units.name },
      leader: { id: leaders.id, name: leaders.name },
    })
    .from(teams)
    .leftJoin(units, eq(units.id, teams.unitId))
    .leftJoin(leaders, eq(leaders.id, teams.leaderPersonId))
}

async function withMembers(db: Reader, rows: Omit<TeamParts, 'members'>[]): Promise<TeamView[]> {
  const ids = rows.map(({ team }) => team.id)
  const counts = await db
    .select({ teamId: memberships.teamId, members: count() })
    .from(memberships)
    .where(and(inArray(memberships.teamId, ids), isNull(memberships.leftAt)))
    .groupBy(memberships.teamId)
  const membersOf = new Map(counts.map(({ teamId, members }) => [teamId, members]))
  return rows.map((row) => presentTeam({ ...row, members: membersOf.get(row.team.id) ?? 0 }))
}

/** A keyset page of teams and classes, ordered by pinyin. */
export async function listTeams(db: Reader, reach: Reach, filter: TeamFilter) {
  const { limit = 50, kind, unitId, districtCode, closed = false } = filter
  const rows = await selectTeams(db)
    .where(
      and(
        teamsWithin(db, reach),
        nameMatches(teams, filter.search),
        closed ? isNotNull(teams.closedAt) : isNull(teams.closedAt),
        kind ? eq(teams.kind, kind) : undefined,
        unitId ? eq(teams.unitId, unitId) : undefined,
        districtCode ? districtCovers(units.districtCode, districtCode) : undefined,
        after([teams.pinyin, teams.id], filter.cursor),
      ),
    )
    .orderBy(asc(teams.pinyin), asc(teams.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ team }) => [team.pinyin, team.id])
  return { ...page, items: await withMembers(db, page.items) }
}

/** @throws DomainError `team.missing` when there is none, or it is out of reach */
export async function readTeam(db: Reader, reach: Reach, teamId: string): Promise<TeamView> {
  const rows = await selectTeams(db).where(and(eq(teams.id, teamId), teamsWithin(db, reach)))
  if (rows.length === 0)
    throw new DomainError('missing', 'team.missing', 'There is no such team.', { teamId })
  return (await withMembers(db, rows))[0]!
}
