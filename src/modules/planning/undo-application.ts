import { and, eq, gte, ne, or } from 'drizzle-orm'
import { type Applied, applyProposal } from '#modules/mobilization/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { goesOn, isOver, resumeMinutes, stepBack } from './application.ts'
import { beforeOf, beingApplied, forgetBefore } from './before.ts'
import type { DescribeContext } from './describe-apart.ts'
import { plannableEvent } from './event-facts.ts'
import { type PlanRow, planRow } from './queries.ts'
import { type Applying, planRuns } from './schema.ts'
import { assertApplies } from './scope.ts'

/**
 * Takes an acceptance back before publication, all districts of it: whoever a proposal had placed before stands there
 * again, and the proposal can be accepted anew. What people did by hand since stays. Done as an application is, a few
 * shifts at a time, by the same rules. Idempotent once nothing of the proposal is applied.
 * @throws DomainError `plan.missing`, `plan.applying`, `plan.published`, `plan.applied_since`, `access.out_of_reach`
 */
export async function undoApplication(
  context: DescribeContext,
  { planId, by }: { planId: string; by: Actor },
): Promise<{ run: PlanRow; applied: Applied | null }> {
  const { db, now } = context
  const run = await planRow(db.read, planId)
  const event = await plannableEvent(db.read, run.eventId)
  await assertApplies(db.read, by, event, run.appliedDistricts ?? undefined)
  if (run.state === 'applying') throw beingApplied()
  if (!run.firstAppliedAt) return { run, applied: null }
  if (event.publishedAt) {
    const message = 'The event was published and people were told. Move them on the board, or plan again.'
    throw new DomainError('conflict', 'plan.published', message)
  }
  await assertLatest(db.read, run)
  const at = now()
  const applying: Applying = {
    districtCodes: null,
    by: by.userId,
    at: isoOf(at),
    from: 'proposed',
    undoes: run.state === 'applied' ? 'applied' : 'proposed',
  }
  const begun = await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(planRuns)
      .set({ state: 'applying', applying, version: run.version + 1 })
      .where(and(eq(planRuns.id, planId), eq(planRuns.state, run.state), eq(planRuns.version, run.version)))
      .returning()
    if (!changed) throw beingApplied()
    const runAt = at.plus({ minutes: resumeMinutes })
    await enqueue(tx, 'planning.apply', { planId }, { key: `planning.apply:${planId}`, runAt })
    return changed
  })
  return bringBack(context, begun)
}

/** Brings back what stood before, and says so; also what an interrupted undo left. */
export async function bringBack(context: DescribeContext, run: PlanRow, resumed = false) {
  const { db, keys } = context
  const { by: userId, at } = run.applying as Applying
  try {
    const before = await beforeOf(db.read, run.id)
    const doing = { by: { userId }, at: instantFrom(at), keys, resumed }
    const applied = await applyProposal(db, { eventId: run.eventId, ...before, ...doing })
    return { run: await settleUndo(context, run), applied }
  } catch (error) {
    if (isOver(error)) await stepBack(context, run)
    throw error
  }
}

async function settleUndo({ db }: DescribeContext, run: PlanRow): Promise<PlanRow> {
  const { by: userId, at } = run.applying as Applying
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(planRuns)
      .set({
        state: 'proposed',
        applying: null,
        appliedAt: null,
        appliedBy: null,
        appliedDistricts: null,
        firstAppliedAt: null,
        // As when it was made: if something changed since, accepting it again says so.
        basis: run.basisBefore,
        basisBefore: null,
        version: run.version + 1,
      })
      .where(goesOn(run))
      .returning()
    if (!changed) return planRow(tx, run.id)
    await forgetBefore(tx, run.id)
    const details = { eventId: run.eventId }
    const doing = { by: { userId }, at: instantFrom(at), details }
    await record(tx, { action: 'plan.application_undone', subject: `plan:${run.id}`, ...doing })
    return changed
  })
}

/** Only the last acceptance is taken back: what stood before an earlier one is not what stands before the later one. */
async function assertLatest(db: Reader, run: PlanRow): Promise<void> {
  const later = and(
    eq(planRuns.eventId, run.eventId),
    ne(planRuns.id, run.id),
    or(eq(planRuns.state, 'applying'), gte(planRuns.appliedAt, run.firstAppliedAt!)),
  )
  if ((await db.$count(planRuns, later)) === 0) return
  const message = 'Another proposal was accepted since. Take that one back first.'
  throw new DomainError('conflict', 'plan.applied_since', message)
}
