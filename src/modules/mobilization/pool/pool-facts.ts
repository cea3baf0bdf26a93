import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne } from 'drizzle-orm'
import { type events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { memberships, personSkills, persons } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { isKept } from '../kept.ts'
import { allotments, assignments, participations, signUps } from '../schema.ts'
import type { Commitment, ExcusedTime, PlacedPerson, PoolAllotment } from './pool-types.ts'

/** A place in the event, with when and where it is. */
export type HeldPlace = PlacedPerson & Commitment

type Event = typeof events.$inferSelect

/** The people who were signed up by name, by team, and each person's place in the order of the sign-ups. */
export async function namedBy(db: Reader, eventId: string) {
  const rows = await db
    .select({ teamId: signUps.teamId, personId: signUps.personId })
    .from(signUps)
    .where(and(eq(signUps.eventId, eventId), isNull(signUps.withdrawnAt)))
    .orderBy(asc(signUps.offeredAt), asc(signUps.id))
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId)
  const named = new Map(
    [...byTeam].map(([teamId, signedUp]) => [teamId, new Set(signedUp.map(({ personId }) => personId))]),
  )
  return { named, signedUpAs: new Map(rows.map(({ personId }, at) => [personId, at])) }
}

/** The people who declined the event. */
export async function declinedIn(db: Reader, eventId: string): Promise<Set<string>> {
  const rows = await db
    .select({ personId: participations.personId })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.answer, 'declined')))
  return new Set(rows.map(({ personId }) => personId))
}

/** The names of skills of the members of these teams, by person. */
export async function skillsIn(db: Reader, teamIds: readonly string[]): Promise<Map<string, string[]>> {
  const skills = new Map<string, string[]>()
  await inChunks(teamIds, 100, async (some) => {
    const rows = await db
      .selectDistinct({ personId: personSkills.personId, skill: personSkills.skill })
      .from(memberships)
      .innerJoin(personSkills, eq(personSkills.personId, memberships.personId))
      .where(inArray(memberships.teamId, some))
      .orderBy(asc(personSkills.personId), asc(personSkills.skill))
    for (const [personId, found] of Map.groupBy(rows, ({ personId }) => personId)) {
      skills.set(
        personId,
        found.map(({ skill }) => skill),
      )
    }
  })
  return skills
}

/** Held places in other events that overlap with this event; of everybody, or of these people. */
export async function commitmentsOf(
  db: Reader,
  event: Event,
  personIds?: readonly string[],
): Promise<Commitment[]> {
  return db
    .select({
      personId: assignments.personId,
      humanId: persons.humanId,
      shiftId: shifts.id,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      latitude: zones.centreLatitude,
      longitude: zones.centreLongitude,
    })
    .from(shifts)
    .innerJoin(assignments, eq(assignments.shiftId, shifts.id))
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(
      and(
        ne(shifts.eventId, event.id),
        lt(shifts.startsAt, event.endsAt),
        gt(shifts.endsAt, event.startsAt),
        personIds && and(among(assignments.personId, personIds), isNull(assignments.cancelledAt)),
        isNull(assignments.freedAt),
      ),
    )
    .orderBy(asc(assignments.id))
}

/** Excused times in the event. `free`: people who are excused but still hold another place in it. */
export async function excusedIn(
  db: Reader,
  eventId: string,
): Promise<{ excused: ExcusedTime[]; free: Set<string> }> {
  const rows = await db
    .select({
      personId: assignments.personId,
      shiftId: shifts.id,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
    })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(
      and(
        eq(assignments.eventId, eventId),
        isNotNull(assignments.excusedAt),
        isNull(assignments.cancelledAt),
      ),
    )
    .orderBy(asc(assignments.id))
  const people = [...new Set(rows.map(({ personId }) => personId))]
  const free = new Set<string>()
  await inChunks(people, 500, async (some) => {
    const held = await db
      .select({ personId: assignments.personId })
      .from(assignments)
      .where(
        and(
          eq(assignments.eventId, eventId),
          inArray(assignments.personId, some),
          isNull(assignments.freedAt),
        ),
      )
    for (const { personId } of held) free.add(personId)
  })
  return { excused: rows, free }
}

/** The places that people hold in the event. */
export async function placedIn(db: Reader, eventId: string): Promise<HeldPlace[]> {
  const rows = await db
    .select({
      humanId: persons.humanId,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      latitude: zones.centreLatitude,
      longitude: zones.centreLongitude,
      assignmentId: assignments.id,
      personId: assignments.personId,
      teamId: assignments.teamId,
      shiftId: assignments.shiftId,
      pinned: assignments.pinned,
      origin: assignments.origin,
      answer: assignments.answer,
    })
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(assignments.eventId, eventId), isNull(assignments.freedAt)))
    .orderBy(asc(assignments.id))
  return rows.map(({ pinned, origin, answer, ...place }) => {
    return { ...place, kept: isKept({ pinned, origin, answer }) }
  })
}

/** The allotments of the event. */
export async function allotmentsIn(db: Reader, eventId: string): Promise<PoolAllotment[]> {
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
