import { and, asc, desc, eq, gt, gte, isNotNull, isNull, or } from 'drizzle-orm'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { SeenPlaces } from '#modules/mobilization/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { MoveReason } from '#planner/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { planAllotments, planAssignments, planMoves, planRuns } from './schema.ts'
import { personSeen, rowSeen, shiftSeen } from './seen.ts'

export type PlanRow = typeof planRuns.$inferSelect

/**
 * The row of a run.
 * @throws DomainError `plan.missing`
 */
export async function planRow(db: Reader, planId: string): Promise<PlanRow> {
  const [run] = await db.select().from(planRuns).where(eq(planRuns.id, planId))
  if (!run) throw new DomainError('missing', 'plan.missing', 'There is no such proposal.', { planId })
  return run
}

/** The proposals of an event, latest first. Keyset pages. */
export async function listPlans(db: Reader, eventId: string, page: { cursor?: string; limit?: number }) {
  const { cursor, limit = 50 } = page
  const rows = await db
    .select()
    .from(planRuns)
    .where(and(eq(planRuns.eventId, eventId), after([planRuns.createdAt, planRuns.id], cursor, 'desc')))
    .orderBy(desc(planRuns.createdAt), desc(planRuns.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (run) => [run.createdAt, run.id])
}

export interface RowsQuery {
  cursor?: string
  limit?: number
  shiftId?: string
  teamId?: string
  standby?: boolean
}

/** The rows of a proposal the reader may see, ordered by time and place; people in reserve come last. Keyset pages. */
export async function listPlanRows(db: Reader, planId: string, query: RowsQuery, seen: SeenPlaces) {
  const { cursor, limit = 50, shiftId, teamId, standby } = query
  const rows = await db
    .select({
      position: planAssignments.position,
      personId: planAssignments.personId,
      personName: persons.name,
      teamId: planAssignments.teamId,
      teamName: teams.name,
      shiftId: planAssignments.shiftId,
      zoneName: zones.name,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
    })
    .from(planAssignments)
    .innerJoin(persons, eq(persons.id, planAssignments.personId))
    .innerJoin(teams, eq(teams.id, planAssignments.teamId))
    .leftJoin(shifts, eq(shifts.id, planAssignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .where(
      and(
        eq(planAssignments.runId, planId),
        shiftId ? eq(planAssignments.shiftId, shiftId) : undefined,
        teamId ? eq(planAssignments.teamId, teamId) : undefined,
        standby === undefined
          ? undefined
          : standby
            ? isNull(planAssignments.shiftId)
            : isNotNull(planAssignments.shiftId),
        rowSeen(seen),
        after([planAssignments.position], cursor),
      ),
    )
    .orderBy(asc(planAssignments.position))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.position])
}

/** Everybody whom the proposal places, with the shift. */
export async function placedBy(db: Reader, planId: string) {
  const { position, personId, teamId, shiftId } = planAssignments
  const after = (last: { position: number } | undefined, size: number) =>
    db
      .select({ position, personId, teamId, shiftId })
      .from(planAssignments)
      .where(and(eq(planAssignments.runId, planId), isNotNull(shiftId), last && gt(position, last.position)))
      .orderBy(asc(position))
      .limit(size)
  const all: { personId: string; teamId: string; shiftId: string | null }[] = []
  for await (const rows of pages(after, 1000)) for (const { position: _, ...row } of rows) all.push(row)
  return all
}

/** The heads without names that the proposal places. */
export async function allottedBy(db: Reader, planId: string) {
  return db
    .select({
      teamId: planAllotments.teamId,
      shiftId: planAllotments.shiftId,
      heads: planAllotments.heads,
      minors: planAllotments.minors,
    })
    .from(planAllotments)
    .where(eq(planAllotments.runId, planId))
}

/**
 * People whom a proposal takes off an assignment, by person: those the reader may see, and those who leave a shift
 * the reader sees.
 */
export async function listMoveRows(
  db: Reader,
  run: PlanRow,
  query: { cursor?: string; limit?: number; because?: MoveReason },
  seen: SeenPlaces,
) {
  const { cursor, limit = 50, because } = query
  const rows = await db
    .select({
      position: planMoves.position,
      personId: planMoves.personId,
      personName: persons.name,
      fromShiftId: planMoves.fromShiftId,
      toShiftId: planMoves.toShiftId,
      because: planMoves.because,
    })
    .from(planMoves)
    .innerJoin(persons, eq(persons.id, planMoves.personId))
    .where(
      and(
        eq(planMoves.runId, run.id),
        because ? eq(planMoves.because, because) : undefined,
        or(personSeen(db, run, planMoves.personId, seen), shiftSeen(db, planMoves.fromShiftId, seen)),
        after([planMoves.position], cursor),
      ),
    )
    .orderBy(asc(planMoves.position))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.position])
}

/** The assignments of one person in a proposal. */
export async function placesOf(db: Reader, planId: string, personId: string) {
  return db
    .select({ shiftId: planAssignments.shiftId, zoneName: zones.name })
    .from(planAssignments)
    .leftJoin(shifts, eq(shifts.id, planAssignments.shiftId))
    .leftJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(planAssignments.runId, planId), eq(planAssignments.personId, personId)))
    .orderBy(asc(planAssignments.position))
}

/** The people held in reserve. */
export async function standbyOf(db: Reader, planId: string): Promise<string[]> {
  const rows = await db
    .select({ personId: planAssignments.personId })
    .from(planAssignments)
    .where(and(eq(planAssignments.runId, planId), isNull(planAssignments.shiftId)))
  return rows.map(({ personId }) => personId)
}

/** The districts of an event's shifts, including cancelled shifts. */
export async function districtsOfShifts(db: Reader, eventId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: shifts.id, districtCode: zones.districtCode })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(eq(shifts.eventId, eventId))
  return new Map(rows.map(({ id, districtCode }) => [id, districtCode ?? '']))
}

/** Whether a proposal of the event was applied, at least to one district, since this run was started. */
export async function appliedSince(db: Reader, run: PlanRow): Promise<boolean> {
  const [found] = await db
    .select({ id: planRuns.id })
    .from(planRuns)
    .where(and(eq(planRuns.eventId, run.eventId), gte(planRuns.appliedAt, run.createdAt)))
    .limit(1)
  return found !== undefined
}
