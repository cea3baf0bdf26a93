/** Acts on many things that are previewed first. */

export { type PreviewedAct, performAct, previewAct, undoMinutes } from './act.ts'
export { Performance, previewed } from './contract.ts'
export type { Seen } from './seen.ts'
