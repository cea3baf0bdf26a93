/** 排名: who stands where in a group, and where the difference says nothing. Pure. */
import type { UnrankedReason } from '../words.ts'
import { fieldScore, type Method, repeatedScores, type WeighedStratum } from './bootstrap-rules.ts'

/** A district, a county, a street or a department, with what was seen of it and the cases it owed. */
export interface Contestant {
  id: string
  strata: readonly WeighedStratum[]
  /** Cases that were due, suspended ones not among them, and those of them that were done in time. */
  due: number
  onTime: number
}

export interface RankingTerms {
  method: Method
  /** What the field score weighs, from 0 to 1; the on-time rate weighs the rest. */
  fieldWeight: number
  /** With fewer valid points, or fewer due cases, somebody is listed and not ranked. */
  pointsMin: number
  dueMin: number
  /** Repetitions of the bootstrap. */
  samples: number
  /** Stored, so that anybody can repeat it. */
  seed: Buffer
}

export const usualTerms = {
  method: 'balanced',
  fieldWeight: 0.7,
  pointsMin: 20,
  dueMin: 5,
  samples: 1000,
} as const satisfies Omit<RankingTerms, 'seed'>

/** In per cent, with two decimals. */
export interface Interval {
  low: number
  high: number
}

export interface Placed {
  id: string
  points: number
  due: number
  onTime: number
  /** In per cent, with two decimals: what is printed decides who is level. Null: nothing valid was seen, nothing was due. */
  field: number | null
  onTimeRate: number | null
  score: number | null
  /** 1, 2, 2, 4; null for those that are not ranked. */
  rank: number | null
  unrankedBecause: UnrankedReason | null
  /** 差异不显著: those with the same number are not told apart by this sample. Null for those that stand alone. */
  bracket: number | null
  /** 90 % 区间: where the score lies in nine of ten samples of other points; null for those that are not ranked. */
  interval: Interval | null
  /** May be named as the last one: ranked last, alone, and told apart from whoever stands before. */
  last: boolean
}

/**
 * Ranks one group. Neither what a contestant reports nor how many cases were found there counts: only what was seen at drawn
 * points, and whether what was due was done in time.
 */
export function rankGroup(group: readonly Contestant[], terms: RankingTerms): Placed[] {
  const all = group.map((contestant) => ({ contestant, ...measured(contestant, terms) }))
  const ranked = all
    .filter(({ placed }) => placed.unrankedBecause === null)
    .sort((a, b) => b.placed.score! - a.placed.score! || (a.placed.id < b.placed.id ? -1 : 1))
  for (const [n, { placed }] of ranked.entries()) {
    const before = ranked[n - 1]?.placed
    placed.rank = before?.score === placed.score ? before.rank : n + 1
  }
  bracketed(ranked, terms)
  const listed = all.filter(({ placed }) => placed.unrankedBecause !== null)
  listed.sort((a, b) => (a.placed.id < b.placed.id ? -1 : 1))
  return [...ranked, ...listed].map(({ placed }) => placed)
}

interface Measured {
  contestant: Contestant
  exact: number | null
  placed: Placed
}

const twoDecimals = (value: number) => Math.round(value * 100) / 100

function measured(contestant: Contestant, terms: RankingTerms): Omit<Measured, 'contestant'> {
  const { id, strata, due, onTime } = contestant
  const points = strata.reduce(
    (sum, { visits }) => sum + visits.filter(({ possible }) => possible > 0).length,
    0,
  )
  const field = fieldScore(strata, terms.method)
  const rate = due === 0 ? null : (100 * onTime) / due
  const exact = scoreOf(field, rate, terms)
  const unrankedBecause = reasonOf({ points, field, due }, terms)
  const rounded = (value: number | null) => (value === null ? null : twoDecimals(value))
  const shown = { field: rounded(field), onTimeRate: rounded(rate), score: rounded(exact) }
  const nothing = { rank: null, bracket: null, interval: null, last: false }
  return { exact, placed: { id, points, due, onTime, ...shown, unrankedBecause, ...nothing } }
}

function reasonOf(
  { points, field, due }: { points: number; field: number | null; due: number },
  { pointsMin, dueMin, fieldWeight }: RankingTerms,
): UnrankedReason | null {
  if (field === null) return 'ranking.nothing_valid'
  if (points < pointsMin) return 'ranking.few_points'
  // Without a due case there is no on-time rate, and no score that could be compared.
  return due < dueMin || (due === 0 && fieldWeight < 1) ? 'ranking.few_due' : null
}

function scoreOf(field: number | null, rate: number | null, { fieldWeight }: RankingTerms): number | null {
  if (field === null) return null
  if (fieldWeight === 1) return field
  return rate === null ? null : fieldWeight * field + (1 - fieldWeight) * rate
}

/** Each has its interval; neighbours whose difference may be nothing share a bracket; the last one stands alone or is not named. */
function bracketed(ranked: readonly Measured[], terms: RankingTerms): void {
  let bracket = 0
  let before = ranked[0] && repeated(ranked[0], terms)
  if (before) ranked[0]!.placed.interval = intervalOf(before)
  for (let n = 1; n < ranked.length; n += 1) {
    const [upper, lower] = [ranked[n - 1]!.placed, ranked[n]!.placed]
    const scores = repeated(ranked[n]!, terms)
    lower.interval = intervalOf(scores)
    if (upper.score === lower.score || mayBeNothing(before!, scores)) {
      if (upper.bracket === null) bracket += 1
      upper.bracket ??= bracket
      lower.bracket = bracket
    }
    before = scores
  }
  const end = ranked.at(-1)
  if (end && ranked.length > 1) end.placed.last = end.placed.bracket === null
}

/** Repeated scores around the score itself; the on-time part is not drawn and stays. */
function repeated({ contestant, exact }: Measured, terms: RankingTerms): Float64Array {
  const scores = repeatedScores(contestant.strata, { ...terms, id: contestant.id })
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return scores.map((score) => exact! + terms.fieldWeight * (score - mean))
}

/** Whether the 90 % interval of the difference of two holds 0. */
function mayBeNothing(a: Float64Array, b: Float64Array): boolean {
  const { low, high } = middleOf(a.map((score, n) => score - b[n]!))
  return low <= 0 && high >= 0
}

/** Where nine of ten lie. */
function middleOf(values: Float64Array): Interval {
  const sorted = values.toSorted()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return { low: at(0.05), high: at(0.95) }
}

function intervalOf(scores: Float64Array): Interval {
  const { low, high } = middleOf(scores)
  return { low: twoDecimals(low), high: twoDecimals(high) }
}
