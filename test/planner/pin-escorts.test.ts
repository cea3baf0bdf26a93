import { expect, test } from 'vitest'
import type { Placement, Problem } from '#planner/index.ts'
import { judgePins } from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { soundPlan } from '#planner/sound-plan.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { randomFrom, randomProblem } from './random-problem.ts'

const pupils = (count: number) => Array.from({ length: count }, () => ({ minor: 1 }))
const pinsOn = (shift: number, ...people: number[]): Placement[] => people.map((vol) => ({ vol, shift }))
const unescorted = (problem: Problem) =>
  judgePins(problem).flatMap(({ pin, because }) => (because === 'unescorted' ? [pin] : []))

test('pinned minors without an available adult of their team cannot be kept', () => {
  const problem = aProblem({ people: pupils(3), demand: [{ max: 5 }], pins: pinsOn(0, 0, 1, 2) })
  expect(unescorted(problem)).toEqual([0, 1, 2])
})

test('one adult can escort K pinned minors, on one of two simultaneous shifts', () => {
  const problem = aProblem({
    K: 2,
    people: [{}, ...pupils(5)],
    demand: [{ max: 9 }, { max: 9 }],
    pins: [...pinsOn(0, 1, 2, 3), ...pinsOn(1, 4, 5)],
  })
  expect(unescorted(problem)).toEqual([2, 3, 4])
})

test('on a full shift as many pinned minors are left out as their escort needs seats', () => {
  const problem = aProblem({ people: [{}, ...pupils(4)], demand: [{ max: 4 }], pins: pinsOn(0, 1, 2, 3, 4) })
  expect(unescorted(problem)).toEqual([3])
})

test('an escort of pinned minors does not stay with the previous party', async () => {
  const problem = aProblem({
    people: [{}, ...pupils(4)],
    demand: [{ max: 9 }, { max: 9 }],
    stability: 'prefer',
    pins: pinsOn(1, 3, 4),
    previous: [...pinsOn(0, 0, 1, 2)],
  })
  for (const method of [undefined, 'flow'] as const) {
    const plan = await propose(problem, method ? { method } : {})
    expect(validate(problem, plan)).toEqual([])
    expect(plan.assignments).toContainEqual({ vol: 0, shift: 1 })
  }
})

test('whatever possible pins are given, the plan keeps every rule', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const problem = randomProblem(seed, { people: 12, shifts: 4 })
    const below = randomFrom(seed + 1000)
    problem.stability = (['free', 'prefer', 'onlyForMinimum'] as const)[below(3)]!
    problem.shifts[0]!.frozen = below(3) === 0
    const somewhere = () => problem.vol.team.map((_, vol) => ({ vol, shift: below(problem.shifts.length) }))
    problem.previous = somewhere().filter(() => below(2) === 0)
    problem.pins = somewhere().filter(() => below(3) > 0)
    for (let found = judgePins(problem); found.length > 0; found = judgePins(problem)) {
      const faulty = new Set(found.map(({ pin }) => pin))
      problem.pins = problem.pins.filter((_, pin) => !faulty.has(pin))
    }
    for (const method of [undefined, 'flow'] as const) {
      const plan = await propose(problem, { bounds: false, ...(method ? { method } : {}) })
      expect(
        validate(problem, plan).map(({ code }) => code),
        `seed ${seed}`,
      ).toEqual([])
    }
  }
})

test('a part that breaks a rule is left out, and the rest of the plan is shown', async () => {
  const problem = aProblem({
    teams: [0, 0].map((unit) => ({ unit, school: -1, x: 0, y: 0 })),
    people: [{}, {}, { team: 1, minor: 1 }],
    demand: [{ target: 3, max: 3 }],
  })
  const plan = await propose(problem)
  const broken = { ...plan, assignments: [...plan.assignments, { vol: 2, shift: 0 }] }
  const shown = soundPlan(problem, broken)
  expect(shown.assignments).toEqual(pinsOn(0, 0, 1))
  expect(validate(problem, shown)).toEqual([])
})

test('a plan that is withheld names rule, shift and team', async () => {
  const problem = aProblem({ people: [{}, { minor: 1 }], demand: [{ max: 3 }] })
  const plan = await propose(problem)
  const pinned = { ...problem, pins: pinsOn(0, 1) }
  expect(() => soundPlan(pinned, { ...plan, assignments: pinsOn(0, 1) })).toThrow(
    expect.objectContaining({
      code: 'plan.invalid',
      details: { violations: [{ rule: 'ratio', shift: 0, team: 0 }], violationsTotal: 1 },
    }),
  )
})
