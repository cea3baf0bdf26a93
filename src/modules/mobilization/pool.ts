import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import type { events } from '#modules/events/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { allotmentsIn, commitmentsOf, declinedIn, namedBy, placedIn, skillsIn } from './pool-facts.ts'
import type { Pool, PoolPerson, PoolTeam } from './pool-types.ts'
import { allotments, quotas } from './schema.ts'
import { membersOfTeams, type TeamMember } from './team-members.ts'

/**
 * Everybody an event may count on: the people of the units that were asked and did not refuse, and whoever
 * signed up. Where a team signed people up by name, only those count; people who declined the event do not.
 * Somebody in several of the teams comes with the one they signed up with, else with the one joined first.
 * Shifts, zones and responsibilities are read from `events` and `grid`.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`
 */
export async function poolOf(db: Reader, eventId: string): Promise<Pool> {
  const event = await eventRow(db, eventId)
  assertOpen(event)
  const named = await namedBy(db, eventId)
  const teams = await teamsOf(db, eventId, [...named.keys()])
  return {
    eventId,
    teams,
    people: await peopleOf(db, event, teams, named),
    commitments: await commitmentsOf(db, event),
    placed: await placedIn(db, eventId),
    allotments: await allotmentsIn(db, eventId),
  }
}

type Event = typeof events.$inferSelect

/** Teams of units that were asked and did not refuse, teams that signed somebody up, and teams with an allotment. */
async function teamsOf(db: Reader, eventId: string, signedUp: readonly string[]): Promise<PoolTeam[]> {
  const mayComply = or(isNull(quotas.pledged), gt(quotas.pledged, 0))
  const asked = await db
    .select({ id: teams.id })
    .from(quotas)
    .innerJoin(teams, eq(teams.unitId, quotas.unitId))
    .where(and(eq(quotas.eventId, eventId), gt(quotas.asked, 0), mayComply))
  const allotted = await db
    .selectDistinct({ id: allotments.teamId })
    .from(allotments)
    .where(eq(allotments.eventId, eventId))
  const ids = new Set([...asked.map(({ id }) => id), ...allotted.map(({ id }) => id), ...signedUp])
  const found: PoolTeam[] = []
  await inChunks([...ids].sort(), 500, async (some) => {
    const rows = await db
      .select({
        id: teams.id,
        name: teams.name,
        unitId: teams.unitId,
        unitKind: units.kind,
        districtCode: units.districtCode,
        latitude: teams.baseLatitude,
        longitude: teams.baseLongitude,
        whole: teams.whole,
        statedHeads: teams.statedHeads,
        statedMinors: teams.statedMinors,
      })
      .from(teams)
      .leftJoin(units, eq(units.id, teams.unitId))
      .where(and(inArray(teams.id, some), isNull(teams.closedAt)))
      .orderBy(asc(teams.id))
    for (const { unitKind, ...team } of rows) found.push({ ...team, school: unitKind === 'school' })
  })
  return found
}

/** The people of the event's teams, each once, with what placing them has to know. */
async function peopleOf(
  db: Reader,
  event: Event,
  teams: readonly PoolTeam[],
  named: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<PoolPerson[]> {
  const teamIds = teams.map(({ id }) => id)
  const declined = await declinedIn(db, event.id)
  const members = await membersOfTeams(db, event, teamIds)
  const skills = await skillsIn(db, teamIds)
  const counted = members.filter(({ personId, teamId }) => {
    return !declined.has(personId) && (named.get(teamId)?.has(personId) ?? true)
  })
  return [...Map.groupBy(counted, ({ personId }) => personId).values()].map((each) => {
    const chosen =
      each.find(({ personId, teamId }) => named.get(teamId)?.has(personId)) ?? (each[0] as TeamMember)
    const { personId, teamId, role, ageBand, escort } = chosen
    return {
      personId,
      teamId,
      role,
      ageBand,
      minor: each.some(({ minor }) => minor),
      escort,
      consented: each.some(({ mayCome }) => mayCome),
      skills: skills.get(personId) ?? [],
    }
  })
}
