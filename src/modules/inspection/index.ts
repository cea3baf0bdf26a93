/** Front door. Other slices join its tables through `schema.ts`. */
export { inspectionRegisters } from './lists/registers.ts'
export { registerInspectionKinds } from './messages/kinds.ts'
export { seesObservation, seesUpload } from './pictures.ts'
export { pointsOfZones } from './points/zone-points.ts'
export { inspectionSealed } from './sealed.ts'
export * from './words.ts'
