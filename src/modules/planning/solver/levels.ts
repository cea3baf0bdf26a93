/**
 * Goals that are linear on the flow, and how several are optimized in order at once.
 *
 * Any better circulation differs from a given one by simple cycles, and a simple cycle passes each node once.
 * So each goal can change by no more than `range` on one cycle, and a goal whose weight exceeds the sum of what
 * all later goals can lose on one cycle is optimized strictly before them: weights are separated by cycles, not
 * by totals, which keeps them far below 2^50 where totals would not.
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

/** A goal with the most it can change on one simple cycle. */
export interface RangedLevel {
  level: Level
  range: number
}

export interface WeightedLevel {
  level: Level
  weight: number
}

const weightMax = 2 ** 49

/** The range from minimum to target is filled in this many even steps over all shifts. */
export const evenSteps = 4

/** Splits goals, in order, into as few packs as keep every weight exact; each pack is solved on the optimal face of those before. */
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

/** Weights from last to first: each is one more than all that later goals can lose on a cycle. */
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
