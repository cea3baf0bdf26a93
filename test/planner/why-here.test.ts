import { expect, test } from 'vitest'
import { whyHere } from '#planner/explain/why-here.ts'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { Placement, Problem } from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { brokenRules } from './enumerate.ts'
import { randomProblem } from './random-problem.ts'

const on = (shift: number, ...people: number[]) => people.map((vol) => ({ vol, shift }))
const zones = (...of: Partial<Problem['zones'][number]>[]) =>
  of.map((zone, at) => ({
    ...{ district: 0, x: at * 1000, y: 0, kind: 0, minorsOk: true, unit: -1 },
    ...zone,
  }))
const why = (problem: Problem, assignments: Placement[], vol = 0, standby: number[] = []) =>
  whyHere(problem, { assignments, standby }, vol)

test('the reasons for a place come in the order of goals, with the figures they rest on', () => {
  const problem = aProblem({
    zones: zones({}, { unit: 0 }),
    people: [{ skills: 2, hours: 3 }, { minor: 1 }, { hours: 9 }],
    demand: [
      { zone: 0, max: 0, target: 0 },
      { zone: 1, min: 2, target: 3, max: 3, skills: [{ skill: 1, min: 1 }] },
    ],
    previous: on(1, 0),
  })
  const { places, standby, reasons } = why(problem, on(1, 0, 1))
  expect(places).toEqual([
    {
      shift: 1,
      metres: 1000,
      reasons: [
        { because: 'minimum', count: 2, wanted: 2 },
        { because: 'skill', skill: 1 },
        { because: 'ownUnit' },
        { because: 'escort', count: 1 },
        { because: 'withTeam', count: 2 },
        { because: 'stayed' },
        { because: 'nearest', metres: 1000, nearer: 1 },
        { because: 'fewestHours', hours: 3, passedOver: 1 },
      ],
    },
  ])
  expect({ standby, reasons }).toEqual({ standby: false, reasons: [] })
})

test('a pin and a shift that has begun come before every goal, and a target is told by its count', () => {
  const problem = aProblem({
    people: [{}],
    demand: [{ target: 2, max: 2, frozen: true }],
    pins: on(0, 0),
    previous: on(0, 0),
  })
  expect(why(problem, on(0, 0)).places[0]!.reasons.map(({ because }) => because)).toEqual([
    ...['pinned', 'frozen', 'stayed', 'target', 'nearest'],
  ])
})

test('each of the nearest other shifts has the reason against it', () => {
  const other = { unit: -1, school: -1, x: 0, y: 0 }
  const against = (problem: Parameters<typeof aProblem>[0], assignments: Placement[]) => {
    const { demand = [] } = problem ?? {}
    const both = aProblem({ zones: zones({}, {}, {}), teams: [other, other], ...problem, demand })
    return why(both, assignments).alternatives.map(({ because }) => because)
  }
  const here = { zone: 1, target: 2, max: 2 }
  const free = { zone: 0, target: 1, max: 1 }
  const one = (alternative: object, more: object = {}, now: Placement[] = on(0, 0)) =>
    against({ people: [{}, {}], demand: [here, { ...free, ...alternative }], ...more }, now)[0]
  expect(one({ start: 300, end: 400 })).toBe('unavailable')
  expect(one({ frozen: true })).toBe('frozen')
  expect(one({}, {}, [...on(0, 0), ...on(1, 1)])).toBe('full')
  expect(one({}, { pins: on(0, 0) })).toBe('pinnedHere')
  expect(one({}, { demand: [{ ...here, min: 1 }, free] })).toBe('neededHere')
  expect(
    one(
      {},
      {
        demand: [
          { ...here, min: 1 },
          { ...free, min: 1 },
        ],
      },
    ),
  ).toBe('even')
  const skilled = { people: [{ skills: 1 }], demand: [{ ...here, skills: [{ skill: 0, min: 1 }] }, free] }
  expect(one({}, skilled)).toBe('skillHere')
  expect(one({}, { people: [{}, { minor: 1 }] }, on(0, 0, 1))).toBe('escortHere')
  expect(one({}, { people: [{ minor: 1 }, {}] }, on(0, 0, 1))).toBe('unescorted')
  const own = { zones: zones({}, { unit: 0 }), teams: [{ ...other, unit: 0 }] }
  expect(one({}, own)).toBe('ownUnit')
  expect(one({}, { policy: 'together' }, on(0, 0, 1))).toBe('splits')
  expect(one({}, { teams: [{ ...other, whole: true }] })).toBe('whole')
  expect(one({}, { demand: [here, { ...free, zone: 2 }] })).toBe('farther')
  expect(
    one(
      { zone: 0, minorsOk: 0 },
      { people: [{ minor: 1 }, {}], zones: zones({ minorsOk: false }, {}) },
      on(0, 0, 1),
    ),
  ).toBe('minors')
})

test('a person without a place gets the reasons against all shifts', () => {
  const problem = aProblem({
    people: [{ to: 600 }, {}],
    demand: [
      { target: 1, max: 1 },
      { target: 1, max: 1, start: 480, end: 540 },
    ],
  })
  const told = why(problem, on(1, 1))
  expect(told).toMatchObject({
    places: [],
    reasons: [{ because: 'nowhere' }],
    refused: { unavailable: 1, full: 1 },
  })
  expect(why(problem, on(1, 1), 0, [0]).reasons).toEqual([{ because: 'reserve' }])
  expect(() => why(problem, [], 2)).toThrow('there is no person 2')
})

test('a rule is given against a shift exactly if the person could not take it', async () => {
  const rules = new Set(['barred', 'unavailable', 'minors', 'committed', 'frozen', 'unescorted'])
  for (let seed = 1; seed <= 60; seed++) {
    const problem = parseProblem({ ...randomProblem(seed, { people: 8, shifts: 6 }), ownUnit: 'preferred' })
    const { assignments, standby } = await propose(problem)
    for (let vol = 0; vol < problem.vol.team.length; vol++) {
      const { places, alternatives } = whyHere(problem, { assignments, standby }, vol)
      for (const { shift, because } of alternatives) {
        const rest = assignments.filter((each) => each.vol !== vol)
        const alone = brokenRules(problem, [...rest, { vol, shift }]).filter(({ code }) => code !== 'whole')
        const before = new Set(brokenRules(problem, rest).map(({ code }) => code))
        const broken = alone.filter(({ code }) => !before.has(code))
        if (rules.has(because))
          expect({ seed, vol, shift, because, broken: broken.length > 0 }).toMatchObject({ broken: true })
        if (because === 'even' || because === 'farther' || because === 'splits')
          if (places.length < 2) expect({ seed, vol, shift, because, broken }).toMatchObject({ broken: [] })
      }
    }
  }
})
