/**
 * From visits to the score of a district and of the city. A stratum is the points of one class in one district. Pure.
 */
import { addedPairs, type Pair, percentOf } from './scoring-rules.ts'

/** 走访 as far as the score needs it. `probability` is that with which its point entered the sample, above 0 and at most 1. */
export interface ScoredVisit extends Pair {
  probability: number
}

/** 层: what was seen of the points of one class in one district, and how many such points there are. */
export interface Stratum {
  districtCode: string
  pointClass: string
  /** Points of the stratum in the frame. */
  size: number
  visits: readonly ScoredVisit[]
}

/** What a class weighs in the score of every district alike: how many points of it the city has, unless the scheme says more. */
export type ClassWeights = ReadonlyMap<string, number>

export function classSizes(strata: readonly Stratum[]): ClassWeights {
  const sizes = new Map<string, number>()
  for (const { pointClass, size } of strata) sizes.set(pointClass, (sizes.get(pointClass) ?? 0) + size)
  return sizes
}

/**
 * The mean of a stratum: Σ(P/π)/Σ(1/π) over visits that saw something valid. Null where there is none. Points that entered
 * with certainty weigh 1, the others as many as they stand for.
 */
export function meanOf(visits: readonly ScoredVisit[]): number | null {
  let sum = 0
  let weights = 0
  for (const visit of visits) {
    const score = percentOf(visit)
    if (score === null) continue
    sum += score / visit.probability
    weights += 1 / visit.probability
  }
  return weights === 0 ? null : sum / weights
}

/** The mean of the strata that saw something valid, by their weights; null where there is none. */
export function weightedMean(
  strata: readonly { weight: number; visits: readonly ScoredVisit[] }[],
): number | null {
  let sum = 0
  let weights = 0
  for (const { weight, visits } of strata) {
    const mean = meanOf(visits)
    if (mean === null) continue
    sum += weight * mean
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}

/**
 * Balanced score of a district: the means of its classes, weighted over the classes that are present. The weights are the
 * same for every district, so that nobody gains by having more points of an easy class.
 */
export function balancedOf(strata: readonly Stratum[], weights: ClassWeights): number | null {
  return weightedMean(
    strata.map(({ pointClass, visits }) => ({ visits, weight: weights.get(pointClass) ?? 0 })),
  )
}

/** Balanced score of the city: the means of all strata, each weighing as many points as it has. */
export const balancedOfCity = (strata: readonly Stratum[]): number | null =>
  weightedMean(strata.map(({ visits, size }) => ({ visits, weight: size })))

/** Pooled score of anything: Σwx/Σw over every observation, whatever class and district. */
export const pooledOf = (strata: readonly Pick<Stratum, 'visits'>[]): Pair =>
  addedPairs(strata.flatMap(({ visits }) => visits))
