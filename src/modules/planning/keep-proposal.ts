import { and, eq } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import type { Proposal } from '#planner/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import { type Database, inChunks } from '#platform/database/port.ts'
import type { Input } from './describe-problem.ts'
import { explanationOf, moveRows, namedShortage } from './name-explanation.ts'
import type { Described } from './problem-draft.ts'
import { planAllotments, planAssignments, planMoves, planRuns } from './schema.ts'

export interface KeepProposal {
  planId: string
  described: Input
  proposal: Proposal
  /** The run was cancelled before the planner was finished. */
  stopped: boolean
  at: DateTime
}

/** How many rows one transaction writes: some 15 ms of the writer. */
const rowsAtOnce = 600

/**
 * Stores a finished proposal under the database ids: first its rows, a few hundred at a time, then that it is there. It does
 * nothing when the run has ended. Rows that an interrupted run left are replaced.
 */
export async function keepProposal(
  db: Database,
  { planId, described, proposal, stopped, at }: KeepProposal,
): Promise<void> {
  const { names } = described
  const running = and(eq(planRuns.id, planId), eq(planRuns.state, 'running'))
  const going = await db.transaction(async (tx) => {
    if ((await tx.$count(planRuns, running)) === 0) return false
    for (const from of [planAssignments, planAllotments, planMoves])
      await tx.delete(from).where(eq(from.runId, planId))
    return true
  })
  if (!going) return
  const inSlices = <T extends PgTable>(into: T, rows: readonly T['$inferInsert'][]) =>
    inChunks(rows, rowsAtOnce, (some) => db.transaction((tx) => insertAll(tx, into, some)))
  await inSlices(planAssignments, assignmentRows(planId, described, proposal))
  await inSlices(planAllotments, allotmentRows(planId, described, proposal))
  await inSlices(planMoves, moveRows(planId, described, proposal))
  const ending = {
    state: stopped ? ('cancelled' as const) : ('proposed' as const),
    stage: 'done' as const,
    progress: 100,
    finishedAt: at,
    basis: described.basis,
    quality: proposal.quality,
    shortages: proposal.shortages.map((shortage) => namedShortage(shortage, names)),
    explanation: explanationOf(described, proposal),
  }
  await db.transaction((tx) => tx.update(planRuns).set(ending).where(running))
}

function assignmentRows(runId: string, { problem, names }: Described, { assignments, standby }: Proposal) {
  const serving = assignments.toSorted((a, b) => {
    const [first, second] = [problem.shifts[a.shift]!, problem.shifts[b.shift]!]
    return (
      first.start - second.start ||
      a.shift - b.shift ||
      problem.vol.team[a.vol]! - problem.vol.team[b.vol]! ||
      a.vol - b.vol
    )
  })
  const all = [...serving, ...standby.map((vol) => ({ vol, shift: -1 }))]
  return all
    .filter(({ vol }) => names.people[vol] !== null)
    .map(({ vol, shift }, position) => ({
      runId,
      position,
      personId: names.people[vol]!,
      teamId: names.teams[problem.vol.team[vol]!]!,
      shiftId: shift < 0 ? null : names.shifts[shift]!,
    }))
}

function allotmentRows(runId: string, { problem, names }: Described, { assignments }: Proposal) {
  const heads = assignments.filter(({ vol }) => names.people[vol] === null)
  const parts = Map.groupBy(
    heads,
    ({ vol, shift }) => `${names.teams[problem.vol.team[vol]!]} ${names.shifts[shift]}`,
  )
  return [...parts].map(([key, part]) => {
    const [teamId = '', shiftId = ''] = key.split(' ')
    return {
      runId,
      teamId,
      shiftId,
      heads: part.length,
      minors: part.filter(({ vol }) => problem.vol.minor[vol]).length,
    }
  })
}
