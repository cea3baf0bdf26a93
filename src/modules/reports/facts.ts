import { and, asc, eq, exists, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { attendances, groupCounts, lateEntries } from '#modules/attendance/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { messageSubjects } from '#modules/messaging/schema.ts'
import { subject } from '#modules/mobilization/index.ts'
import { allotments, assignments, participations, quotas } from '#modules/mobilization/schema.ts'
import { humanOf, teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { AssignmentFact, CountFact } from './tally.ts'

/** Rows per query, so that one query does not block the event loop for long. */
const pageSize = 500

export interface PlacedFact extends AssignmentFact {
  participationId: string
  shiftId: string
  teamId: string | null
  unitId: string | null
  freedAt: DateTime | null
}

/**
 * Calls `take` with every assignment of an event, page by page, and yields to other requests in between. Assignments
 * replaced by a new plan are skipped: they were only proposals.
 */
export async function eachAssignment(
  reader: Reader,
  eventId: string,
  cutOffAt: DateTime,
  take: (fact: PlacedFact) => void,
): Promise<void> {
  const waiting = await pendingFacts(reader, eventId, cutOffAt)
  const after = (last: { id: string } | undefined, size: number) =>
    reader
      .select({
        id: assignments.id,
        participationId: assignments.participationId,
        // People are counted, not records: somebody on two lists is one.
        personId: humanOf(),
        shiftId: assignments.shiftId,
        teamId: assignments.teamId,
        unitId: assignments.unitId,
        createdAt: assignments.createdAt,
        answer: assignments.answer,
        answeredAt: assignments.answeredAt,
        excusedAt: assignments.excusedAt,
        cancelledAt: assignments.cancelledAt,
        cancelReason: assignments.cancelReason,
        freedAt: assignments.freedAt,
        shiftEndsAt: shifts.endsAt,
        checkInAt: attendances.checkInAt,
        checkOutAt: attendances.checkOutAt,
        timing: attendances.timing,
        minutes: attendances.minutes,
        grade: attendances.grade,
      })
      .from(assignments)
      .innerJoin(persons, eq(persons.id, assignments.personId))
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
      .where(and(eq(assignments.eventId, eventId), gt(assignments.id, last?.id ?? '')))
      .orderBy(asc(assignments.id))
      .limit(size)
  for await (const rows of pages(after, pageSize)) {
    for (const row of rows) {
      if (row.cancelReason !== 'replanned' || row.checkInAt) take({ ...row, pending: waiting.has(row.id) })
    }
  }
}

/** Assignments with a late entry that was undecided at the cut-off. */
async function pendingFacts(reader: Reader, eventId: string, cutOffAt: DateTime): Promise<Set<string>> {
  const rows = await reader
    .select({ id: lateEntries.assignmentId })
    .from(lateEntries)
    .where(
      and(
        eq(lateEntries.eventId, eventId),
        lte(lateEntries.askedAt, cutOffAt),
        or(isNull(lateEntries.decidedAt), gt(lateEntries.decidedAt, cutOffAt)),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** All shifts with their places. Cancelled shifts are included, because they had people. */
export function shiftFacts(reader: Reader, eventId: string) {
  return reader
    .select({
      id: shifts.id,
      target: shifts.target,
      work: shifts.work,
      endsAt: shifts.endsAt,
      cancelledAt: shifts.cancelledAt,
      zoneId: zones.id,
      zoneKind: zones.kind,
      districtCode: zones.districtCode,
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(eq(shifts.eventId, eventId))
}

/** How many people the event asked of each unit, and how many the unit pledged. */
export function quotaFacts(reader: Reader, eventId: string) {
  return reader
    .select({ unitId: quotas.unitId, asked: quotas.asked, pledged: quotas.pledged })
    .from(quotas)
    .where(eq(quotas.eventId, eventId))
}

export interface AllotmentFact {
  teamId: string
  shiftId: string
  heads: number
  named: number
}

/** The heads without names of each team, by shift. */
export function allotmentFacts(reader: Reader, eventId: string): Promise<AllotmentFact[]> {
  const { teamId, shiftId, heads, named } = allotments
  return reader
    .select({ teamId, shiftId, heads, named })
    .from(allotments)
    .where(eq(allotments.eventId, eventId))
}

/** The head counts in force at the cut-off: a later count supersedes an earlier one. */
export function countFacts(
  reader: Reader,
  eventId: string,
  cutOffAt: DateTime,
): Promise<(CountFact & { shiftId: string; teamId: string })[]> {
  const { shiftId, present, adults, companions } = groupCounts
  return reader
    .select({ shiftId, teamId: allotments.teamId, present, adults, companions })
    .from(groupCounts)
    .innerJoin(allotments, eq(allotments.id, groupCounts.allotmentId))
    .where(
      and(
        eq(allotments.eventId, eventId),
        lte(groupCounts.countedAt, cutOffAt),
        or(isNull(groupCounts.supersededAt), gt(groupCounts.supersededAt, cutOffAt)),
      ),
    )
}

export type UnitFact = Pick<typeof units.$inferSelect, 'id' | 'name' | 'kind' | 'parentId'>
export type TeamFact = Pick<typeof teams.$inferSelect, 'id' | 'kind' | 'unitId'>

export interface Organisation {
  units: Map<string, UnitFact>
  teams: Map<string, TeamFact>
  /** Units and teams within the reader's reach; undefined: all. */
  within: { units: Set<string>; teams: Set<string> } | undefined
}

/** Units and teams, and which of them are within reach. */
export async function organisationFacts(reader: Reader, reach: Reach): Promise<Organisation> {
  const allUnits = await reader
    .select({ id: units.id, name: units.name, kind: units.kind, parentId: units.parentId })
    .from(units)
  const allTeams = await reader.select({ id: teams.id, kind: teams.kind, unitId: teams.unitId }).from(teams)
  return {
    units: new Map(allUnits.map((unit) => [unit.id, unit])),
    teams: new Map(allTeams.map((team) => [team.id, team])),
    within: reach.everything ? undefined : await withinReach(reader, reach),
  }
}

async function withinReach(reader: Reader, reach: Reach) {
  const ofUnits =
    !reach.everything && reach.paths.length + (reach.parts?.length ?? 0) + reach.codes.length > 0
      ? await reader.select({ id: units.id }).from(units).where(unitsWithin(reach))
      : []
  const ofTeams = await reader.select({ id: teams.id }).from(teams).where(teamsWithin(reader, reach))
  return { units: new Set(ofUnits.map(({ id }) => id)), teams: new Set(ofTeams.map(({ id }) => id)) }
}

/** The names of the districts, by division code. */
export async function districtNames(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader
    .select({ code: zones.code, name: zones.name })
    .from(zones)
    .where(eq(zones.code, zones.districtCode))
  return new Map(rows.flatMap(({ code, name }) => (code ? [[code, name] as const] : [])))
}

/** The participations of the event that at least one message refers to. */
export async function toldParticipations(reader: Reader, eventId: string): Promise<Set<string>> {
  const told = new Set<string>()
  const names = reader
    .select({ one: sql`1` })
    .from(messageSubjects)
    .where(eq(messageSubjects.subject, sql`${subject('participation', '')} || ${participations.id}`))
  const after = (last: { id: string } | undefined, size: number) =>
    reader
      .select({ id: participations.id, told: sql`${exists(names)}`.mapWith(Boolean) })
      .from(participations)
      .where(and(eq(participations.eventId, eventId), gt(participations.id, last?.id ?? '')))
      .orderBy(asc(participations.id))
      .limit(size)
  for await (const rows of pages(after, pageSize)) {
    for (const { id, told: isTold } of rows) if (isTold) told.add(id)
  }
  return told
}
