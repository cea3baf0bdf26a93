/** A deterministic random number generator (mulberry32): the same seed gives the same city. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number in [0, 1). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.roll() * (to - from + 1))
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.roll() < probability
  }

  /** A random element. */
  pick<T>(from: ArrayLike<T>): T {
    return from[Math.floor(this.roll() * from.length)] as T
  }
}

/**
 * Splits `total` into whole numbers in proportion to `weights` (largest remainder method), each at least `least`. The sum is
 * exactly `total`. @throws RangeError when `total` is too small
 */
export function split(total: number, weights: readonly number[], least: number): number[] {
  const spare = total - least * weights.length
  if (spare < 0)
    throw new RangeError(`${total} cannot be split into ${weights.length} parts of at least ${least}`)
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (spare * weight) / sum)
  const parts = exact.map((share) => least + Math.floor(share))
  let left = total - parts.reduce((a, b) => a + b, 0)
  const byRemainder = exact
    .map((share, i) => ({ i, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of byRemainder) {
    if (left-- <= 0) break
    parts[i] = (parts[i] as number) + 1
  }
  return parts
}
