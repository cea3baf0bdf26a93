/**
 * Goals that are linear in the flow, and how several of them are optimized in order in one solve.
 * A better circulation differs from a given one by simple cycles, and a simple cycle passes each node once. So a goal
 * can change by at most `range` on one cycle. A goal whose weight exceeds the total loss of all later goals on one
 * cycle is optimized strictly before them. Weights are separated per cycle and not by totals, so they stay far below
 * 2^50.
 */
export type Level =
  | 'minimum'
  | 'skill'
  | 'ownUnit'
  | 'stay'
  | 'target'
  | 'evenness'
  | 'parts'
  | 'far'
  | 'distance'
  | 'hours'

/** A goal with the maximum change on one simple cycle. */
export interface RangedLevel {
  level: Level
  range: number
}

export interface WeightedLevel {
  level: Level
  weight: number
}

const weightMax = 2 ** 49

/** The range from minimum to target is filled in this many equal steps over all shifts. */
export const evenSteps = 4

/**
 * Splits the goals, in order, into as few packs as keep all weights exact; each pack is solved on the optimal face of
 * the earlier packs.
 */
export function packsOf(levels: readonly RangedLevel[]): WeightedLevel[][] {
  const packs: WeightedLevel[][] = []
  let from = 0
  while (from < levels.length) {
    let to = levels.length
    while (to > from + 1 && spread(levels.slice(from, to)) > weightMax) to--
    packs.push(weigh(levels.slice(from, to)))
    from = to
  }
  return packs
}

/** Weights from last to first: each is one more than the total loss of all later goals on a cycle. */
function weigh(levels: readonly RangedLevel[]): WeightedLevel[] {
  let loss = 0
  const weighted: WeightedLevel[] = []
  for (const { level, range } of levels.toReversed()) {
    const weight = loss + 1
    weighted.push({ level, weight })
    loss += weight * range
  }
  return weighted.reverse()
}

function spread(levels: readonly RangedLevel[]): number {
  return weigh(levels).reduce((total, { level, weight }) => {
    return total + weight * levels.find((ranged) => ranged.level === level)!.range
  }, 0)
}
