import type { DateTime } from 'luxon'
import { DomainError } from '#platform/errors.ts'
import { instantFrom } from '#platform/time.ts'

/** Parses an instant from a request. The schema has validated its format. */
export function readInstant(iso: string): DateTime {
  return instantFrom(iso)
}

/** Parses a half-open period. @throws DomainError invalid `period.invalid` unless the start is before the end */
export function readPeriod(from: string, until: string): { startsAt: DateTime; endsAt: DateTime } {
  return assertPeriod({ startsAt: readInstant(from), endsAt: readInstant(until) })
}

/** @throws DomainError invalid `period.invalid` unless the start is before the end */
export function assertPeriod<P extends { startsAt: DateTime; endsAt: DateTime }>(period: P): P {
  if (period.startsAt < period.endsAt) return period
  throw new DomainError('invalid', 'period.invalid', 'A period starts before it ends.')
}
