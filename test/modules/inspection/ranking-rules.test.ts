import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsInRank, isCityDistrict } from '#modules/inspection/ranking/counting-rules.ts'
import {
  type Contestant,
  type Placed,
  type RankingTerms,
  rankGroup,
  usualTerms,
} from '#modules/inspection/ranking/ranking-rules.ts'

const terms: RankingTerms = { ...usualTerms, seed: createHash('sha256').update('ranking').digest() }

const visit = (percent: number) => ({ earned: percent, possible: 100, probability: 0.5 })
/** Two strata of ten points, alternately a little above and below a mean. */
function contestant(id: string, percent: number, spread = 0.1, due = 10, onTime = 9): Contestant {
  const ten = Array.from({ length: 10 }, (_, n) => visit(percent + (n % 2 === 0 ? spread : -spread)))
  return {
    id,
    due,
    onTime,
    strata: [
      { weight: 3, visits: ten },
      { weight: 1, visits: ten },
    ],
  }
}
const shown = (placed: readonly Placed[]) =>
  placed.map(({ id, rank, bracket, last }) => ({ id, rank, bracket, last }))

test('70 % what was seen and 30 % what was done in time; as another city divides it, too', () => {
  const [placed] = rankGroup([contestant('a', 80)], terms)
  expect(placed).toMatchObject({ points: 20, field: 80, onTimeRate: 90, score: 83, rank: 1, last: false })
  expect(rankGroup([contestant('a', 80)], { ...terms, fieldWeight: 0.5 })[0]!.score).toBe(85)
  expect(rankGroup([contestant('a', 80, 0, 0, 0)], { ...terms, fieldWeight: 1, dueMin: 0 })[0]).toMatchObject(
    {
      score: 80,
      onTimeRate: null,
      rank: 1,
    },
  )
})

test('what is level shares a place, 1, 2, 2, 4; the printed figures decide', () => {
  const four = [contestant('a', 70), contestant('b', 80.0001), contestant('c', 80), contestant('d', 90)]
  expect(shown(rankGroup(four, terms))).toEqual([
    { id: 'd', rank: 1, bracket: null, last: false },
    { id: 'b', rank: 2, bracket: 1, last: false },
    { id: 'c', rank: 2, bracket: 1, last: false },
    { id: 'a', rank: 4, bracket: null, last: true },
  ])
})

test('neighbours that the sample cannot tell apart are in one bracket, and nobody in it is the last', () => {
  const placed = rankGroup([contestant('a', 90), contestant('b', 70, 30), contestant('c', 69, 30)], terms)
  expect(shown(placed)).toEqual([
    { id: 'a', rank: 1, bracket: null, last: false },
    { id: 'b', rank: 2, bracket: 1, last: false },
    { id: 'c', rank: 3, bracket: 1, last: false },
  ])
})

test('the interval holds nine of ten scores of other points: it is as wide as what was seen differs, and nobody unranked has one', () => {
  const [even, uneven, few] = rankGroup(
    [contestant('even', 80, 0), contestant('uneven', 79, 20), contestant('few', 99, 0, 4, 4)],
    terms,
  )
  expect(even!.interval).toEqual({ low: 83, high: 83 })
  const { low, high } = uneven!.interval!
  // Of twenty points 20 above and below: the mean of ten differs by 20/√10 = 6.3, of both strata (3 to 1) by 5.0, weighed 70 %.
  // Nine of ten lie within 1.645 times that.
  expect([low < uneven!.score!, uneven!.score! < high]).toEqual([true, true])
  expect(Math.abs((high - low) / 2 - 1.645 * 0.7 * 5)).toBeLessThan(0.7)
  expect([few!.id, few!.interval]).toEqual(['few', null])
})

test('with under 20 valid points or under 5 due cases somebody is listed and not ranked', () => {
  const { strata, ...few } = contestant('few', 99)
  const nothing = { earned: 0, possible: 0, probability: 1 }
  const group = [
    contestant('ranked', 50),
    {
      ...few,
      strata: [{ weight: 1, visits: [...strata[0]!.visits, nothing, ...strata[0]!.visits.slice(1)] }],
    },
    contestant('due', 98, 0, 4, 4),
    { id: 'unseen', due: 9, onTime: 9, strata: [{ weight: 1, visits: [nothing] }] },
  ]
  const placed = rankGroup(group, terms)
  expect(placed.map(({ id, rank, points, unrankedBecause }) => [id, rank, points, unrankedBecause])).toEqual([
    ['ranked', 1, 20, null],
    ['due', null, 20, 'ranking.few_due'],
    ['few', null, 19, 'ranking.few_points'],
    ['unseen', null, 0, 'ranking.nothing_valid'],
  ])
})

