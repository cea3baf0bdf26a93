import { expect, test } from 'vitest'
import { explainPlan } from '#planner/explain/explain.ts'
import type { Placement, Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { aProblem } from '#test/support/factories/planner.ts'

const on = (shift: number, ...people: number[]) => people.map((vol) => ({ vol, shift }))

/** The reasons for moves from one plan to another, by person. */
function reasons(problem: Parameters<typeof aProblem>[0], previous: Placement[], now: Placement[]) {
  const { moves } = explainPlan(new RosterBook(compileInstance(aProblem({ ...problem, previous })), now))
  return Object.fromEntries(moves!.map(({ vol, because }) => [vol, because]))
}

const places = (count: number, of: Partial<Problem['zones'][number]>[] = []) => ({
  zones: Array.from({ length: count }, (_, at) => ({
    ...{ district: 0, x: at * 1000, y: 0, kind: 0, minorsOk: true, unit: -1 },
    ...of[at],
  })),
})
const two = (first: object = {}, second: object = {}) => ({
  ...places(2),
  demand: [
    { zone: 0, target: 1, max: 3, ...first },
    { zone: 1, target: 1, max: 3, ...second },
  ],
})
const team = { unit: -1, school: -1, x: 0, y: 0 }

test('a rule against the old place is the reason, whatever the new place needs', () => {
  const away = (person: object, more: object = {}) =>
    reasons({ ...two({}, { min: 1 }), people: [person], ...more }, on(0, 0), [])[0]
  expect(away({ barred: 1 })).toBe('barred')
  expect(away({ to: 600 })).toBe('unavailable')
  expect(away({}, { commitments: [{ vol: 0, start: 500, end: 600, x: 0, y: 0 }] })).toBe('committed')
  expect(away({ minor: 1 }, places(2, [{ minorsOk: false }]))).toBe('unsuitable')
  expect(away({}, two({ target: 0, max: 0 }))).toBe('gone')
  expect(reasons({ ...two({ max: 1 }), people: [{}, {}] }, on(0, 0, 1), on(0, 1))).toEqual({ 0: 'shrank' })
  expect(reasons({ ...two(), people: [{}], pins: on(1, 0) }, on(0, 0), on(1, 0))).toEqual({ 0: 'pinned' })
})

test('people who stay, or had no place before, are not mentioned', () => {
  expect(reasons({ ...two(), people: [{}, {}] }, on(0, 0), [...on(0, 0), ...on(1, 1)])).toEqual({})
  const first = explainPlan(new RosterBook(compileInstance(aProblem({ ...two(), people: [{}] })), on(0, 0)))
  expect(first.moves).toBeUndefined()
})

test('what people are needed for is given in the order of goals', () => {
  const moved = (problem: object, ...others: Placement[]) =>
    reasons({ people: [{}, {}, {}], ...problem }, [...on(0, 0), ...others], [...on(1, 0), ...others])[0]
  expect(moved(two({}, { min: 1 }))).toBe('minimum')
  const skill = two({}, { skills: [{ skill: 2, min: 1 }] })
  expect(moved({ ...skill, people: [{ skills: 4 }] })).toBe('skill')
  const own = { ...two(), ...places(2, [{}, { unit: 0 }]), teams: [{ ...team, unit: 0 }] }
  expect(moved(own)).toBe('ownUnit')
  expect(moved({ ...two({}, { target: 0 }), policy: 'together' }, ...on(1, 1))).toBe('withTeam')
  // Two are enough where they were; the other shift lacks one.
  expect(
    moved(
      { ...two({ target: 1 }, { target: 1 }), teams: [team, team], people: [{}, { team: 1 }] },
      ...on(0, 1),
    ),
  ).toBe('target')
  const near = { ...two({ target: 0 }, { target: 0 }), teams: [{ ...team, x: 1000 }] }
  expect(moved(near)).toBe('nearer')
  expect(moved(two({ target: 0 }, { target: 0 }))).toBe('notNeeded')
})

test('seats below the minimum explain as many moves as there are such seats', () => {
  const people = [{}, {}, {}]
  const demand = two({ target: 3 }, { min: 2, target: 3 })
  expect(reasons({ ...demand, people }, on(0, 0, 1, 2), on(1, 0, 1, 2))).toEqual({
    ...{ 0: 'minimum', 1: 'minimum', 2: 'withTeam' },
  })
})

test('a minor moves because the escort is gone, and an adult to be one', () => {
  const people = [{ minor: 1 }, { to: 600 }, {}]
  expect(reasons({ ...two({ target: 3 }), people }, on(0, 0, 1), on(1, 0, 2))).toEqual({
    0: 'noEscort',
    1: 'unavailable',
  })
  const withMinor = [...on(1, 1, 0)]
  expect(
    reasons({ ...two({ target: 0 }, { target: 0 }), people: [{}, { minor: 1 }] }, [...on(0, 0)], withMinor),
  ).toEqual({ 0: 'escort' })
})

test('of several shifts only those left are mentioned, and so is a conflict with the new one', () => {
  const demand = [
    { target: 1, max: 1 },
    { target: 1, max: 1, start: 700, end: 760 },
    { target: 1, max: 1, start: 720, end: 780, min: 1 },
  ]
  const problem = aProblem({ people: [{}], demand, shiftsPerPerson: 2, previous: [...on(0, 0), ...on(1, 0)] })
  const book = new RosterBook(compileInstance(problem), [...on(0, 0), ...on(2, 0)])
  expect(explainPlan(book).moves).toEqual([{ vol: 0, from: 1, to: 2, because: 'minimum' }])
  const none = new RosterBook(compileInstance(problem), [...on(2, 0)])
  expect(explainPlan(none).moves).toEqual([
    { vol: 0, from: 0, to: 2, because: 'minimum' },
    { vol: 0, from: 1, to: null, because: 'clash' },
  ])
})
