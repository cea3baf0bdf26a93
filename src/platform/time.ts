import './zone-offsets.ts'
import { DateTime } from 'luxon'

/** The only source of the present time. No other code of the service reads the system clock. */
export interface Clock {
  /** The present moment, in UTC. */
  now(): DateTime
}

export const systemClock: Clock = { now: () => DateTime.fromMillis(Date.now(), { zone: 'utc' }) }

/** A clock that continues from the moment it was last set to. For demonstrations and tests. */
export class SimulatedClock implements Clock {
  #offsetMs = 0

  constructor(start?: DateTime) {
    if (start) this.set(start)
  }

  now(): DateTime {
    return DateTime.fromMillis(Date.now() + this.#offsetMs, { zone: 'utc' })
  }

  set(at: DateTime): void {
    this.#offsetMs = at.toMillis() - Date.now()
  }

  advance(duration: {
    days?: number
    hours?: number
    minutes?: number
    seconds?: number
    milliseconds?: number
  }): void {
    this.set(this.now().plus(duration))
  }
}

/** Reads an ISO 8601 instant with an offset or `Z`. @throws RangeError for anything else. */
export function instantFrom(iso: string): DateTime {
  const at = DateTime.fromISO(iso, { zone: 'utc' })
  if (!at.isValid || !/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(iso))
    throw new RangeError(`not an instant: ${iso}`)
  return at
}

const yearsOfInstants = { from: 2000, until: 2200 }

/**
 * Whether a text is a valid instant of a request (RFC 3339: a `T`, seconds below 60, an offset or `Z`). Looser parsers
 * accept leap seconds, blanks and the year 0, which the databases refuse.
 */
export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)) return false
  const at = DateTime.fromISO(text, { zone: 'utc' })
  return at.isValid && at.year >= yearsOfInstants.from && at.year < yearsOfInstants.until
}

/** ISO 8601 in UTC with milliseconds: the format of every instant in an answer. */
export function isoOf(at: DateTime): string {
  return new Date(at.toMillis()).toISOString()
}

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. @throws RangeError for an unknown zone */
export function dayIn(at: DateTime, timeZone: string): string {
  const day = at.setZone(timeZone).toISODate()
  if (day === null) throw new RangeError(`not a zone of time: ${timeZone}`)
  return day
}

/** Whether two half-open periods [start, end) overlap. */
export function overlaps(
  a: { startsAt: DateTime; endsAt: DateTime },
  b: { startsAt: DateTime; endsAt: DateTime },
): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}
