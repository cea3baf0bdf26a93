/** Front door: who really came. */

export { phonesOf } from './contacts.ts'
export { registerAttendanceKinds } from './late/kinds.ts'
export { lateWaiting } from './late/waiting.ts'
export { arrivals, attendanceMerge } from './merge.ts'
export { outcomeColumn } from './outcome-column.ts'
export { graceMin, outcomeOf } from './rules.ts'
export { type Totals, totalsByZone } from './totals.ts'
export * from './words.ts'
