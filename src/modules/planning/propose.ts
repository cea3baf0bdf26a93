import type { Problem } from './problem-format.ts'
import type { Proposal } from './proposal.ts'
import { Planner } from './solver/planner.ts'
import type { PlanStage } from './words.ts'

export interface ProposeOptions {
  /** Called at every stage with the share of the work done, 0 to 1. */
  onProgress?: (stage: PlanStage, done: number) => void
  /** Asked often; once it answers true, the last complete plan is returned as it is. */
  stop?: () => boolean
  /** `flow`: never the exact program that small problems are given; for measuring. */
  method?: 'flow'
  /**
   * Whether to tighten the bounds by the linear program with the escort rows, after the plan is complete; unless told
   * otherwise it is done. Problems small enough to be solved exactly need none.
   */
  bounds?: boolean
  /** Gets every complete plan that is better than the one before. */
  onPlan?: (proposal: Proposal) => void
}

/**
 * Proposes who serves where. Pure: the same problem gives the same proposal, on any machine; only on one so slow that the
 * linear bounds are not proven within 20 s they are left out.
 * Keeps every hard rule and optimizes the goals in the order of the problem's policy; see README.
 * `problem` must come from `parseProblem`.
 */
export function propose(problem: Problem, options: ProposeOptions = {}): Promise<Proposal> {
  return new Planner(problem, options).run()
}
