import { DateTime } from 'luxon'

/** Where a task without a deadline stands in lists that are sorted by deadline. */
export const neverDue = DateTime.fromISO('2199-12-31T00:00:00Z', { zone: 'utc' })
