import { expect, test } from 'vitest'
import type { Problem } from '#modules/planning/index.ts'
import { parseProblem } from '#modules/planning/parse-problem.ts'
import type { GoalName } from '#modules/planning/proposal.ts'
import { propose } from '#modules/planning/propose.ts'
import { boundOrder, escortBounds, signOf } from '#modules/planning/solver/escort-bound.ts'
import { compileInstance } from '#modules/planning/solver/instance.ts'
import { measure } from '#modules/planning/solver/measure.ts'
import { RosterBook } from '#modules/planning/solver/roster-book.ts'
import { everyPlan } from './enumerate.ts'
import { randomFrom, randomProblem } from './random-problem.ts'

type Values = Record<GoalName, number>

/** What every possible plan of a problem achieves, each combination once. */
function everyValues(problem: Problem): Values[] {
  const instance = compileInstance(problem)
  const distinct = new Map<string, Values>()
  for (const plan of everyPlan(problem)) {
    const values = measure(new RosterBook(instance, plan), [])
    distinct.set(
      boundOrder(problem)
        .map((goal) => values[goal])
        .join(),
      values,
    )
  }
  return [...distinct.values()]
}

/** A random problem that may also be a re-plan: people pinned, frozen shifts, places from before. */
function randomReplan(seed: number): Problem | null {
  const problem = randomProblem(seed, { people: 4, shifts: 3 })
  const below = randomFrom(seed + 77)
  const plans = everyPlan(problem).toArray()
  const before = plans[below(plans.length)]!
  const stability = (['free', 'prefer', 'onlyForMinimum'] as const)[below(3)]!
  const pins = below(3) === 0 ? before.slice(0, 1) : []
  if (below(3) === 0) problem.shifts[below(problem.shifts.length)]!.frozen = true
  const again: Problem = { ...problem, previous: before, stability, pins }
  return everyPlan(again).next().done ? null : again
}

/** A random roster: shifts on two days, people who may serve on both, so many hours a week. */
function randomRoster(seed: number): Problem {
  const below = randomFrom(seed + 99)
  const problem = randomProblem(seed, { people: 3, shifts: 3 })
  for (const shift of problem.shifts.filter((_, at) => at % 2 === 1)) {
    shift.start += 1440
    shift.end += 1440
  }
  problem.vol.to = problem.vol.to.map((to) => to + 1440)
  return { ...problem, ...(below(2) === 0 ? { hoursPerWeek: 1 + below(4) / 2 } : {}) }
}

interface Judged {
  bounds: number
  tight: number
}

/**
 * For some of a problem's plans: no bound is better than the best plan that does as well on the goals before.
 * Answers how many bounds were given, and how many of them some plan reaches.
 */
async function judge(problem: Problem, seed: number): Promise<Judged> {
  const instance = compileInstance(parseProblem(problem))
  const order = boundOrder(problem)
  const all = everyValues(problem)
  const below = randomFrom(seed)
  const worth = (values: Values, goal: GoalName) => signOf(goal) * values[goal]
  const best = all.toSorted((a, b) => {
    const differs = order.find((goal) => a[goal] !== b[goal])
    return differs ? worth(a, differs) - worth(b, differs) : 0
  })[0]!
  const judged = { bounds: 0, tight: 0 }
  for (const plan of [best, all[below(all.length)]!, all[below(all.length)]!]) {
    const bounds = await escortBounds(
      instance,
      order.map((goal) => ({ goal, achieved: plan[goal] })),
    )
    for (const [at, goal] of order.entries()) {
      const asGood = all.filter((other) => order.slice(0, at).every((g) => worth(other, g) <= worth(plan, g)))
      const optimum = Math.min(...asGood.map((other) => worth(other, goal)))
      const bound = signOf(goal) * bounds.get(goal)!
      expect(bound, `seed ${seed}, ${goal}, ${JSON.stringify(plan)}`).toBeLessThanOrEqual(optimum)
      judged.bounds++
      if (bound === optimum) judged.tight++
    }
  }
  return judged
}

test('no bound is better than the best of all plans that do as well on the goals before', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 1; seed <= 250; seed++) {
    const judged = await judge(randomProblem(seed, { people: 4, shifts: 3 }), seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBe(250 * 3 * 5)
  expect(total.tight / total.bounds).toBeGreaterThan(0.9)
}, 120_000)

test('nor with pins, frozen shifts and people who should stay', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 2001; seed <= 2150; seed++) {
    const problem = randomReplan(seed)
    if (!problem) continue
    const judged = await judge(problem, seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBeGreaterThan(1500)
  expect(total.tight / total.bounds).toBeGreaterThan(0.9)
}, 120_000)

test('nor in rosters, where people serve several times', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 4001; seed <= 4100; seed++) {
    const judged = await judge(randomRoster(seed), seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBe(100 * 3 * 5)
  expect(total.tight / total.bounds).toBeGreaterThan(0.8)
}, 120_000)

test('the bound is never weaker than that of the flow, which knows no escorts', async () => {
  let compared = 0
  let tighter = 0
  for (let seed = 3001; seed <= 3400; seed++) {
    const problem = parseProblem(randomProblem(seed, { people: 24, shifts: 6 }))
    // Under `fill` the flow has no seats above the target, where people with a skill may be needed.
    if (problem.policy === 'fill' && problem.shifts.some(({ skills }) => skills)) continue
    const { quality } = await propose(problem, { method: 'flow', bounds: false })
    const states = quality.goals.map(({ goal, achieved }) => ({ goal, achieved }))
    const bounds = await escortBounds(compileInstance(problem), states)
    for (const { goal, bound, proof } of quality.goals) {
      if (proof !== 'flow') continue
      const linear = bounds.get(goal as 'target')!
      expect(signOf(goal) * linear, `seed ${seed}, ${goal}`).toBeGreaterThanOrEqual(signOf(goal) * bound!)
      compared++
      if (linear !== bound) tighter++
    }
  }
  expect(compared).toBeGreaterThan(300)
  expect(tighter).toBeGreaterThan(10)
}, 120_000)
