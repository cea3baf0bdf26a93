import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  pairsOf,
  percentOf,
  type Scored,
  seesTooLittle,
  worthOf,
  worthOfCount,
} from '#modules/inspection/scoring/scoring-rules.ts'
import {
  balancedOf,
  balancedOfCity,
  classSizes,
  meanOf,
  pooledOf,
  type Stratum,
} from '#modules/inspection/scoring/strata-rules.ts'
import type { ObservationAnswer } from '#modules/inspection/words.ts'
import { districts, type Row, refereed, selfTest } from './self-test.ts'

const scoredOf = (rows: readonly Row[]): Scored[] =>
  rows.map(({ standard, weight, x }) => ({ standardId: standard, weight, x }))

/** Strata as a round has them: each point one visit, with π = visited ÷ size. */
function strataOf(rows: Row[], sizeOf: (row: Row) => number, method: 'balanced' | 'pooled'): Stratum[] {
  const groups = Map.groupBy(rows, (row) => `${row.districtCode} ${row.pointClass}`)
  return [...groups.values()].map((some) => {
    const { districtCode, pointClass } = some[0]!
    const seen = [...Map.groupBy(some, ({ point }) => point).values()]
    const size = sizeOf(some[0]!)
    const visits = seen.map((one) => ({
      ...pairsOf(scoredOf(one))[method],
      probability: seen.length / size,
    }))
    return { districtCode, pointClass, size, visits }
  })
}

test('a self-test of 78 points, 328 standards and 1,166 observations: 70.1 % pooled, balanced beside it, as a referee computes them', () => {
  const rows = selfTest()
  expect(new Set(rows.map(({ point }) => point)).size).toBe(78)
  expect(new Set(rows.map(({ standard }) => standard)).size).toBe(328)
  const sizes = (districtCode: string, pointClass: string) => 3 + districtCode.length + pointClass.length
  const referee = refereed(rows, sizes)
  expect({ earned: referee.earned, possible: referee.possible }).toEqual({ earned: 817.5, possible: 1166 })
  const sizeOf = (row: Row) => sizes(row.districtCode, row.pointClass)
  const pooled = pooledOf(strataOf(rows, sizeOf, 'pooled'))
  expect(pooled).toEqual({ earned: 817.5, possible: 1166 })
  expect(percentOf(pooled)!.toFixed(1)).toBe('70.1')
  expect(percentOf(pooled)!.toFixed(2)).toBe('70.11')
  const balanced = balancedOfCity(strataOf(rows, sizeOf, 'balanced'))!
  expect(balanced).toBeCloseTo(referee.balanced, 10)
  expect(balanced).not.toBeCloseTo(percentOf(pooled)!, 2)
})

const someRow = fc.record({
  point: fc.constantFrom('1', '2', '3', '4', '5'),
  standard: fc.constantFrom('a', 'b', 'c'),
  x: fc.constantFrom(1, 0.5, 0, null),
})
const weightOf: Record<string, number> = { a: 1, b: 2.5, c: 4 }
const someRows = fc.array(someRow, { minLength: 1, maxLength: 60 }).map((rows) =>
  rows.map((row): Row => {
    const at = Number(row.point)
    const place = { districtCode: districts[at % 2]!, pointClass: at < 4 ? 'park' : 'market' }
    return { ...row, ...place, weight: weightOf[row.standard]! }
  }),
)

test('with any weights and any marks the scores are those of the referee, or nothing where nothing is valid', () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const referee = refereed(rows, () => 7)
      const pooled = percentOf(pooledOf(strataOf(rows, () => 7, 'pooled')))
      const balanced = balancedOfCity(strataOf(rows, () => 7, 'balanced'))
      if (rows.every(({ x }) => x === null)) expect([pooled, balanced]).toEqual([null, null])
      else {
        expect(pooled).toBeCloseTo(referee.pooled, 9)
        expect(balanced).toBeCloseTo(referee.balanced, 9)
      }
    }),
  )
})

test('不适用 and 未见 never count as pass or as failure: with or without them every figure is the same', () => {
  const marks = fc.constantFrom<ObservationAnswer>('met', 'partly', 'not', 'not_applicable', 'not_seen')
  const seen = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), marks), { maxLength: 30 })
  fc.assert(
    fc.property(seen, (all) => {
      const scored = (some: typeof all) =>
        pairsOf(
          some.map(([standardId, mark]) => ({ standardId, weight: weightOf[standardId]!, x: worthOf(mark) })),
        )
      const counted = all.filter(([, mark]) => worthOf(mark) !== null)
      expect(scored(all)).toEqual(scored(counted))
      if (counted.length === 0) {
        expect(percentOf(scored(all).balanced)).toBeNull()
        expect(percentOf(scored(all).pooled)).toBeNull()
      }
    }),
  )
})

test('ten looks at one standard weigh as much as one in the balanced score, and ten times as much in the pooled one', () => {
  const look = (standardId: string, x: number) => ({ standardId, weight: 2, x })
  const pairs = pairsOf([look('a', 0), ...Array.from({ length: 10 }, () => look('b', 1))])
  expect(pairs).toEqual({ balanced: { earned: 2, possible: 4 }, pooled: { earned: 20, possible: 22 } })
})

test('a count is worth what its thresholds say, up to and with each bound', () => {
  const thresholds = [
    { upTo: 0, score: 1 },
    { upTo: 3, score: 0.5 },
    { upTo: null, score: 0 },
  ]
  expect([0, 1, 3, 4, 100].map((count) => worthOfCount(count, thresholds))).toEqual([1, 0.5, 0.5, 0, 0])
})

test('a visit is repeated when more than a fifth of what applies was not seen', () => {
  expect(seesTooLittle({ seen: 8, notSeen: 2 })).toBe(false)
  expect(seesTooLittle({ seen: 7, notSeen: 2 })).toBe(true)
  expect(seesTooLittle({ seen: 0, notSeen: 0 })).toBe(false)
})

test('the weights of classes are the same in every district, over the classes that are present there', () => {
  const visit = (percent: number) => ({ earned: percent, possible: 100, probability: 1 })
  const stratum = (districtCode: string, pointClass: string, size: number, percents: number[]): Stratum => ({
    districtCode,
    pointClass,
    size,
    visits: percents.map(visit),
  })
  const first = [stratum('210502', 'park', 1, [50]), stratum('210502', 'market', 9, [100, 80])]
  const second = [stratum('210503', 'park', 5, [50]), stratum('210503', 'market', 1, [90])]
  const third = [stratum('210504', 'park', 4, [])]
  const weights = classSizes([...first, ...second, ...third])
  expect([...weights]).toEqual([
    ['park', 10],
    ['market', 10],
  ])
  expect([first, second, third].map((strata) => balancedOf(strata, weights))).toEqual([70, 70, null])
  expect(balancedOf([first[1]!, third[0]!], weights)).toBe(90)
})

test('a point that stands for four weighs four times as much as one that entered with certainty', () => {
  const visits = [
    { earned: 1, possible: 1, probability: 1 },
    { earned: 0, possible: 1, probability: 0.25 },
    { earned: 0, possible: 0, probability: 0.25 },
  ]
  expect(meanOf(visits)).toBe(20)
})
