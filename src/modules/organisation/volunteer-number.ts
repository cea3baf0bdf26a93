import { createHash } from 'node:crypto'
import { encodeCrockford, readCrockford } from '#platform/crypto/index.ts'

const characters = 12

/**
 * The number a volunteer is known by in public, in place of the identity number. Made from the row's id,
 * which it does not give away: 60 bits of its SHA-256 in Crockford base32.
 */
export function volunteerNumberOf(personId: string): string {
  return encodeCrockford(createHash('sha256').update(personId).digest(), characters)
}

/** A typed volunteer number as it is stored, or undefined. */
export function readVolunteerNumber(typed: string): string | undefined {
  return readCrockford(typed, characters)
}
