import { and, asc, eq, exists, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { attendances, groupCounts } from '#modules/attendance/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { messageSubjects } from '#modules/messaging/schema.ts'
import { subjectOf } from '#modules/mobilization/index.ts'
import { allotments, assignments, participations, quotas } from '#modules/mobilization/schema.ts'
import { teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { AssignmentFact, CountFact } from './tally.ts'

/** Rows read by one statement, so that no single one holds up the loop for long. */
const pageSize = 500

export interface PlacedFact extends AssignmentFact {
  participationId: string
  shiftId: string
  teamId: string | null
  unitId: string | null
  freedAt: DateTime | null
}

/**
 * Calls `take` with every assignment of an event, a page at a time, and lets others have a turn in between. What a
 * new plan replaced is left out: it was a proposal, not somebody's place.
 */
export async function eachAssignment(
  reader: Reader,
  eventId: string,
  take: (fact: PlacedFact) => void,
): Promise<void> {
  let last = ''
  for (;;) {
    const rows = await reader
      .select({
        id: assignments.id,
        participationId: assignments.participationId,
        personId: assignments.personId,
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
      })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
      .where(and(eq(assignments.eventId, eventId), gt(assignments.id, last)))
      .orderBy(asc(assignments.id))
      .limit(pageSize)
    for (const row of rows) {
      if (row.cancelReason !== 'replanned' || row.checkInAt) take(row)
    }
    if (rows.length < pageSize) return
    last = rows.at(-1)?.id ?? ''
    await new Promise((turn) => setImmediate(turn))
  }
}

/** Shifts that are not cancelled, with where they are. Those that are cancelled are known, too: they had people. */
export function shiftFacts(reader: Reader, eventId: string) {
  return reader
    .select({
      id: shifts.id,
      target: shifts.target,
      cancelledAt: shifts.cancelledAt,
      zoneId: zones.id,
      zoneKind: zones.kind,
      districtCode: zones.districtCode,
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(eq(shifts.eventId, eventId))
}

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

export function allotmentFacts(reader: Reader, eventId: string): Promise<AllotmentFact[]> {
  const { teamId, shiftId, heads, named } = allotments
  return reader
    .select({ teamId, shiftId, heads, named })
    .from(allotments)
    .where(eq(allotments.eventId, eventId))
}

/** The counts that stood at the cut-off: a later one supersedes an earlier. */
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
  /** Units and teams the reader answers for; undefined: all. */
  within: { units: Set<string>; teams: Set<string> } | undefined
}

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
    !reach.everything && reach.unitPaths.length + reach.districtCodes.length > 0
      ? await reader.select({ id: units.id }).from(units).where(unitsWithin(reach))
      : []
  const ofTeams = await reader.select({ id: teams.id }).from(teams).where(teamsWithin(reader, reach))
  return { units: new Set(ofUnits.map(({ id }) => id)), teams: new Set(ofTeams.map(({ id }) => id)) }
}

/** Names of the districts whose codes zones of this event carry. */
export async function districtNames(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader
    .select({ code: zones.code, name: zones.name })
    .from(zones)
    .where(eq(zones.code, zones.districtCode))
  return new Map(rows.flatMap(({ code, name }) => (code ? [[code, name] as const] : [])))
}

/** Participations of the event that some message names. */
export async function toldParticipations(reader: Reader, eventId: string): Promise<Set<string>> {
  const told = new Set<string>()
  const names = reader
    .select({ one: sql`1` })
    .from(messageSubjects)
    .where(eq(messageSubjects.subject, sql`${subjectOf('')} || ${participations.id}`))
  let last = ''
  for (;;) {
    const rows = await reader
      .select({ id: participations.id, told: sql`${exists(names)}`.mapWith(Boolean) })
      .from(participations)
      .where(and(eq(participations.eventId, eventId), gt(participations.id, last)))
      .orderBy(asc(participations.id))
      .limit(pageSize)
    for (const { id, told: isTold } of rows) if (isTold) told.add(id)
    if (rows.length < pageSize) return told
    last = rows.at(-1)?.id ?? ''
    await new Promise((turn) => setImmediate(turn))
  }
}
