/** Front door: the figures of an event. Nothing lies above, so it offers only what the service plugs in. */
export type { EventReport, Figures } from './contract.ts'
export { breakdowns, terms } from './words.ts'
