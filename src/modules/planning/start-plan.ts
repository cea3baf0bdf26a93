import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { NewPlan } from './contract.ts'
import { plannableEvent } from './event-facts.ts'
import type { PlanRow } from './queries.ts'
import { planRuns } from './schema.ts'
import { assertPlans } from './scope.ts'

export interface StartPlan {
  eventId: string
  input: NewPlan
  by: Actor
  at: DateTime
}

/**
 * Starts a run; a job computes it.
 * @throws DomainError `event.missing`, `event.closed`, `access.out_of_reach`, `plan.running` while another run of the
 *   event is not finished
 */
export async function startPlan(tx: Writer, { eventId, input, by, at }: StartPlan): Promise<PlanRow> {
  const event = await plannableEvent(tx, eventId)
  await assertPlans(tx, by, 'plans.run', event)
  const [running] = await tx
    .select({ id: planRuns.id })
    .from(planRuns)
    .where(and(eq(planRuns.eventId, eventId), inArray(planRuns.state, ['queued', 'running'])))
  if (running)
    throw new DomainError('conflict', 'plan.running', 'A proposal for this event is being computed.', {
      planId: running.id,
    })
  // After publication invited people keep their assignments unless the request says otherwise.
  const careful = event.publishedAt ? 'onlyForMinimum' : 'free'
  const { policy = 'together', stability = careful, hoursPerWeek = null, restMinutes = null } = input
  const [run] = await tx
    .insert(planRuns)
    .values({
      id: newId(),
      eventId,
      state: 'queued',
      stage: 'waiting',
      progress: 0,
      policy,
      stability,
      hoursPerWeek,
      restMinutes,
      requestedBy: by.userId,
      createdAt: at,
    })
    .returning()
  const planId = run!.id
  await enqueue(tx, 'planning.run', { planId }, { key: `planning.run:${planId}` })
  await record(tx, {
    action: 'plan.started',
    subject: `plan:${planId}`,
    by,
    at,
    details: { eventId, policy, stability, hoursPerWeek, restMinutes },
  })
  return run!
}
