/** The part of this slice that needs no database, for what reads files in another process. */
export type { Position } from './geometry.ts'
export { readBoundary } from './read-boundary.ts'
export * from './words.ts'
export type { ZoneRecord } from './zone-records.ts'
