import { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'

const purpose = 'roll_stamp'

/** The server's time when a roll was loaded, signed. The phone returns it with the offline taps. */
export function stampOf(keys: KeyRing, shiftId: string, now: DateTime): string {
  const text = `${shiftId}/${now.toMillis()}`
  return `${now.toMillis()}.${keys.keyedHash(purpose, text)}`
}

/** @returns undefined when the stamp is not signed by this service, or belongs to another shift */
export function readStamp(keys: KeyRing, shiftId: string, stamp: string): DateTime | undefined {
  const [ms = '', ...signature] = stamp.split('.')
  if (!/^\d{1,16}$/.test(ms)) return undefined
  const signed = keys.matchesHash(purpose, `${shiftId}/${ms}`, signature.join('.'))
  return signed ? DateTime.fromMillis(Number(ms), { zone: 'utc' }) : undefined
}
