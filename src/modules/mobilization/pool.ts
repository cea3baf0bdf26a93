import { and, asc, eq, exists, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow } from '#modules/events/index.ts'
import { type events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { type AgeBand, ageBandOn, isMinorOn, type MemberRole } from '#modules/organisation/index.ts'
import {
  guardianConsents,
  memberships,
  personSkills,
  persons,
  teams,
  units,
} from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { dayOf } from './facts.ts'
import { guardianPairs } from './guardians.ts'
import { isKept } from './kept.ts'
import { type Consent, mayCome } from './rules.ts'
import { allotments, assignments, participations, quotas, signUps } from './schema.ts'

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
  const members = await membersOf(db, event)
  return {
    eventId,
    teams: await teamsOf(db, eventId),
    people: members,
    commitments: await commitmentsOf(db, event),
    placed: await placedIn(db, eventId),
    allotments: await allotmentsIn(db, eventId),
  }
}

type Event = typeof events.$inferSelect

/** Teams of units that were asked and did not refuse, teams that signed somebody up, and teams with an allotment. */
function ofEvent(db: Reader, eventId: string) {
  const asked = db
    .select({ one: sql`1` })
    .from(quotas)
    .where(
      and(
        eq(quotas.eventId, eventId),
        eq(quotas.unitId, teams.unitId),
        gt(quotas.asked, 0),
        or(isNull(quotas.pledged), gt(quotas.pledged, 0)),
      ),
    )
  const offered = db
    .select({ one: sql`1` })
    .from(signUps)
    .where(and(eq(signUps.eventId, eventId), eq(signUps.teamId, teams.id), isNull(signUps.withdrawnAt)))
  const allotted = db
    .select({ one: sql`1` })
    .from(allotments)
    .where(and(eq(allotments.eventId, eventId), eq(allotments.teamId, teams.id)))
  return and(isNull(teams.closedAt), or(exists(asked), exists(offered), exists(allotted)))
}

async function teamsOf(db: Reader, eventId: string): Promise<PoolTeam[]> {
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
    .where(ofEvent(db, eventId))
    .orderBy(asc(teams.id))
  return rows.map(({ unitKind, ...team }) => ({ ...team, school: unitKind === 'school' }))
}

/** The people of the event's teams, each once, with what placing them has to know. */
async function membersOf(db: Reader, event: Event): Promise<PoolPerson[]> {
  const named = await namedBy(db, event.id)
  const declined = await declinedIn(db, event.id)
  const rows = await memberRows(db, event.id)
  const counted = rows.filter(({ personId, teamId }) => {
    return !declined.has(personId) && (named.get(teamId)?.has(personId) ?? true)
  })
  const skills = await skillsIn(db, event.id)
  const consents = await consentsIn(db, event.id)
  const guardians = await guardiansIn(db, event.id)
  const day = dayOf(event)
  const byPerson = Map.groupBy(counted, ({ personId }) => personId)
  return [...byPerson.values()].map((teamsOfPerson) => {
    const chosen =
      teamsOfPerson.find(({ personId, teamId }) => named.get(teamId)?.has(personId)) ?? teamsOfPerson[0]!
    const { personId, teamId, role, birthDate } = chosen
    const roles = teamsOfPerson.map((each) => each.role)
    const minor = isMinorOn(birthDate, roles, day)
    const schooled = teamsOfPerson.some((each) => each.school && each.role === 'pupil')
    return {
      personId,
      teamId,
      role,
      ageBand: ageBandOn(birthDate, day),
      minor,
      escort: !minor && (role === 'teacher' || guardians.has(`${personId} ${teamId}`)),
      consented: !minor || mayCome({ consent: consents.get(personId) ?? 'none', schooled }),
      skills: skills.get(personId) ?? [],
    }
  })
}

async function memberRows(db: Reader, eventId: string) {
  const rows = await db
    .select({
      personId: memberships.personId,
      teamId: memberships.teamId,
      role: memberships.role,
      birthDate: persons.birthDate,
      unitKind: units.kind,
    })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(
      and(
        isNull(memberships.leftAt),
        isNull(persons.mergedIntoId),
        isNull(persons.erasedAt),
        ofEvent(db, eventId),
      ),
    )
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  return rows.map(({ unitKind, ...row }) => ({ ...row, school: unitKind === 'school' }))
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

async function skillsIn(db: Reader, eventId: string): Promise<Map<string, string[]>> {
  const rows = await db
    .selectDistinct({ personId: personSkills.personId, skill: personSkills.skill })
    .from(personSkills)
    .innerJoin(memberships, eq(memberships.personId, personSkills.personId))
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(ofEvent(db, eventId))
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return new Map([...byPerson].map(([personId, of]) => [personId, of.map(({ skill }) => skill).sort()]))
}

async function consentsIn(db: Reader, eventId: string): Promise<Map<string, Consent>> {
  const rows = await db
    .selectDistinct({ personId: guardianConsents.personId, withdrawnAt: guardianConsents.withdrawnAt })
    .from(guardianConsents)
    .innerJoin(memberships, eq(memberships.personId, guardianConsents.personId))
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(ofEvent(db, eventId))
  const consents = new Map<string, Consent>()
  for (const { personId, withdrawnAt } of rows) {
    if (consents.get(personId) !== 'given') consents.set(personId, withdrawnAt ? 'withdrawn' : 'given')
  }
  return consents
}

/** `PERSON TEAM` of whoever is the registered guardian of somebody in a team of their own. */
async function guardiansIn(db: Reader, eventId: string): Promise<Set<string>> {
  const rows = await guardianPairs(db)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(ofEvent(db, eventId))
  return new Set(rows.map(({ guardianId, teamId }) => `${guardianId} ${teamId}`))
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
    .select()
    .from(allotments)
    .where(eq(allotments.eventId, eventId))
    .orderBy(asc(allotments.id))
  return rows.map((row) => {
    const { id: allotmentId, shiftId, teamId, heads, minors, named } = row
    return { allotmentId, shiftId, teamId, heads, minors, named, kept: isKept(row) || named > 0 }
  })
}
