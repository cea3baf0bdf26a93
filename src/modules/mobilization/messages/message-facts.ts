import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { assignments, participations } from '../schema.ts'

/** An assignment with all data that a message may contain. */
export interface TellableAssignment {
  assignmentId: string
  answered: boolean
  minor: boolean
  participation: {
    id: string
    linkHash: string | null
    linkGeneration: number
    linkRevokedAt: DateTime | null
  }
  personId: string
  personName: string
  teamName: string | null
  event: { name: string; timeZone: string }
  shift: { id: string; work: string; startsAt: DateTime; endsAt: DateTime; meetingPoint: string | null }
  zoneName: string
}

function tellable(db: Reader) {
  return db
    .select({
      assignmentId: assignments.id,
      answer: assignments.answer,
      minor: assignments.minor,
      participation: {
        id: participations.id,
        linkHash: participations.linkHash,
        linkGeneration: participations.linkGeneration,
        linkRevokedAt: participations.linkRevokedAt,
      },
      personId: persons.id,
      personName: persons.name,
      teamName: teams.name,
      event: { name: events.name, timeZone: events.timeZone },
      shift: {
        id: shifts.id,
        work: shifts.work,
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
        meetingPoint: shifts.meetingPoint,
      },
      zoneName: zones.name,
    })
    .from(assignments)
    .innerJoin(participations, eq(participations.id, assignments.participationId))
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(events, eq(events.id, assignments.eventId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
}

const held = and(isNull(assignments.freedAt), isNull(shifts.cancelledAt))

/** The held places of these participations, by participation, in order of time. */
export async function tellableOf(
  db: Reader,
  participationIds: readonly string[],
): Promise<Map<string, TellableAssignment[]>> {
  if (participationIds.length === 0) return new Map()
  const rows = await tellable(db)
    .where(and(inArray(assignments.participationId, [...participationIds]), held))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const told = rows.map(({ answer, ...row }) => ({ ...row, answered: answer !== null }))
  return Map.groupBy(told, ({ participation }) => participation.id)
}

/** These assignments, without those whose place is freed. */
export async function tellableAssignments(
  db: Reader,
  assignmentIds: readonly string[],
): Promise<Map<string, TellableAssignment>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await tellable(db).where(and(inArray(assignments.id, [...assignmentIds]), held))
  return new Map(rows.map(({ answer, ...row }) => [row.assignmentId, { ...row, answered: answer !== null }]))
}
