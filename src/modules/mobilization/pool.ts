import { and, asc, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { type events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { AgeBand, MemberRole } from '#modules/organisation/index.ts'
import { memberships, personSkills, teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { isKept } from './kept.ts'
import { allotments, assignments, participations, quotas, signUps } from './schema.ts'
import { membersOfTeams, type TeamMember } from './team-members.ts'

/** A team whose people an event may count on. */
export interface PoolTeam {
  id: string
  name: string
  unitId: string | null
  /** Whether the unit is a school: pupils go with its own teachers. */
  school: boolean
  districtCode: string | null
  latitude: number | null
  longitude: number | null
  /** Must not be split over several shifts. */
  whole: boolean
  /** Heads stated without names, beyond the people named. */
  statedHeads: number | null
  statedMinors: number | null
}

/** A person an event may count on, once, with the team they would come with. */
export interface PoolPerson {
  personId: string
  teamId: string
  role: MemberRole
  ageBand: AgeBand
  /** On the first day of the event; unknown age counts as minor for a pupil. */
  minor: boolean
  /** Counts towards `minorsPerAdult`: an adult teacher of a class, or registered guardian of a minor of the team. */
  escort: boolean
  /** False: may not be placed (a minor without consent and without a school, or whose consent was withdrawn). */
  consented: boolean
  skills: string[]
}

/** A live assignment of one of the people in another event, overlapping this one's days. */
export interface Commitment {
  personId: string
  shiftId: string
  startsAt: DateTime
  endsAt: DateTime
  latitude: number | null
  longitude: number | null
}

/** A place somebody holds in this event already. */
export interface PlacedPerson {
  assignmentId: string
  personId: string
  teamId: string | null
  shiftId: string
  /** Pinned, named by a leader, or accepted: a proposal must leave it. The rest may be placed anew. */
  kept: boolean
}

export interface PoolAllotment {
  allotmentId: string
  shiftId: string
  teamId: string
  heads: number
  minors: number
  named: number
  /** Pinned or set by a leader: a proposal must leave it. */
  kept: boolean
}

export interface Pool {
  eventId: string
  teams: PoolTeam[]
  people: PoolPerson[]
  commitments: Commitment[]
  placed: PlacedPerson[]
  allotments: PoolAllotment[]
}

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

/** Who was signed up by name, by team. */
async function namedBy(db: Reader, eventId: string): Promise<Map<string, Set<string>>> {
  const rows = await db
    .select({ teamId: signUps.teamId, personId: signUps.personId })
    .from(signUps)
    .where(and(eq(signUps.eventId, eventId), isNull(signUps.withdrawnAt)))
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId)
  return new Map([...byTeam].map(([teamId, of]) => [teamId, new Set(of.map(({ personId }) => personId))]))
}

async function declinedIn(db: Reader, eventId: string): Promise<Set<string>> {
  const rows = await db
    .select({ personId: participations.personId })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.answer, 'declined')))
  return new Set(rows.map(({ personId }) => personId))
}

async function skillsIn(db: Reader, teamIds: readonly string[]): Promise<Map<string, string[]>> {
  const skills = new Map<string, string[]>()
  await inChunks(teamIds, 100, async (some) => {
    const rows = await db
      .selectDistinct({ personId: personSkills.personId, skill: personSkills.skill })
      .from(memberships)
      .innerJoin(personSkills, eq(personSkills.personId, memberships.personId))
      .where(inArray(memberships.teamId, some))
      .orderBy(asc(personSkills.personId), asc(personSkills.skill))
    for (const [personId, of] of Map.groupBy(rows, ({ personId }) => personId)) {
      skills.set(
        personId,
        of.map(({ skill }) => skill),
      )
    }
  })
  return skills
}

/** Live places in other events during this one. */
async function commitmentsOf(db: Reader, event: Event): Promise<Commitment[]> {
  return db
    .select({
      personId: assignments.personId,
      shiftId: shifts.id,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      latitude: zones.centreLatitude,
      longitude: zones.centreLongitude,
    })
    .from(shifts)
    .innerJoin(assignments, eq(assignments.shiftId, shifts.id))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(
      and(
        ne(shifts.eventId, event.id),
        lt(shifts.startsAt, event.endsAt),
        gt(shifts.endsAt, event.startsAt),
        isNull(assignments.freedAt),
      ),
    )
    .orderBy(asc(assignments.id))
}

async function placedIn(db: Reader, eventId: string): Promise<PlacedPerson[]> {
  const rows = await db
    .select({
      assignmentId: assignments.id,
      personId: assignments.personId,
      teamId: assignments.teamId,
      shiftId: assignments.shiftId,
      pinned: assignments.pinned,
      origin: assignments.origin,
      answer: assignments.answer,
    })
    .from(assignments)
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.freedAt)))
    .orderBy(asc(assignments.id))
  return rows.map(({ assignmentId, personId, teamId, shiftId, ...how }) => {
    return { assignmentId, personId, teamId, shiftId, kept: isKept(how) }
  })
}

async function allotmentsIn(db: Reader, eventId: string): Promise<PoolAllotment[]> {
  const rows = await db
    .select({ row: allotments })
    .from(allotments)
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .where(and(eq(allotments.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(allotments.id))
  return rows.map(({ row }) => {
    const { id: allotmentId, shiftId, teamId, heads, minors, named } = row
    return { allotmentId, shiftId, teamId, heads, minors, named, kept: isKept(row) || named > 0 }
  })
}
