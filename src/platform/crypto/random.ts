import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

let pool = Buffer.alloc(0)
let drawn = 0

/**
 * A few random bytes that nobody had before: for nonces and ids. They are drawn from the system many at a time, because
 * a call for each costs more than what they are for.
 */
export function fewRandomBytes(count: number): Buffer {
  if (drawn + count > pool.length) {
    // A new pool, so that what was handed out of the old one stays as it is.
    pool = randomBytes(4096)
    drawn = 0
  }
  const bytes = pool.subarray(drawn, drawn + count)
  drawn += count
  return bytes
}

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
