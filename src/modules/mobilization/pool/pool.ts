import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import type { events } from '#modules/events/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { allotments, quotas } from '../schema.ts'
import { membersOfTeams, type TeamMember } from '../team-members.ts'
import { onePerHuman, type RecordInPool } from './one-per-human.ts'
import {
  allotmentsIn,
  commitmentsOf,
  declinedIn,
  excusedIn,
  namedBy,
  placedIn,
  skillsIn,
} from './pool-facts.ts'
import type { Pool, PoolTeam } from './pool-types.ts'

/**
 * The people available for an event: members of the units that were asked and did not refuse, and everybody who signed
 * up. If a team signed people up by name, only those count. People who declined the event, or are excused from all of
 * their places, are left out. A person in several of the teams is listed with the team of their sign-up, else with the
 * team joined first; a human with several records is listed under one of them (`onePerHuman`). Shifts, zones and responsibilities are read from `events` and `grid`.
 * @throws DomainError `event.missing`, `event.closed`, `event.cancelled`
 */
export async function poolOf(db: Reader, keys: KeyRing, eventId: string): Promise<Pool> {
  const event = await eventRow(db, eventId)
  assertOpen(event)
  const { named, signedUpAs } = await namedBy(db, eventId)
  const teams = await teamsOf(db, eventId, [...named.keys()])
  const { excused, free } = await excusedIn(db, eventId)
  const gone = new Set(excused.map(({ personId }) => personId).filter((id) => !free.has(id)))
  const people = await peopleOf(db, keys, { event, teams, named })
  const placed = await placedIn(db, eventId)
  const humans = onePerHuman(
    people.filter(({ personId }) => !gone.has(personId)),
    { placed, elsewhere: await commitmentsOf(db, event), signedUpAs },
  )
  return {
    eventId,
    teams,
    people: humans.people,
    commitments: humans.commitments,
    excused: excused.filter(({ personId }) => free.has(personId)),
    placed: humans.placed,
    allotments: await allotmentsIn(db, eventId),
  }
}

type Event = typeof events.$inferSelect

/** The teams of units that were asked and did not refuse, teams with a sign-up, and teams with an allotment. */
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

/** The people of the event's teams, each once, with the data that the planner needs. */
async function peopleOf(
  db: Reader,
  keys: KeyRing,
  {
    event,
    teams,
    named,
  }: { event: Event; teams: readonly PoolTeam[]; named: ReadonlyMap<string, ReadonlySet<string>> },
): Promise<RecordInPool[]> {
  const teamIds = teams.map(({ id }) => id)
  const declined = await declinedIn(db, event.id)
  const members = await membersOfTeams(db, keys, event, teamIds)
  const skills = await skillsIn(db, teamIds)
  const counted = members.filter(({ personId, teamId }) => {
    return !declined.has(personId) && (named.get(teamId)?.has(personId) ?? true)
  })
  return [...Map.groupBy(counted, ({ personId }) => personId).values()].map((each) => {
    const chosen =
      each.find(({ personId, teamId }) => named.get(teamId)?.has(personId)) ?? (each[0] as TeamMember)
    const { personId, humanId, teamId, role, ageBand, escort } = chosen
    return {
      personId,
      humanId,
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
