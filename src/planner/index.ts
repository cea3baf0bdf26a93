/**
 * Front door of the planner for a service: formats, planning in a thread, and explanations of a finished proposal. It
 * loads neither the solver nor HiGHS; `direct.ts` does.
 */
export { PlannerError, type PlannerErrorCode } from './errors.ts'
export { compareShortages, explainedAt } from './explain/headlines.ts'
export { type Reason, type Refused, type WhyHere, whyHere } from './explain/why-here.ts'
export type { Problem } from './format/problem-format.ts'
export * from './format/proposal.ts'
export type * from './format/vocabulary.ts'
export { type ImpossiblePin, impossiblePins, judgePins } from './instance/impossible-pins.ts'
export { type Thinking, type Thought, think } from './think.ts'
export type { ViolationCode } from './validate/validate.ts'
