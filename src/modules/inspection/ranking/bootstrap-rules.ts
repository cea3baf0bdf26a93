/**
 * How much a score would differ had other points been drawn: repetitions within strata. The same seed gives the same
 * repetitions, whatever the order of lists. Pure.
 */
import { createHash } from 'node:crypto'
import { percentOf } from '../scoring/scoring-rules.ts'
import { pooledOf, type ScoredVisit, weightedMean } from '../scoring/strata-rules.ts'

/** How the visits of one make its field score: means of strata, or everything in one sum. */
export type Method = 'balanced' | 'pooled'

/** A stratum and what it weighs in the balanced score. */
export interface WeighedStratum {
  weight: number
  visits: readonly ScoredVisit[]
}

/** One visit as it enters a sum: its value and its weight. */
interface Terms {
  value: Float64Array
  weight: Float64Array
}

/** Repeated field scores, in no order. */
export function repeatedScores(
  strata: readonly WeighedStratum[],
  { method, seed, samples, id }: { method: Method; seed: Buffer; samples: number; id: string },
): Float64Array {
  const draws = resampled(strata, method)
  const random = randomFrom(createHash('sha256').update(seed).update(id).digest())
  const scores = new Float64Array(samples)
  for (let n = 0; n < samples; n += 1) scores[n] = once(draws, random, method)
  return scores
}

interface Draw {
  /** What is drawn from, how often, and what the stratum weighs. */
  from: Terms
  times: number
  weight: number
}

/**
 * A stratum is drawn from itself. Strata with one valid visit would never differ from themselves and pretend to be certain:
 * those of one contestant are drawn from all of them, and a single such one from everything.
 */
function resampled(strata: readonly WeighedStratum[], method: Method): Draw[] {
  const valid = strata
    .map(({ weight, visits }) => ({ weight, visits: visits.filter(({ possible }) => possible > 0) }))
    .filter(({ visits }) => visits.length > 0)
    .map((stratum) => ({ ...stratum, visits: stratum.visits.toSorted(byValue) }))
    .sort((a, b) => a.weight - b.weight || byValues(a.visits, b.visits))
  const lone = valid.filter(({ visits }) => visits.length === 1).flatMap(({ visits }) => visits)
  const several = termsOf(lone.length > 1 ? lone : valid.flatMap(({ visits }) => visits), method)
  return valid.map(({ weight, visits }) => ({
    weight,
    times: visits.length,
    from: visits.length > 1 ? termsOf(visits, method) : several,
  }))
}

const byValue = (a: ScoredVisit, b: ScoredVisit) =>
  a.earned - b.earned || a.possible - b.possible || a.probability - b.probability

/** Strata that are alike in weight and first visits have one order, too, so that the order of lists changes nothing. */
function byValues(a: readonly ScoredVisit[], b: readonly ScoredVisit[]): number {
  for (const [n, visit] of a.entries()) {
    const other = b[n]
    const order = other ? byValue(visit, other) : 1
    if (order !== 0) return order
  }
  return a.length - b.length
}

function termsOf(visits: readonly ScoredVisit[], method: Method): Terms {
  const value = new Float64Array(visits.length)
  const weight = new Float64Array(visits.length)
  visits.forEach((visit, n) => {
    weight[n] = method === 'pooled' ? visit.possible : 1 / visit.probability
    value[n] = method === 'pooled' ? 100 * visit.earned : (percentOf(visit) ?? 0) / visit.probability
  })
  return { value, weight }
}

function once(draws: readonly Draw[], random: () => number, method: Method): number {
  let sum = 0
  let weights = 0
  for (const { from, times, weight } of draws) {
    let value = 0
    let total = 0
    for (let n = 0; n < times; n += 1) {
      const at = Math.floor(random() * from.value.length)
      value += from.value[at]!
      total += from.weight[at]!
    }
    sum += method === 'pooled' ? value : (weight * value) / total
    weights += method === 'pooled' ? total : weight
  }
  return weights === 0 ? 0 : sum / weights
}

/** The field score itself; null where nothing valid was seen. */
export function fieldScore(strata: readonly WeighedStratum[], method: Method): number | null {
  if (method === 'balanced') return weightedMean(strata)
  return percentOf(pooledOf(strata))
}

/** Numbers from 0 to 1 (sfc32), the same on every machine. */
function randomFrom(digest: Buffer): () => number {
  let [a, b, c, count] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1]
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let n = 0; n < 15; n += 1) next()
  return next
}
