import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { plannableEvent } from './event-facts.ts'
import { planRow } from './queries.ts'
import { planRuns } from './schema.ts'
import { assertPlans } from './scope.ts'

/**
 * Cancels a run. A running one stops within a quarter of a second and keeps the last complete plan, if there is one.
 * A waiting one is cancelled at once. Idempotent.
 * @throws DomainError `plan.missing`, `plan.ended` when the run has ended
 */
export async function cancelPlan(
  tx: Writer,
  { planId, by, at }: { planId: string; by: Actor; at: DateTime },
) {
  const run = await planRow(tx, planId)
  await assertPlans(tx, by, 'plans.run', await plannableEvent(tx, run.eventId))
  if (run.state === 'cancelled' || run.cancelRequestedAt) return
  if (run.state !== 'queued' && run.state !== 'running')
    throw new DomainError('conflict', 'plan.ended', 'This proposal is ready; there is nothing to cancel.', {
      planId,
    })
  const ended =
    run.state === 'queued' ? { state: 'cancelled' as const, stage: 'done' as const, finishedAt: at } : {}
  await tx
    .update(planRuns)
    .set({ cancelRequestedAt: at, ...ended })
    .where(eq(planRuns.id, planId))
  await record(tx, { action: 'plan.cancelled', subject: `plan:${planId}`, by, at })
}
