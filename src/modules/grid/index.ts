/** The front door of grid. Tables are joined through `schema.ts`. */
export { type Days, holdsOn, type Validity } from './coverage.ts'
export { districtNames } from './district-names.ts'
export {
  type Boundary,
  type Box,
  boxOf,
  centreOf,
  contains,
  distanceBetween,
  distanceTo,
  type Position,
  type Ring,
} from './geometry.ts'
export { type Fix, metresToZone, type Place } from './metres-to-zone.ts'
export { readBoundary } from './read-boundary.ts'
export { holdingOn, whoAnswers, zonesWithNobody } from './responsibility-queries.ts'
export {
  type ResponsibilityInput,
  type SavedResponsibilities,
  saveResponsibilities,
} from './save-responsibilities.ts'
export { zonesWithin } from './scope.ts'
export * from './words.ts'
export { type ZoneFilter, zoneConditions, zonesById } from './zone-queries.ts'
