/**
 * Front door of the planner for commands and benchmarks: the pure functions in the caller's own thread, and export of
 * the models for other solvers.
 */
export { type BoundedGoal, boundedGoals } from './bounds/bound-seats.ts'
export { boundText, goalToExport } from './bounds/export-bound.ts'
export { highs } from './exact/highs.ts'
export { FlowCore } from './flow/export.ts'
export { parseProblem } from './format/parse-problem.ts'
export { compileInstance } from './instance/instance.ts'
export type { ProposeOptions } from './planner.ts'
export { propose } from './propose.ts'
export { type Violation, validate } from './validate/validate.ts'
