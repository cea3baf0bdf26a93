import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Proposal } from '#planner/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { basisOf } from './basis.ts'
import { explanationOf, moveRows, namedShortage } from './name-explanation.ts'
import type { Described } from './problem-draft.ts'
import { planAllotments, planAssignments, planMoves, planRuns } from './schema.ts'

export interface KeepProposal {
  planId: string
  described: Described
  proposal: Proposal
  /** The run was cancelled before the planner was finished. */
  stopped: boolean
  at: DateTime
}

/** Stores a finished proposal under the database ids. It does nothing when the run has ended. */
export async function keepProposal(tx: Writer, { planId, described, proposal, stopped, at }: KeepProposal) {
  const { names } = described
  const ended = await tx
    .update(planRuns)
    .set({
      state: stopped ? 'cancelled' : 'proposed',
      stage: 'done',
      progress: 100,
      finishedAt: at,
      basis: basisOf(described),
      quality: proposal.quality,
      shortages: proposal.shortages.map((shortage) => namedShortage(shortage, names)),
      explanation: explanationOf(described, proposal),
    })
    .where(and(eq(planRuns.id, planId), eq(planRuns.state, 'running')))
    .returning({ id: planRuns.id })
  if (ended.length === 0) return
  await inChunks(assignmentRows(planId, described, proposal), 200, (chunk) =>
    tx.insert(planAssignments).values(chunk),
  )
  await inChunks(allotmentRows(planId, described, proposal), 200, (chunk) =>
    tx.insert(planAllotments).values(chunk),
  )
  await inChunks(moveRows(planId, described, proposal), 200, (chunk) => tx.insert(planMoves).values(chunk))
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
