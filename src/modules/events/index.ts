/** Front door: campaigns, events, shifts and their seats. Tables are joined through `schema.ts`. */

export { assertOpen } from './change-event.ts'
export type { ShiftFacet } from './change-shift.ts'
export { type EventRow, eventRow } from './event-queries.ts'
export { checkPeriod, readInstant, readPeriod } from './instants.ts'
export type { OnShifts, ShiftPeople } from './people.ts'
export { namesFor } from './present.ts'
export { outOfReach, reachesUnit, reachesZones } from './reach.ts'
export { dayIn, isTimeZone, stateOf } from './rules.ts'
export { freeSeats, takeSeats } from './seats.ts'
export { type ShiftRow, type ShiftSkill, shiftRow, skillsOf } from './shift-queries.ts'
export * from './words.ts'
