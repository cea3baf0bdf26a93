import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { placedByPlans } from '#modules/mobilization/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import { pages } from '#platform/database/pages.ts'
import { type Database, inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { PlanRow } from './queries.ts'
import { planBefore, planBeforeHeads, planRuns } from './schema.ts'

/** How many rows one transaction writes: some 15 ms of the writer. */
const rowsAtOnce = 600

/** The refusal of a second application at the same time. */
export const beingApplied = () =>
  new DomainError('conflict', 'plan.applying', 'This proposal is being applied right now.')

/**
 * Keeps what proposals hold in the event, before a part of this one is applied for the first time: what an undo brings
 * back. @throws DomainError `plan.applying` when another proposal of the event is being applied
 */
export async function keepBefore(db: Database, run: PlanRow): Promise<void> {
  if (run.appliedAt) return
  const { id: runId, eventId } = run
  const others = and(eq(planRuns.eventId, eventId), eq(planRuns.state, 'applying'), ne(planRuns.id, runId))
  if ((await db.read.$count(planRuns, others)) > 0) throw beingApplied()
  await db.transaction((tx) => forgetBefore(tx, runId))
  const { assignments, allotments } = await placedByPlans(db.read, eventId)
  const inSlices = <T extends PgTable>(into: T, rows: readonly T['$inferInsert'][]) =>
    inChunks(rows, rowsAtOnce, (some) => db.transaction((tx) => insertAll(tx, into, some)))
  await inSlices(
    planBefore,
    assignments.map((row, position) => ({ runId, position, ...row })),
  )
  await inSlices(
    planBeforeHeads,
    allotments.map((row, position) => ({ runId, position, ...row })),
  )
}

/** What was kept of the time before this proposal. */
export async function beforeOf(db: Reader, runId: string) {
  const { position, personId, teamId, shiftId } = planBefore
  const after = (last: { position: number } | undefined, size: number) =>
    db
      .select({ position, personId, teamId, shiftId })
      .from(planBefore)
      .where(and(eq(planBefore.runId, runId), last && gt(position, last.position)))
      .orderBy(asc(position))
      .limit(size)
  const assignments: { personId: string; teamId: string; shiftId: string }[] = []
  for await (const rows of pages(after, 1000))
    for (const { position: _, ...row } of rows) assignments.push(row)
  const allotments = await db
    .select({
      teamId: planBeforeHeads.teamId,
      shiftId: planBeforeHeads.shiftId,
      heads: planBeforeHeads.heads,
      minors: planBeforeHeads.minors,
    })
    .from(planBeforeHeads)
    .where(eq(planBeforeHeads.runId, runId))
    .orderBy(asc(planBeforeHeads.position))
  return { assignments, allotments }
}

/** Deletes what was kept of the time before. */
export async function forgetBefore(tx: Writer, runId: string): Promise<void> {
  for (const from of [planBefore, planBeforeHeads]) await tx.delete(from).where(eq(from.runId, runId))
}
