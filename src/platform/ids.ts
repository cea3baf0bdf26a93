import { fewRandomBytes } from './crypto/random.ts'

let lastMs = 0
let sequence = 0

/**
 * A new id: UUID version 7 (RFC 9562), so that rows inserted together are close together in an index.
 * Ids of one process increase: within a millisecond by a counter in `rand_a` (method 1 of 6.2).
 */
export function newId(): string {
  const now = Date.now()
  const bytes = fewRandomBytes(10)
  const random = bytes.toString('hex', 2)
  if (now > lastMs) {
    lastMs = now
    sequence = bytes.readUInt16BE(0) & 0x7ff
  } else if (++sequence > 0xfff) {
    lastMs++
    sequence = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(random[0] as string, 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4)}`
}

/** Below every id that this process made in the last so many milliseconds, and above all that are older. */
export function idBefore(ms: number): string {
  const time = Math.max(0, Date.now() - ms)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
