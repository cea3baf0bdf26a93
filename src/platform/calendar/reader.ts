import { asc } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Database, Reader } from '../database/port.ts'
import { knownNotices, type PublishedNotice } from './known-years.ts'
import { type Calendar, calendarOf } from './rules.ts'
import { workdayYears } from './schema.ts'

/** A year of which the notice is known. `version` 0 and no `enteredAt`: known to the software. */
export interface KnownYear extends PublishedNotice {
  version: number
  enteredAt: DateTime | null
}

const shipped: readonly KnownYear[] = knownNotices.map((notice) => ({
  ...notice,
  version: 0,
  enteredAt: null,
}))

/** Every year whose notice is known, in order; an entered notice takes precedence over the built-in one. */
export async function readYears(reader: Reader): Promise<KnownYear[]> {
  const entered = await reader.select().from(workdayYears).orderBy(asc(workdayYears.year))
  const years = new Map([...shipped, ...entered].map((known) => [known.year, known]))
  return [...years.values()].sort((a, b) => a.year - b.year)
}

/** Reads the calendar from the database. For deadlines that are stored: pass the writer of that transaction. */
export async function readCalendar(reader: Reader): Promise<Calendar> {
  return calendarOf(await readYears(reader))
}

/** A cached calendar, for values that are only shown. */
export interface CalendarReader {
  /** At most one minute old (real time); years entered by this process are seen at once. */
  current(): Promise<Calendar>
  /** Drops the cache; call after a year was committed. */
  forget(): void
}

const trustedMs = 60_000

/** Caches the calendar of one database for one minute. */
export function createCalendarReader(db: Pick<Database, 'read'>): CalendarReader {
  let kept: { calendar: Promise<Calendar>; readAtMs: number } | undefined
  return {
    current() {
      if (kept && performance.now() - kept.readAtMs < trustedMs) return kept.calendar
      const reading = { calendar: readCalendar(db.read), readAtMs: performance.now() }
      kept = reading
      // Do not cache a failed read.
      reading.calendar.catch(() => {
        if (kept === reading) kept = undefined
      })
      return reading.calendar
    },
    forget() {
      kept = undefined
    },
  }
}
