/** Front door of planning: a described problem in, a proposal out. */
export type { Basis, Difference, Facet } from './basis.ts'
export type { Problem } from './problem-format.ts'
export type { Goal, Placement, Policy, Proposal, Quality, Shortage } from './proposal.ts'
