import { and, eq } from 'drizzle-orm'
import { type Applied, applyProposal } from '#modules/mobilization/index.ts'
import { districtHolds } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { goesOn, isOver, resumeMinutes, stepBack } from './application.ts'
import { type Basis, differenceOf } from './basis.ts'
import { beingApplied, keepBefore } from './before.ts'
import { type DescribeContext, standingApart } from './describe-apart.ts'
import { plannableEvent } from './event-facts.ts'
import { allottedBy, type PlanRow, placedBy, planRow } from './queries.ts'
import { type Applying, planRuns } from './schema.ts'
import { assertApplies } from './scope.ts'
import type { Standing } from './standing.ts'
import { bringBack } from './undo-application.ts'

export interface ApplyPlan {
  planId: string
  /** Only shifts in these districts and below; undefined: all shifts. */
  districtCodes?: string[] | undefined
  by: Actor
}

type Context = DescribeContext
type Outcome = { run: PlanRow; applied: Applied | null }

/**
 * Applies a proposal, whole or district by district. The data is read and compared outside of any transaction; then the
 * proposal is `applying` until all of its shifts are written, a few at a time. Idempotent once everything is applied.
 * @throws DomainError `plan.missing`, `plan.not_ready`, `plan.applying`, stale `plan.stale` with the facets and shifts
 *   that changed since the proposal was made, `access.out_of_reach`
 */
export async function applyPlan(context: Context, apply: ApplyPlan): Promise<Outcome> {
  const { db, now } = context
  const { planId, districtCodes, by } = apply
  const run = await planRow(db.read, planId)
  await assertApplies(db.read, by, await plannableEvent(db.read, run.eventId), districtCodes)
  if (run.state === 'applied') return { run, applied: null }
  if (run.state === 'applying') throw beingApplied()
  if (!run.basis || (run.state !== 'proposed' && run.state !== 'cancelled'))
    throw new DomainError('conflict', 'plan.not_ready', 'There is no complete proposal to apply.', {
      state: run.state,
    })
  const standing = await standingApart(context, run)
  assertCurrent(run.basis, standing)
  shiftFilter(standing, districtCodes)
  await keepBefore(db, run)
  const at = now()
  const applying = { districtCodes: districtCodes ?? null, by: by.userId, at: isoOf(at), from: run.state }
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
  return carryOut(context, begun, standing)
}

/** Takes up an application that was interrupted; does nothing when there is none. */
export async function resumeApplication(context: Context, planId: string): Promise<void> {
  const run = await planRow(context.db.read, planId)
  if (run.state !== 'applying') return
  if (run.applying?.undoes) {
    await bringBack(context, run, true)
    return
  }
  let standing: Standing
  try {
    standing = await standingApart(context, run)
  } catch (error) {
    if (isOver(error)) await stepBack(context, run)
    throw error
  }
  await carryOut(context, run, standing, true)
}

/** Makes the proposal real, and says so. When it fails for good, what was applied stays, and the rest can be again. */
async function carryOut(
  context: Context,
  run: PlanRow,
  standing: Standing,
  resumed = false,
): Promise<Outcome> {
  const { db, keys } = context
  const { districtCodes, by: userId, at } = run.applying as Applying
  const chosen = shiftFilter(standing, districtCodes ?? undefined)
  const planned = (await placedBy(db.read, run.id)).flatMap(({ shiftId, ...row }) =>
    shiftId === null ? [] : [{ ...row, shiftId }],
  )
  const allotments = (await allottedBy(db.read, run.id)).filter(({ shiftId }) => chosen(shiftId))
  try {
    const applied = await applyProposal(db, {
      eventId: run.eventId,
      ...(districtCodes ? { shiftIds: standing.shifts.filter(chosen) } : {}),
      assignments: planned.filter(({ shiftId }) => chosen(shiftId)),
      // A person with several shifts keeps those of the same proposal that were applied before.
      alsoKept: planned.filter(({ shiftId }) => !chosen(shiftId)),
      allotments,
      by: { userId },
      at: instantFrom(at),
      keys,
      resumed,
    })
    // Placing people does not change the input of a plan, but naming people among heads without names does.
    const same = allotments.length === 0 && standing.allotments === 0
    const basis = same ? run.basis : (await standingApart(context, run)).basis
    return { run: await settle(context, run, { standing, applied, basis }), applied }
  } catch (error) {
    if (isOver(error)) await stepBack(context, run)
    throw error
  }
}

async function settle(
  { db }: Context,
  run: PlanRow,
  { standing, applied, basis }: { standing: Standing; applied: Applied; basis: Basis | null },
): Promise<PlanRow> {
  const { districtCodes, by: userId, at, from } = run.applying as Applying
  const chosen = shiftFilter(standing, districtCodes ?? undefined)
  const { shifts, shiftDistricts } = standing
  const applying = shiftDistricts.filter((_, n) => chosen(shifts[n]!))
  const districts = [...new Set([...(run.appliedDistricts ?? []), ...applying])]
  const all = shiftDistricts.every((code) => districts.includes(code))
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(planRuns)
      .set({
        state: all ? 'applied' : from,
        applying: null,
        appliedAt: instantFrom(at),
        firstAppliedAt: run.firstAppliedAt ?? instantFrom(at),
        basisBefore: run.firstAppliedAt ? run.basisBefore : run.basis,
        appliedBy: userId,
        appliedDistricts: districts.toSorted(),
        // The applied part is part of the data now, so the rest of the proposal is compared with data read again.
        basis,
        version: run.version + 1,
      })
      .where(goesOn(run))
      .returning()
    if (!changed) return planRow(tx, run.id)
    await record(tx, {
      action: 'plan.applied',
      subject: `plan:${run.id}`,
      by: { userId },
      at: instantFrom(at),
      details: {
        eventId: run.eventId,
        assigned: applied.assigned,
        takenBack: applied.takenBack,
        districts: districtCodes,
      },
    })
    return changed
  })
}

function assertCurrent(basis: Basis, standing: Standing): void {
  const changed = differenceOf(basis, standing.basis)
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
  { shifts, shiftDistricts }: Standing,
  districtCodes: string[] | undefined,
): (shiftId: string) => boolean {
  if (!districtCodes) return () => true
  const isApplied = (code: string) => districtCodes.some((asked) => districtHolds(asked, code))
  const chosen = new Set(shifts.filter((_, at) => isApplied(shiftDistricts[at]!)))
  if (chosen.size === 0)
    throw new DomainError('invalid', 'plan.no_such_district', 'No shift of the event lies there.', {
      districtCodes,
    })
  return (shiftId) => chosen.has(shiftId)
}
