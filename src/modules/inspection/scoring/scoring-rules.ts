/** What a visit is worth: from what was seen to two pairs of earned and possible. Pure; numbers in, numbers out. */
import type { Threshold } from '../schemes/tables.ts'
import type { ObservationAnswer } from '../words.ts'

export type { Threshold } from '../schemes/tables.ts'

/** One thing that was seen, with the weight of its standard. `x` is null where it does not apply or was not seen. */
export interface Scored {
  standardId: string
  weight: number
  x: number | null
}

/** 得分 and 应得分: kept as a pair, so that any set of them can be added before anybody divides. */
export interface Pair {
  earned: number
  possible: number
}

/** 两种算法: the pair of a visit by each method. A possible of 0 means that nothing valid was seen. */
export interface Pairs {
  balanced: Pair
  pooled: Pair
}

const worth: Record<ObservationAnswer, number | null> = {
  met: 1,
  partly: 0.5,
  not: 0,
  not_applicable: null,
  not_seen: null,
}

/** x of a mark: 1, ½ or 0; null for 不适用 and 未见, which are neither pass nor failure. */
export const worthOf = (mark: ObservationAnswer): number | null => worth[mark]

/** x of a count: a whole number from 0; whoever calls has refused any other, and thresholds without an open end. */
export function worthOfCount(count: number, thresholds: readonly Threshold[]): number {
  const reached = thresholds.find(({ upTo }) => upTo === null || count <= upTo)
  return reached?.score ?? 0
}

/** What a count amounts to, for whoever asks whether it failed. */
export const answerOfCount = (x: number): ObservationAnswer => (x === 1 ? 'met' : x === 0 ? 'not' : 'partly')

/**
 * The pairs of a visit. Balanced: s of a standard is the mean of its x, so that ten looks at one standard weigh as much as
 * one; earned = Σws, possible = Σw over standards with at least one valid x. Pooled: Σwx and Σw over every valid x.
 */
export function pairsOf(seen: readonly Scored[]): Pairs {
  const valid = seen.filter((one): one is Scored & { x: number } => one.x !== null)
  const pairs: Pairs = { balanced: { earned: 0, possible: 0 }, pooled: { earned: 0, possible: 0 } }
  for (const some of Map.groupBy(valid, ({ standardId }) => standardId).values()) {
    const { weight } = some[0]!
    const sum = some.reduce((total, { x }) => total + x, 0)
    pairs.balanced.earned += (weight * sum) / some.length
    pairs.balanced.possible += weight
    pairs.pooled.earned += weight * sum
    pairs.pooled.possible += weight * some.length
  }
  return pairs
}

/** P = 100·earned/possible; null where nothing valid was seen: never 0, never 100. */
export const percentOf = ({ earned, possible }: Pair): number | null =>
  possible === 0 ? null : (100 * earned) / possible

/** The sum of pairs: the pooled figure of anything is that of its visits added. */
export function addedPairs(pairs: readonly Pair[]): Pair {
  let earned = 0
  let possible = 0
  for (const pair of pairs) {
    earned += pair.earned
    possible += pair.possible
  }
  return { earned, possible }
}

/** More than a fifth was not seen, of what applies: the visit is repeated. */
export function seesTooLittle(counts: { seen: number; notSeen: number }): boolean {
  return counts.notSeen * 5 > counts.seen + counts.notSeen
}
