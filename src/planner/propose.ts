import type { Problem } from './format/problem-format.ts'
import type { Proposal } from './format/proposal.ts'
import { Planner, type ProposeOptions } from './planner.ts'

/**
 * Computes a proposal: who serves where. Pure: the same problem gives the same proposal on any machine; only if a
 * very slow machine cannot prove the linear bounds within 20 s, they are left out. Keeps every hard rule and
 * optimizes the goals in the order of the problem's policy; see README. `problem` must come from `parseProblem`.
 */
export function propose(problem: Problem, options: ProposeOptions = {}): Promise<Proposal> {
  return new Planner(problem, options).run()
}
