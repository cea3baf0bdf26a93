/** What `app.ts` uses, and what a higher slice needs to add a register of its own. */
export { importSealed } from './data-key.ts'
export type { Gate } from './gate.ts'
export { importJobs } from './jobs.ts'
export { districtCodeOf } from './judge/districts.ts'
export { resolveUnit, unitOfRow } from './judge/judge-teams.ts'
export { putAside, refuse } from './judge/refusals.ts'
export {
  ChangedMeanwhile,
  type ImportRegister,
  type Piece,
  parts,
  type SheetRegister,
  type Slice,
  type Undoing,
  type Writing,
} from './judge/register.ts'
export type { Scene } from './judge/scene.ts'
export type { Judging, Ref } from './judge/verdicts.ts'
export type { SheetTemplate, SheetVocabulary } from './read/kinds.ts'
export type { OwnReason } from './reasons.ts'
export { organisationRegisters } from './registers.ts'
export { importRoutes } from './routes.ts'
