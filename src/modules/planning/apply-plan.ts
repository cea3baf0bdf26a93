import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type Applied, applyProposal, type Pool } from '#modules/mobilization/index.ts'
import { districtHolds } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { type Basis, basisOf, differenceOf } from './basis.ts'
import { describeProblem } from './describe-problem.ts'
import { plannableEvent } from './event-facts.ts'
import type { Described } from './problem-draft.ts'
import { allottedBy, type PlanRow, placedBy, planRow } from './queries.ts'
import { planRuns } from './schema.ts'
import { assertApplies } from './scope.ts'

export interface ApplyPlan {
  planId: string
  /** Only shifts in these districts and below; undefined: all shifts. */
  districtCodes?: string[] | undefined
  by: Actor
  at: DateTime
  keys: KeyRing
}

/**
 * Applies a proposal, whole or district by district, in one transaction. Idempotent once everything is applied.
 * @throws DomainError `plan.missing`, `plan.not_ready`, stale `plan.stale` with the facets and shifts that changed
 *   since the proposal was made, `access.out_of_reach`
 */
export async function applyPlan(
  tx: Writer,
  apply: ApplyPlan,
): Promise<{ run: PlanRow; applied: Applied | null }> {
  const { planId, districtCodes, by, at, keys } = apply
  const run = await planRow(tx, planId)
  await assertApplies(tx, by, await plannableEvent(tx, run.eventId), districtCodes)
  if (run.state === 'applied') return { run, applied: null }
  if (!run.basis || (run.state !== 'proposed' && run.state !== 'cancelled'))
    throw new DomainError('conflict', 'plan.not_ready', 'There is no complete proposal to apply.', {
      state: run.state,
    })
  const described = await describeProblem(tx, keys, run.eventId, at, run)
  assertCurrent(run.basis, described)
  const chosen = shiftFilter(described, districtCodes)
  const allotments = await allotmentsOf(tx, run, described.pool, chosen)
  const applied = await applyProposal(tx, {
    eventId: run.eventId,
    assignments: await assignmentsOf(tx, run, described.pool, chosen),
    allotments,
    by,
    at,
    keys,
  })
  const { shifts, shiftDistricts } = described.names
  const applying = shiftDistricts.filter((_, at) => chosen(shifts[at]!))
  const districts = [...new Set([...(run.appliedDistricts ?? []), ...applying])]
  const all = shiftDistricts.every((code) => districts.includes(code))
  const [changed] = await tx
    .update(planRuns)
    .set({
      state: all ? 'applied' : run.state,
      appliedAt: at,
      appliedBy: by.userId,
      appliedDistricts: districts.toSorted(),
      // The applied part is part of the data now, so the rest of the proposal is compared with data read again.
      // Placing people does not change the input of a plan, but naming people among heads without names does.
      basis: basisOf(
        allotments.length === 0 && described.pool.allotments.length === 0
          ? described
          : await describeProblem(tx, keys, run.eventId, at, run),
      ),
      version: run.version + 1,
    })
    .where(eq(planRuns.id, planId))
    .returning()
  const details = {
    eventId: run.eventId,
    assigned: applied.assigned,
    takenBack: applied.takenBack,
    districts: districtCodes ?? null,
  }
  await record(tx, { action: 'plan.applied', subject: `plan:${planId}`, by, at, details })
  return { run: changed!, applied }
}

function assertCurrent(basis: Basis, described: Described): void {
  const changed = differenceOf(basis, basisOf(described))
  if (changed)
    throw new DomainError(
      'stale',
      'plan.stale',
      'The data changed since this proposal was made; plan again.',
      {
        changed: changed.facets,
        shiftIds: changed.shifts,
      },
    )
}

/** A predicate: which shifts are applied by this request. */
function shiftFilter(
  { names }: Described,
  districtCodes: string[] | undefined,
): (shiftId: string) => boolean {
  if (!districtCodes) return () => true
  const isApplied = (code: string) => districtCodes.some((asked) => districtHolds(asked, code))
  const chosen = new Set(names.shifts.filter((_, at) => isApplied(names.shiftDistricts[at]!)))
  if (chosen.size === 0)
    throw new DomainError('invalid', 'plan.no_such_district', 'No shift of the event lies there.', {
      districtCodes,
    })
  return (shiftId) => chosen.has(shiftId)
}

/** The assignments after the request: the proposal on the applied shifts, the present assignments on all others. */
async function assignmentsOf(
  tx: Writer,
  run: PlanRow,
  { placed }: Pool,
  chosen: (shiftId: string) => boolean,
) {
  const planned = await placedBy(tx, run.id)
  const proposed = planned.flatMap(({ shiftId, ...row }) =>
    shiftId !== null && chosen(shiftId) ? [{ ...row, shiftId }] : [],
  )
  const moving = new Set(proposed.map(({ personId }) => personId))
  // A person with several shifts keeps those of the same proposal that were applied before.
  const together = new Set(planned.map(({ personId, shiftId }) => `${personId} ${shiftId}`))
  const leaves = (personId: string, shiftId: string) =>
    moving.has(personId) && !together.has(`${personId} ${shiftId}`)
  const staying = placed.flatMap(({ personId, shiftId, teamId, kept }) =>
    teamId !== null && !kept && !chosen(shiftId) && !leaves(personId, shiftId)
      ? [{ personId, shiftId, teamId }]
      : [],
  )
  return [...proposed, ...staying]
}

async function allotmentsOf(
  tx: Writer,
  run: PlanRow,
  { allotments }: Pool,
  chosen: (shiftId: string) => boolean,
) {
  const proposed = (await allottedBy(tx, run.id)).filter(({ shiftId }) => chosen(shiftId))
  const staying = allotments.filter(({ shiftId, kept }) => !kept && !chosen(shiftId))
  return [
    ...proposed,
    ...staying.map(({ teamId, shiftId, heads, minors }) => ({ teamId, shiftId, heads, minors })),
  ]
}
