/** What the service is put together from. */
export { importSealed } from './data-key.ts'
export type { ListDistricts } from './districts.ts'
export { importJobs } from './jobs.ts'
export { importRoutes } from './routes.ts'
