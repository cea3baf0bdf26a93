/** Front door: the figures of an event. */
export type { EventReport, Figures } from './contract.ts'
export { breakdowns, terms } from './words.ts'
