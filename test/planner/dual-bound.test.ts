import { expect, test } from 'vitest'
import { type BoxedProgram, dualBound } from '#planner/bounds/dual-bound.ts'
import { highs } from '#planner/exact/highs.ts'
import { randomFrom } from './random-problem.ts'

interface Small {
  program: BoxedProgram
  cost: number[]
  rows: number[][]
}

/** A random program with up to four columns of up to 3 and rows ≤, ≥ and between, satisfied by x = 1. */
function randomSmall(seed: number): Small {
  const below = randomFrom(seed)
  const columns = 2 + below(3)
  const rows = Array.from({ length: 1 + below(4) }, () => Array.from({ length: columns }, () => below(9) - 4))
  const sums = rows.map((row) => row.reduce((sum, value) => sum + value, 0))
  const lower = sums.map((sum) => (below(2) === 0 ? Number.NEGATIVE_INFINITY : sum - below(3)))
  const upper = sums.map((sum, at) =>
    below(3) === 0 && lower[at]! > Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : sum + below(3),
  )
  const byColumn = Array.from({ length: columns }, (_, c) => rows.map((row) => row[c]!))
  return {
    rows,
    cost: Array.from({ length: columns }, () => below(13) - 6),
    program: {
      rowLower: lower,
      rowUpper: upper,
      upper: Array.from({ length: columns }, () => 1 + below(3)),
      starts: byColumn.map((_, c) => c * rows.length).concat(columns * rows.length),
      indices: byColumn.flatMap((column) => [...column.keys()]),
      values: byColumn.flat(),
    },
  }
}

/** The least cost over all whole points, found by trying them all. */
function leastOf({ program, cost, rows }: Small): number {
  let least = Number.POSITIVE_INFINITY
  const x: number[] = []
  const descend = (): void => {
    if (x.length < cost.length) {
      for (let value = 0; value <= program.upper[x.length]!; value++) {
        x.push(value)
        descend()
        x.pop()
      }
      return
    }
    const sums = rows.map((row) => row.reduce((sum, value, c) => sum + value * x[c]!, 0))
    if (sums.some((sum, at) => sum < program.rowLower[at]! || sum > program.rowUpper[at]!)) return
    least = Math.min(
      least,
      cost.reduce((sum, value, c) => sum + value * x[c]!, 0),
    )
  }
  descend()
  return least
}

async function multipliersOf({
  program,
  cost,
  rows,
}: Small): Promise<{ value: number; duals: Float64Array }> {
  const solver = await highs()
  return solver.withModel(
    {
      numCols: cost.length,
      numRows: rows.length,
      colCost: cost,
      colLower: cost.map(() => 0),
      colUpper: [...(program.upper as number[])],
      rowLower: [...(program.rowLower as number[])],
      rowUpper: [...(program.rowUpper as number[])],
      matrix: {
        format: 'csr',
        numRows: rows.length,
        numCols: cost.length,
        starts: [...rows.keys(), rows.length].map((row) => row * cost.length),
        indices: rows.flatMap((row) => [...row.keys()]),
        values: rows.flat(),
      },
    },
    (model) => {
      model.options.set({ output_flag: false })
      model.run()
      return { value: model.getObjectiveValue(), duals: model.getSolution().rowDual }
    },
  )
}

test('the multipliers of the optimum prove the optimum of the program, rounded up', async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const small = randomSmall(seed)
    const { value, duals } = await multipliersOf(small)
    const bound = dualBound(small.program, small.cost, duals)
    expect(bound, `seed ${seed}`).toBe(Math.ceil(value - 1e-6) + 0)
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(leastOf(small))
  }
})

test('inexact multipliers prove a weaker bound, and never a wrong one', async () => {
  let weaker = 0
  for (let seed = 1; seed <= 300; seed++) {
    const small = randomSmall(seed)
    const least = leastOf(small)
    const { duals } = await multipliersOf(small)
    const best = dualBound(small.program, small.cost, duals)
    const below = randomFrom(seed)
    const off = [
      duals.map((y) => -y),
      duals.map((y) => y + (below(2001) - 1000) / 997),
      duals.map((y) => y * (1 + (below(2001) - 1000) / 1e9)),
      duals.map(() => below(41) - 20),
      duals.map(() => 0),
      duals.map(() => Number.NaN),
      duals.map((y) => y + 1e300),
    ]
    for (const multipliers of off) {
      const bound = dualBound(small.program, small.cost, multipliers)
      expect(bound, `seed ${seed}`).toBeLessThanOrEqual(Math.min(best, least))
      if (bound < best) weaker++
    }
  }
  expect(weaker).toBeGreaterThan(300)
})

test('numbers beyond the exact range prove nothing', () => {
  const program = {
    rowLower: [0],
    rowUpper: [1],
    upper: [5],
    starts: [0, 1],
    indices: [0],
    values: [2 ** 40],
  }
  expect(dualBound(program, [1], [1])).toBe(Number.NEGATIVE_INFINITY)
  expect(dualBound(program, [2 ** 40], [0])).toBe(Number.NEGATIVE_INFINITY)
  expect(dualBound(program, [1], [0])).toBe(0)
})
