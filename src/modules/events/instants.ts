import type { DateTime } from 'luxon'
import { DomainError } from '#platform/errors.ts'
import { instantFrom } from '#platform/time.ts'

const years = { from: 2000, until: 2200 }

/**
 * Reads a moment a client sent. Schemas let leap seconds and the year 0 pass, which no database takes.
 * @throws DomainError invalid `instant.invalid`
 */
export function readInstant(iso: string): DateTime {
  const refused = () =>
    new DomainError(
      'invalid',
      'instant.invalid',
      `This is not a moment between ${years.from} and ${years.until}.`,
    )
  let at: DateTime
  try {
    at = instantFrom(iso)
  } catch {
    throw refused()
  }
  if (at.year < years.from || at.year >= years.until) throw refused()
  return at
}

/** Reads a half-open period. @throws DomainError invalid `period.invalid` unless it starts before it ends */
export function readPeriod(from: string, until: string): { startsAt: DateTime; endsAt: DateTime } {
  return checkPeriod({ startsAt: readInstant(from), endsAt: readInstant(until) })
}

/** @throws DomainError invalid `period.invalid` unless it starts before it ends */
export function checkPeriod<P extends { startsAt: DateTime; endsAt: DateTime }>(period: P): P {
  if (period.startsAt < period.endsAt) return period
  throw new DomainError('invalid', 'period.invalid', 'A period starts before it ends.')
}
