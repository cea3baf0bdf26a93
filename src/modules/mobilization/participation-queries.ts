import { and, asc, eq, exists, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, nameMatches } from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { ParticipationQuery } from './contract.ts'
import { seenPlaces } from './notices/seen-places.ts'
import { wasReached } from './reaching/reached.ts'
import { assignments, participations } from './schema.ts'
import type { Answer } from './words.ts'

function selectParticipations(db: Reader) {
  return db
    .select({
      participation: participations,
      personName: persons.name,
      teamName: teams.name,
      unitId: units.id,
      unitName: units.name,
    })
    .from(participations)
    .innerJoin(persons, eq(persons.id, participations.personId))
    .leftJoin(teams, eq(teams.id, participations.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
}

function selectAssignments(db: Reader) {
  return db
    .select({
      assignment: assignments,
      personName: persons.name,
      teamName: teams.name,
      unitName: units.name,
      shift: { work: shifts.work, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      zone: { id: zones.id, name: zones.name },
    })
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(units, eq(units.id, assignments.unitId))
}
export type FullAssignment = Awaited<ReturnType<typeof selectAssignments>>[number]
export type FullParticipation = Awaited<ReturnType<typeof selectParticipations>>[number] & {
  assignments: FullAssignment[]
}

const answered = (
  column: typeof assignments.answer | typeof participations.answer,
  answer: Answer | 'unanswered',
) => (answer === 'unanswered' ? isNull(column) : eq(column, answer))

/** SQL condition: the participation has an assignment that meets the condition. Joins shifts, zones and teams. */
function hasAssignment(db: Reader, condition: SQL | undefined) {
  return exists(
    db
      .select({ one: sql`1` })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .innerJoin(zones, eq(zones.id, shifts.zoneId))
      .where(and(eq(assignments.participationId, participations.id), condition)),
  )
}

/** A keyset page of an event's participations with their places, in order of creation. */
export async function listParticipations(
  db: Reader,
  event: EventRow,
  reach: Reach,
  query: ParticipationQuery,
) {
  const { search, unitId, teamId, zoneId, districtCode, shiftId, answer, reached, cursor, limit = 50 } = query
  const within = await seenPlaces(db, reach, event)
  const live = isNull(assignments.cancelledAt)
  const rows = await selectParticipations(db)
    .where(
      and(
        eq(participations.eventId, event.id),
        isNull(participations.joinedIntoId),
        within && or(within.team, within.zone && hasAssignment(db, within.zone)),
        nameMatches(persons, search),
        unitId ? hasAssignment(db, and(live, eq(assignments.unitId, unitId))) : undefined,
        teamId
          ? or(
              eq(participations.teamId, teamId),
              hasAssignment(db, and(live, eq(assignments.teamId, teamId))),
            )
          : undefined,
        zoneId ? hasAssignment(db, and(live, eq(shifts.zoneId, zoneId))) : undefined,
        districtCode
          ? hasAssignment(db, and(live, districtCovers(zones.districtCode, districtCode)))
          : undefined,
        shiftId ? hasAssignment(db, and(live, eq(assignments.shiftId, shiftId))) : undefined,
        answer ? answered(participations.answer, answer) : undefined,
        reached === undefined ? undefined : wasReached(db, event, reached),
        after([participations.id], cursor),
      ),
    )
    .orderBy(asc(participations.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, ({ participation }) => [participation.id])
  return { items: await withAssignments(db, items), nextCursor }
}

async function withAssignments(
  db: Reader,
  items: Omit<FullParticipation, 'assignments'>[],
): Promise<FullParticipation[]> {
  const ids = items.map(({ participation }) => participation.id)
  const rows = await selectAssignments(db)
    .where(inArray(assignments.participationId, ids))
    .orderBy(asc(shifts.startsAt), asc(assignments.id))
  const grouped = Map.groupBy(rows, ({ assignment }) => assignment.participationId)
  return items.map((each) => ({ ...each, assignments: grouped.get(each.participation.id) ?? [] }))
}

/** One participation. @throws DomainError `participation.missing`, also when out of reach */
export async function fullParticipation(
  db: Reader,
  participationId: string,
  { event, reach }: { event: EventRow; reach: Reach },
): Promise<FullParticipation> {
  const within = await seenPlaces(db, reach, event)
  const rows = await selectParticipations(db).where(
    and(
      eq(participations.id, participationId),
      within && or(within.team, within.zone && hasAssignment(db, within.zone)),
    ),
  )
  const [found] = await withAssignments(db, rows)
  if (found) return found
  throw new DomainError('missing', 'participation.missing', 'There is no such participation.', {
    participationId,
  })
}

/** The assignments of a shift. */
export async function listAssignments(
  db: Reader,
  { event, shiftId, reach }: { event: EventRow; shiftId: string; reach: Reach },
  query: { answer?: Answer | 'unanswered'; cancelled?: boolean; cursor?: string; limit?: number },
) {
  const { answer, cancelled = false, cursor, limit = 50 } = query
  const within = await seenPlaces(db, reach, event)
  const rows = await selectAssignments(db)
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        within && or(within.team, within.zone),
        cancelled ? isNotNull(assignments.cancelledAt) : isNull(assignments.cancelledAt),
        answer ? answered(assignments.answer, answer) : undefined,
        after([assignments.id], cursor),
      ),
    )
    .orderBy(asc(assignments.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ assignment }) => [assignment.id])
}

/** One assignment, which must exist. */
export async function fullAssignment(db: Reader, assignmentId: string): Promise<FullAssignment> {
  const [found] = await selectAssignments(db).where(eq(assignments.id, assignmentId))
  return found as FullAssignment
}
