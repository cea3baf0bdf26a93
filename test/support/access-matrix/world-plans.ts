/** Plans of an event. */
import { planAssignments, planMoves, planRuns } from '#modules/planning/schema.ts'
import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/support/app.ts'
import { since } from './world-people.ts'

const quality = {
  policy: 'together' as const,
  goals: [],
  people: { placeable: 1, placed: 1, placements: 1, standby: 0 },
  parts: { count: 1, floor: 1, rawCount: 1, smallest: 1 },
  certificate: null,
}

/** A run of the planner, without what it proposes. */
export async function aPlan(
  { db }: TestApp,
  { event, state }: { event: string; state: 'applied' | 'proposed' | 'queued' },
) {
  const id = newId()
  const facets = { rules: '', teams: '', people: '', commitments: '', zones: '', shifts: '', pins: '' }
  const row = { id, eventId: event, state, policy: 'together' as const, stability: 'free' as const }
  const made =
    state === 'queued'
      ? { stage: 'waiting' as const, progress: 0 }
      : {
          stage: 'done' as const,
          progress: 100,
          basis: { facets, shifts: {} },
          quality,
        }
  await db.transaction((tx) => tx.insert(planRuns).values({ ...row, ...made, createdAt: since }))
  return id
}

/** Says where a proposal puts people, and that each was moved there. */
export async function propose(
  { db }: TestApp,
  planId: string,
  rows: { personId: string; teamId: string; shiftId: string }[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .insert(planAssignments)
      .values(rows.map((row, position) => ({ runId: planId, position, ...row })))
    await tx.insert(planMoves).values(
      rows.map(({ personId, shiftId }, position) => ({
        ...{ runId: planId, position, personId, fromShiftId: shiftId, toShiftId: null },
        because: 'committed' as const,
      })),
    )
  })
}
