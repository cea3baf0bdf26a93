/** How many points of each stratum a round visits. Pure. */
import { DomainError } from '#platform/errors.ts'

export interface StratumSize {
  key: string
  /** Points in the frame: at least 1. */
  size: number
}

/**
 * Divides `total` visits among strata in proportion to their sizes by largest remainder, at least one each and never more
 * than a stratum has. What is asked beyond the frame is the whole frame. Of equal remainders the smaller key comes first, so
 * that the order of the list changes nothing.
 * @throws DomainError invalid `round.too_few`, when there are more strata than visits; `round.empty_stratum`
 */
export function allocate(strata: readonly StratumSize[], total: number): Map<string, number> {
  const empty = strata.filter(({ size }) => size < 1).map(({ key }) => key)
  if (empty.length > 0)
    throw new DomainError('invalid', 'round.empty_stratum', 'Some strata have no points.', { strata: empty })
  if (total < strata.length)
    throw new DomainError('invalid', 'round.too_few', 'Every stratum is visited at least once.', {
      strata: strata.length,
      asked: total,
    })
  const given = new Map<string, number>()
  let left = [...strata].sort((a, b) => (a.key < b.key ? -1 : 1))
  let visits = total
  // A stratum that is too small for a share of its own takes one visit; what is left is shared among the others.
  for (;;) {
    const frame = left.reduce((sum, { size }) => sum + size, 0)
    const [small, large] = [
      left.filter(({ size }) => visits * size < frame),
      left.filter(({ size }) => visits * size >= frame),
    ]
    if (small.length === 0) break
    for (const { key } of small) given.set(key, 1)
    visits -= small.length
    left = large
  }
  for (const [key, count] of byLargestRemainder(left, visits)) given.set(key, count)
  return given
}

/** In whole numbers, so that no rounding decides. */
function byLargestRemainder(strata: readonly StratumSize[], total: number): Map<string, number> {
  const frame = strata.reduce((sum, { size }) => sum + size, 0)
  const visits = Math.min(total, frame)
  const shares = strata.map(({ key, size }) => ({
    key,
    count: Math.floor((visits * size) / frame),
    remainder: (visits * size) % frame,
  }))
  const missing = visits - shares.reduce((sum, { count }) => sum + count, 0)
  const first = shares.toSorted((a, b) => b.remainder - a.remainder || (a.key < b.key ? -1 : 1))
  for (const share of first.slice(0, missing)) share.count += 1
  return new Map(shares.map(({ key, count }) => [key, count]))
}
