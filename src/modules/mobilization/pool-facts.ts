import { and, asc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm'
import { type events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { memberships, personSkills } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { isKept } from './kept.ts'
import type { Commitment, PlacedPerson, PoolAllotment } from './pool-types.ts'
import { allotments, assignments, participations, signUps } from './schema.ts'

type Event = typeof events.$inferSelect

/** Who was signed up by name, by team. */
export async function namedBy(db: Reader, eventId: string): Promise<Map<string, Set<string>>> {
  const rows = await db
    .select({ teamId: signUps.teamId, personId: signUps.personId })
    .from(signUps)
    .where(and(eq(signUps.eventId, eventId), isNull(signUps.withdrawnAt)))
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId)
  return new Map([...byTeam].map(([teamId, of]) => [teamId, new Set(of.map(({ personId }) => personId))]))
}

export async function declinedIn(db: Reader, eventId: string): Promise<Set<string>> {
  const rows = await db
    .select({ personId: participations.personId })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.answer, 'declined')))
  return new Set(rows.map(({ personId }) => personId))
}

export async function skillsIn(db: Reader, teamIds: readonly string[]): Promise<Map<string, string[]>> {
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
export async function commitmentsOf(db: Reader, event: Event): Promise<Commitment[]> {
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

export async function placedIn(db: Reader, eventId: string): Promise<PlacedPerson[]> {
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