test('points of which each stratum has one do not pretend to be certain', () => {
  const lone = (id: string, from: number): Contestant => ({
    id,
    due: 10,
    onTime: 10,
    strata: Array.from({ length: 20 }, (_, n) => ({ weight: 1 + n, visits: [visit(from + ((n * 7) % 20))] })),
  })
  expect(rankGroup([lone('a', 60), lone('b', 61)], terms).map(({ bracket }) => bracket)).toEqual([1, 1])
  expect(rankGroup([lone('a', 20), lone('b', 80)], terms).map(({ bracket }) => bracket)).toEqual([null, null])
})

const someVisit = fc.record({
  earned: fc.integer({ min: 0, max: 10 }),
  possible: fc.constantFrom(0, 10),
  probability: fc.constantFrom(0.25, 0.5, 1),
})
const someContestant = fc.record({
  strata: fc.array(
    fc.record({ weight: fc.integer({ min: 1, max: 9 }), visits: fc.array(someVisit, { maxLength: 12 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  due: fc.integer({ min: 4, max: 12 }),
  missed: fc.integer({ min: 0, max: 4 }),
})
const someGroup = fc
  .array(someContestant, { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map(({ strata, due, missed }, n): Contestant => ({ id: `d${n}`, strata, due, onTime: due - missed })),
  )
const quick = { ...terms, pointsMin: 5, samples: 60 }

test('the same figures and the same seed give the same ranking, in whatever order they are listed', () => {
  fc.assert(
    fc.property(someGroup, fc.constantFrom('balanced' as const, 'pooled' as const), (group, method) => {
      const twisted = group
        .map((one) => ({
          ...one,
          strata: one.strata.map((s) => ({ ...s, visits: s.visits.toReversed() })).toReversed(),
        }))
        .toReversed()
      expect(rankGroup(twisted, { ...quick, method })).toEqual(rankGroup(group, { ...quick, method }))
    }),
    { numRuns: 40 },
  )
})

test('ranks follow scores, brackets hold neighbours, and at most one is the last: alone and told apart', () => {
  fc.assert(
    fc.property(someGroup, (group) => {
      const placed = rankGroup(group, quick)
      expect(placed.map(({ id }) => id).toSorted()).toEqual(group.map(({ id }) => id).toSorted())
      const ranked = placed.filter(({ rank }) => rank !== null)
      for (const [n, one] of ranked.entries()) {
        expect(one.rank).toBe(ranked.filter(({ score }) => score! > one.score!).length + 1)
        if (one.bracket === null) continue
        const same = ranked.flatMap(({ bracket }, at) => (bracket === one.bracket ? [at] : []))
        expect(same).toEqual(same.map((_, at) => same[0]! + at))
        expect(same.length).toBeGreaterThan(1)
        expect(same).toContain(n)
      }
      for (const one of placed.filter(({ last }) => last)) {
        expect(one).toBe(ranked.at(-1))
        expect([one.bracket, ranked.length > 1]).toEqual([null, true])
      }
    }),
    { numRuns: 60 },
  )
})

test('only what an inspector of another district and unit found at a drawn point enters a ranked rate', () => {
  const found = {
    source: 'sample' as const,
    districtCode: '210502',
    unitId: 'roads',
    foundByDistrictCode: '210500',
    foundByUnitId: 'city-office',
  }
  expect(countsInRank(found)).toBe(true)
  expect(countsInRank({ ...found, foundByDistrictCode: null })).toBe(true)
  const notCounted = [
    { source: 'patrol' as const },
    { source: 'self_test' as const },
    { source: 'recheck' as const },
    { foundByDistrictCode: '210502' },
    { foundByUnitId: 'roads' },
    { foundByUnitId: null },
  ]
  expect(notCounted.map((other) => countsInRank({ ...found, ...other }))).toEqual(notCounted.map(() => false))
})

test('districts proper and counties are told apart by their codes', () => {
  expect(['210502', '210505', '210521', '210522', '210181'].map(isCityDistrict)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
