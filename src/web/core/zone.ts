import { me } from './session.ts'

/** Where the service is at home: deadlines of tasks are read by its clocks. */
export const cityZone = () => me.get()?.timeZone ?? 'UTC'
