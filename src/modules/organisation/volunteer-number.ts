import { hash } from 'node:crypto'
import { encodeCrockford, readCrockford } from '#platform/crypto/index.ts'

const characters = 12

/**
 * The public number of a volunteer, used instead of the identity number. Derived from the row id, which cannot be read
 * from it: 60 bits of its SHA-256 in Crockford base32.
 */
export function volunteerNumberOf(personId: string): string {
  return encodeCrockford(hash('sha256', personId, 'buffer'), characters)
}

/** Normalises a typed volunteer number; undefined if it is none. */
export function readVolunteerNumber(typed: string): string | undefined {
  return readCrockford(typed, characters)
}
