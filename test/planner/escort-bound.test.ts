import { expect, test } from 'vitest'
import { boundOrder, escortBounds, signOf } from '#planner/bounds/escort-bound.ts'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { GoalName, Proposal } from '#planner/format/proposal.ts'
import type { Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { measure } from '#planner/instance/measure.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { propose } from '#planner/propose.ts'
import { aProblem } from '#test/support/factories/planner.ts'
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

test('no bound is better than the best of all plans that are as good on the earlier goals', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 1; seed <= 250; seed++) {
    const judged = await judge(randomProblem(seed, { people: 4, shifts: 3 }), seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBe(250 * 3 * 6)
  expect(total.tight / total.bounds).toBeGreaterThan(0.9)
})

test('the same holds with pins, frozen shifts and people who should stay', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 2001; seed <= 2150; seed++) {
    const problem = randomReplan(seed)
    if (!problem) continue
    const judged = await judge(problem, seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBeGreaterThan(1800)
  expect(total.tight / total.bounds).toBeGreaterThan(0.9)
})

test('the same holds in rosters, where people serve several times', async () => {
  const total = { bounds: 0, tight: 0 }
  for (let seed = 4001; seed <= 4100; seed++) {
    const judged = await judge(randomRoster(seed), seed)
    total.bounds += judged.bounds
    total.tight += judged.tight
  }
  expect(total.bounds).toBe(100 * 3 * 6)
  expect(total.tight / total.bounds).toBeGreaterThan(0.8)
})

test('the bound is never weaker than the bound of the flow, which ignores escorts', async () => {
  let compared = 0
  let tighter = 0
  for (let seed = 3001; seed <= 3400; seed++) {
    const problem = parseProblem(randomProblem(seed, { people: 24, shifts: 6 }))
    // The flow of a roster knows how several shifts of a person exclude each other, which this program leaves aside.
    if ((problem.shiftsPerPerson ?? 1) > 1) continue
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
})

/** The bounds when nothing is held: what a plan could reach that leaves every seat empty. */
async function boundsOf(wanted: Parameters<typeof aProblem>[0]): Promise<Partial<Values>> {
  const problem = parseProblem(aProblem(wanted))
  const nothing = boundOrder(problem).map((goal) => ({ goal, achieved: signOf(goal) > 0 ? 1000 : 0 }))
  return Object.fromEntries(await escortBounds(compileInstance(problem), nothing))
}

test('minors without enough adults of their own team leave seats empty, and the bound includes that', async () => {
  const people = [...Array(5).fill({ minor: 1 }), {}, ...Array(3).fill({ team: 1 })]
  const teams = [0, 1].map(() => ({ unit: -1, school: -1, x: 0, y: 0 }))
  const demand = [{ min: 2, target: 9, max: 9 }]
  // One adult of team 0 takes two of its five minors along; the three of team 1 are no escorts for them.
  expect(await boundsOf({ K: 2, people, teams, demand })).toMatchObject({ minimum: 0, target: 3 })
  expect(await boundsOf({ K: 5, people, teams, demand })).toMatchObject({ minimum: 0, target: 0 })
})

test('an escort may be split between two shifts by the relaxation, but not doubled', async () => {
  const people = [...Array(3).fill({ minor: 1 }), {}]
  const demand = [{ target: 2 }, { target: 2, start: 720, end: 840 }]
  // The relaxation may split the adult, yet no more than two minors go with them in all.
  expect(await boundsOf({ K: 2, people, demand })).toMatchObject({ target: 1 })
})

test('an adult who is pinned counts as an escort for others', async () => {
  const wanted = { K: 1, people: [{}, { minor: 1 }], demand: [{ target: 2 }], pins: [{ vol: 0, shift: 0 }] }
  expect(await boundsOf(wanted)).toMatchObject({ target: 0 })
})

test('a person with a skill may come above the target, whatever the policy', async () => {
  const zones = [{ district: 0, x: 0, y: 0, kind: 0, minorsOk: false, unit: -1 }]
  const demand = [{ target: 0, max: 1, skills: [{ skill: 0, min: 1 }] }]
  expect(await boundsOf({ policy: 'fill', zones, people: [{ skills: 1 }], demand })).toMatchObject({
    skill: 0,
  })
  expect(await boundsOf({ policy: 'fill', zones, people: [{}], demand })).toMatchObject({ skill: 1 })
})

test('if escorts are missing, a proposal proves that no plan could fill more', async () => {
  const people = [...Array(100).fill({ minor: 1 }), ...Array(4).fill({})]
  const demand = Array(4).fill({ min: 2, target: 26, max: 30 })
  const problem = parseProblem(aProblem({ K: 10, people, demand }))
  const plans: Proposal[] = []
  const targetOf = ({ quality }: Proposal) => quality.goals.find(({ goal }) => goal === 'target')
  const proposal = await propose(problem, { onPlan: (plan) => plans.push(plan) })
  expect(targetOf(proposal)).toMatchObject({ bound: 60, proof: 'linear' })
  // The plan could be seen before its bound was known, and where nobody asks it is not computed.
  expect(plans.at(-1)!.assignments).toEqual(proposal.assignments)
  expect(targetOf(plans.at(-1)!)).toMatchObject({ bound: 0 })
  expect(targetOf(await propose(problem, { bounds: false }))).toMatchObject({ bound: 0 })
})

test('after a stop nothing more is proven', async () => {
  const problem = parseProblem(randomProblem(3, { people: 40, shifts: 10 }))
  const goals = boundOrder(problem).map((goal) => ({ goal, achieved: signOf(goal) > 0 ? 1000 : 0 }))
  expect(await escortBounds(compileInstance(problem), goals, { stop: () => true })).toEqual(new Map())
})

test('a new plan without a previous plan has no goal `stay`, and its other goals are still bounded', async () => {
  const people = [...Array(100).fill({ minor: 1 }), ...Array(4).fill({})]
  const demand = Array(4).fill({ min: 2, target: 26, max: 30 })
  const problem = parseProblem({ ...aProblem({ K: 10, people, demand }), stability: 'onlyForMinimum' })
  const { quality } = await propose(problem)
  expect(quality.goals.find(({ goal }) => goal === 'target')).toMatchObject({ bound: 60, proof: 'linear' })
})
