import { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import { DomainError } from '#platform/errors.ts'

const purpose = 'roll_stamp'

interface Loaded {
  shiftId: string
  /** Who loaded it: the id of a user, or of a roll pass. Nobody hands in taps with the stamp of another. */
  holder: string
}

/** The server's time when a roll was loaded, signed. The phone returns it with the offline taps. */
export function stampOf(keys: KeyRing, { shiftId, holder }: Loaded, now: DateTime): string {
  const text = `${shiftId}/${holder}/${now.toMillis()}`
  return `${now.toMillis()}.${keys.keyedHash(purpose, text)}`
}

/** @returns undefined when the stamp is not signed by this service, or belongs to another shift or holder */
export function readStamp(keys: KeyRing, { shiftId, holder }: Loaded, stamp: string): DateTime | undefined {
  const [ms = '', ...signature] = stamp.split('.')
  if (!/^\d{1,16}$/.test(ms)) return undefined
  const signed = keys.matchesHash(purpose, `${shiftId}/${holder}/${ms}`, signature.join('.'))
  return signed ? DateTime.fromMillis(Number(ms), { zone: 'utc' }) : undefined
}

/** The error for times of a phone without a stamp that this service signed for whoever hands them in. */
export function unstamped(): DomainError {
  return new DomainError(
    'invalid',
    'roll.stamp',
    'Times of a phone count with the stamp its roll was loaded with.',
  )
}
