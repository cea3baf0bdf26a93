/** Public interface of grid. Other slices join its tables through `schema.ts`. */
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
  polygonsOf,
  type Ring,
} from './geometry.ts'
export { gridMerge } from './merge.ts'
export { type Fix, metresToZone, type Place } from './metres-to-zone.ts'
export { readBoundary } from './read-boundary.ts'
export { holdingOn, whoAnswers, zonesWithNobody } from './responsibility-queries.ts'
export {
  countedOn,
  type ResponsibilityInput,
  type SavedResponsibilities,
  saveResponsibilities,
} from './save-responsibilities.ts'
export { knownZones, saveZones } from './save-zones.ts'
export { zonesWithin } from './scope.ts'
export type { HeldThing, ZoneHolder } from './splitting/holder.ts'
export * from './words.ts'
export { type ZoneFilter, zoneConditions, zonesById } from './zone-queries.ts'
export type { KnownZone, ZoneField, ZonePlan, ZoneRecord } from './zone-records.ts'
