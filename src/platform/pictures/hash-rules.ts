/** Likeness of pictures by their difference hashes. Pure. */

/** Copies that were encoded again differ in this many of 64 bits at most; strangers in 18 or more. */
export const likeBitsMax = 5

/**
 * A hash in six parts of 10 or 11 bits. Of two hashes that differ in five bits at most, one part is the same in both: so
 * copies are found by look-ups.
 */
export function partsOf(differenceHash: string): readonly [number, number, number, number, number, number] {
  const bits = BigInt(`0x${differenceHash}`)
  const part = (from: number, width: number) => Number((bits >> BigInt(from)) & ((1n << BigInt(width)) - 1n))
  return [part(0, 11), part(11, 11), part(22, 11), part(33, 11), part(44, 10), part(54, 10)]
}

/** In how many bits two hashes differ. */
export function bitsApart(a: string, b: string): number {
  let differing = BigInt(`0x${a}`) ^ BigInt(`0x${b}`)
  let bits = 0
  for (; differing > 0n; differing &= differing - 1n) bits++
  return bits
}
