import { DateTime } from 'luxon'

/** Where the time comes from. Nothing else in the service asks the system what time it is. */
export interface Clock {
  /** The present moment, in UTC. */
  now(): DateTime
}

export const systemClock: Clock = { now: () => DateTime.fromMillis(Date.now(), { zone: 'utc' }) }

/** A clock that runs on from whatever moment it was last set to. For demonstrations and tests. */
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

/** ISO 8601 in UTC with milliseconds: the one form in which instants leave the service. */
export function isoOf(at: DateTime): string {
  return new Date(at.toMillis()).toISOString()
}

/** Whether two half-open periods [start, end) share a moment. */
export function overlaps(
  a: { startsAt: DateTime; endsAt: DateTime },
  b: { startsAt: DateTime; endsAt: DateTime },
): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}
