/** Front door: who really came. */
export { outcomeColumn } from './outcome-column.ts'
export { graceMin, outcomeOf } from './rules.ts'
export { type Totals, totalsByZone } from './totals.ts'
export * from './words.ts'
