import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new secret of at least `bits` bits, base64url. */
export function randomToken(bits = 256): string {
  return randomBytes(Math.ceil(bits / 8)).toString('base64url')
}

/** SHA-256, base64url: how a random token of 128 bits or more is stored. A keyed hash would add nothing to it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Compares two texts in a time that depends on neither's content. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
