import { expect, test } from 'vitest'
import { boundOrder, escortBounds, signOf } from '#planner/bounds/escort-bound.ts'
import { boundText, goalToExport } from '#planner/bounds/export-bound.ts'
import { highs } from '#planner/exact/highs.ts'
import { FlowCore } from '#planner/flow/export.ts'
import { parseProblem } from '#planner/format/parse-problem.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { propose } from '#planner/propose.ts'
import { randomProblem } from './random-problem.ts'

const problemOf = (seed: number) => parseProblem(randomProblem(seed, { people: 40, shifts: 10 }))

interface Arc {
  from: number
  to: number
  low: number
  capacity: number
  cost: number
}

/** Reads a DIMACS minimum-cost-flow file without supplies, by nothing but its definition. */
function readDimacs(lines: readonly string[]): { nodes: number; arcs: Arc[]; claimed: number } {
  const arcs: Arc[] = []
  let nodes = 0
  let claimed = Number.NaN
  for (const line of lines) {
    const [kind, ...rest] = line.split(' ')
    if (kind === 'p') nodes = Number(rest[1])
    if (kind === 'c' && rest[0] === 'optimal') claimed = Number(rest.at(-1))
    if (kind === 'n') throw new Error('a circulation has no supplies')
    if (kind !== 'a') continue
    const [from, to, low, capacity, cost] = rest.map(Number)
    arcs.push({ from: from! - 1, to: to! - 1, low: low!, capacity: capacity!, cost: cost! })
  }
  return { nodes, arcs, claimed }
}

test('the exported flow core has the optimum stated in the file', async () => {
  const solver = await highs()
  let notEmpty = 0
  for (let seed = 1; seed <= 20; seed++) {
    const { nodes, arcs, claimed } = readDimacs([...new FlowCore(problemOf(seed)).dimacs()])
    if (arcs.length === 0) continue
    const found = solver.withModel(
      {
        numCols: arcs.length,
        numRows: nodes,
        colCost: arcs.map(({ cost }) => cost),
        colLower: arcs.map(({ low }) => low),
        colUpper: arcs.map(({ capacity }) => capacity),
        rowLower: new Float64Array(nodes),
        rowUpper: new Float64Array(nodes),
        matrix: {
          format: 'csc',
          numCols: arcs.length,
          numRows: nodes,
          starts: [...arcs.keys(), arcs.length].map((at) => 2 * at),
          indices: arcs.flatMap(({ from, to }) => [from, to]),
          values: arcs.flatMap(() => [-1, 1]),
        },
      },
      (model) => {
        model.options.set({ output_flag: false })
        model.run()
        return model.getObjectiveValue()
      },
    )
    expect(found, `seed ${seed}`).toBeCloseTo(claimed, 3)
    if (claimed < 0) notEmpty++
  }
  expect(notEmpty).toBeGreaterThan(15)
})

test('the exported linear program has the optimum that the bound claims, whichever goal it is for', async () => {
  const solver = await highs()
  for (let seed = 101; seed <= 130; seed++) {
    const problem = problemOf(seed)
    const instance = compileInstance(problem)
    const { quality } = await propose(problem, { method: 'flow', bounds: false })
    const goals = quality.goals.map(({ goal, achieved }) => ({ goal, achieved }))
    const bounds = await escortBounds(instance, goals)
    for (const goal of boundOrder(problem)) {
      const exported = boundText(instance, goals, goal)
      // Without minors nobody needs an escort.
      expect(exported === null, `seed ${seed}, ${goal}`).toBe(!goals.some((each) => each.goal === goal))
      if (!exported) continue
      const text = [...exported].join('\n')
      const { Status, ObjectiveValue } = solver.solve(text, { output_flag: false })
      expect(Status).toBe('Optimal')
      expect(Math.ceil(ObjectiveValue - 1e-6) + 0, `seed ${seed}, ${goal}`).toBe(
        signOf(goal) * bounds.get(goal)! + 0,
      )
    }
  }
})

test('the exported goal is the first one with a gap', () => {
  const instance = compileInstance(parseProblem({ ...problemOf(1), ownUnit: 'preferred' }))
  const state = (goal: 'minimum' | 'skill' | 'ownUnit', achieved: number, bound: number) => ({
    goal,
    achieved,
    bound,
  })
  expect(goalToExport(instance, [state('minimum', 0, 0), state('skill', 3, 1), state('ownUnit', 2, 4)])).toBe(
    'skill',
  )
  expect(goalToExport(instance, [state('minimum', 0, 0), state('skill', 1, 1), state('ownUnit', 4, 4)])).toBe(
    'minimum',
  )
})
