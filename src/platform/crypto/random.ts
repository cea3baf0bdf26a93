import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

let pool = Buffer.alloc(0)
let drawn = 0

/**
 * A few fresh random bytes, for nonces and ids. They come from a pool, because one system call for each would cost more
 * than the encryption itself.
 */
export function fewRandomBytes(count: number): Buffer {
  if (drawn + count > pool.length) {
    // A new buffer, because bytes returned from the old one are still in use.
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

/** SHA-256, base64url: for storing a random token of 128 bits or more, which needs no keyed hash. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Compares two texts in constant time. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
