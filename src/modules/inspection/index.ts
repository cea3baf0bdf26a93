/** Front door. Other slices join its tables through `schema.ts`. */
export { inspectionSealed } from './sealed.ts'
export * from './words.ts'
