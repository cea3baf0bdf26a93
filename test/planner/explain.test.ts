import { expect, test } from 'vitest'
import { explainPlan } from '#planner/explain/explain.ts'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { Placement, Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { aProblem } from '#test/support/factories/planner.ts'

const bookOf = (problem: Problem, assignments: Placement[]) =>
  new RosterBook(compileInstance(problem), assignments)
const on = (shift: number, ...people: number[]) => people.map((vol) => ({ vol, shift }))
const explain = (problem: Problem, assignments: Placement[] = []) =>
  explainPlan(bookOf(parseProblem(problem), assignments))
const zones = (count: number, of: Partial<Problem['zones'][number]> = {}) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ district: 0, x: at * 1000, y: 0, kind: 0, minorsOk: true, unit: -1 },
    ...of,
  }))
const team = { unit: -1, school: -1, x: 0, y: 0 }

test('the filter after which nobody is left is the reason', () => {
  const target = { min: 0, target: 1, max: 1 }
  const reasons = (people: object[], demand: object = target, more: Partial<Problem> = {}) =>
    explain(aProblem({ people, demand: [demand], ...more })).shortages.map(({ because }) => because)
  expect(reasons([])).toEqual(['nobody'])
  expect(reasons([{ to: 600 }])).toEqual(['unavailable'])
  expect(reasons([{ to: 600 }, { barred: 1 }])).toEqual(['barred'])
  expect(reasons([{ barred: 1 }, { minor: 1 }], target, { zones: zones(1, { minorsOk: false }) })).toEqual([
    'minors',
  ])
  expect(reasons([{ minor: 1 }])).toEqual(['unescorted'])
  expect(reasons([{}], { ...target, frozen: true })).toEqual(['frozen'])
  expect(reasons([{}])).toEqual(['missed'])
  expect(reasons([{}], target, { policy: 'together' })).toEqual(['together'])
  expect(reasons([{}], target, { teams: [{ ...team, whole: true }] })).toEqual(['whole'])
  expect(reasons([{}], { ...target, target: 0, skills: [{ skill: 1, min: 1 }] })).toEqual(['unskilled'])
  const duty = { vol: 0, start: 500, end: 535, x: 9000, y: 0 }
  expect(reasons([{}], target, { commitments: [duty] })).toEqual(['committed'])
})

test('people needed just as much elsewhere are the binding reason, and all competitors are named', () => {
  const problem = aProblem({
    teams: [team, team],
    zones: zones(3),
    people: [{}, { team: 1 }, { to: 600 }],
    demand: [
      { zone: 0, min: 1, target: 2, max: 2 },
      { zone: 1, min: 1, target: 1, max: 2 },
      { zone: 2, min: 0, target: 1, max: 1, start: 480, end: 540 },
    ],
  })
  const { shortages, competitions } = explain(problem, [...on(0, 0), ...on(1, 1), ...on(2, 2)])
  expect(shortages).toMatchObject([{ shift: 0, kind: 'target', missing: 1, because: 'elsewhere' }])
  expect(shortages[0]!.funnel).toMatchObject({ all: 3, unavailable: 1, here: 1, elsewhere: 1, free: 0 })
  expect(shortages[0]!.competing).toEqual({ set: 0, zones: 2, teams: 2 })
  // The third shift is at another time, and who serves there cannot come: it does not compete.
  expect(competitions).toMatchObject([
    { shifts: [0, 1], shiftsTotal: 2, zones: 2, teams: [0, 1], teamsTotal: 2, people: 2, missing: 1 },
  ])
  expect(competitions[0]!.times).toEqual([{ start: 540, end: 660 }])
})

test('a cut follows chains through other times, and says at which times one more person would help', () => {
  const problem = aProblem({
    zones: zones(3),
    people: [{}, { from: 660 }],
    demand: [
      { zone: 0, target: 1, max: 1 },
      { zone: 1, target: 1, max: 1, start: 660, end: 780 },
      { zone: 2, target: 1, max: 1, start: 660, end: 780 },
    ],
  })
  // Whoever is on shift 1 could serve on shift 0; who is on shift 2 cannot, but could stand in on shift 1.
  const { shortages, competitions } = explain(problem, [...on(1, 0), ...on(2, 1)])
  expect(shortages[0]).toMatchObject({ because: 'elsewhere', competing: { zones: 3, teams: 1 } })
  expect(competitions[0]).toMatchObject({ shifts: [1, 2], people: 2, times: [{ start: 660, end: 780 }] })
})

test('if a person could be spared there is no competition: the planner missed it, or it would split a team', () => {
  const people = [{}, {}, {}]
  const demand = [
    { target: 1, max: 3 },
    { target: 2, max: 3 },
  ]
  const spare = on(1, 0, 1, 2)
  expect(explain(aProblem({ people, demand }), spare)).toMatchObject({
    shortages: [{ because: 'missed', funnel: { elsewhere: 3, free: 0 } }],
    competitions: [],
  })
  const together = explain(aProblem({ people, demand, policy: 'together' }), spare)
  expect(together.shortages).toMatchObject([{ because: 'together', worthOfOneMore: 0 }])
})

test('for a target nobody leaves a zone of their own unit, for a minimum they do', () => {
  const problem = (min: number) =>
    aProblem({
      teams: [{ ...team, unit: 0 }],
      zones: [...zones(1, { unit: 0 }), ...zones(1)],
      people: [{}],
      demand: [
        { zone: 0, target: 1, max: 1, min: 1 },
        { zone: 1, target: 1, max: 1, min },
      ],
    })
  expect(explain(problem(0), on(0, 0)).shortages).toMatchObject([{ kind: 'target', because: 'ownUnit' }])
  expect(explain(problem(1), on(0, 0)).shortages).toMatchObject([
    { kind: 'minimum', because: 'elsewhere', competing: { zones: 2, teams: 1 } },
  ])
})

test('one more escort is worth the minors they take along, one more adult a single seat', () => {
  const minors = Array.from({ length: 4 }, () => ({ team: 1, minor: 1 }))
  const problem = aProblem({
    K: 3,
    teams: [team, team],
    people: [...minors],
    demand: [{ min: 1, target: 8, max: 8 }],
  })
  const [minimum, target] = explain(problem).shortages
  expect(minimum).toMatchObject({ kind: 'minimum', because: 'unescorted', worthOfOneMore: 1 })
  expect(minimum!.oneMore).toEqual({ who: 'adult', gains: { minimum: 1, target: 1 } })
  expect(target).toMatchObject({ kind: 'target', missing: 7, worthOfOneMore: 4 })
  expect(target!.oneMore).toEqual({ who: 'escort', team: 1, gains: { minimum: 1, target: 4 } })
})

test('with teams together, only more people of a team that is there are worth anything for a target', () => {
  const problem = aProblem({
    policy: 'together',
    people: [{}],
    demand: [
      { target: 3, max: 3 },
      { target: 2, max: 3, start: 700, end: 800 },
    ],
  })
  const [there, nobody] = explain(problem, on(0, 0)).shortages
  expect(there).toMatchObject({ missing: 2, worthOfOneMore: 1, oneMore: { who: 'member' } })
  expect(there!.levers).toContainEqual({ lever: 'member', teams: [0], heads: 2, fills: 2 })
  expect(nobody).toMatchObject({ missing: 2, worthOfOneMore: 0 })
  expect(nobody!.oneMore).toBeUndefined()
})

test('the effect of levers is counted from the problem', () => {
  const levers = (problem: Problem, assignments: Placement[] = []) =>
    explain(problem, assignments).shortages[0]!.levers
  const three = [{ target: 3, max: 3 }]
  expect(levers(aProblem({ people: [{ barred: 1 }, { barred: 1 }], demand: three }))).toEqual([
    { lever: 'consent', heads: 2, fills: 2 },
    { lever: 'adult', heads: 3, fills: 3 },
    { lever: 'lowerDemand', heads: 3, fills: 3 },
  ])
  const pupils = aProblem({
    zones: zones(1, { minorsOk: false }),
    people: [{ minor: 1 }, { minor: 1 }, { minor: 1 }, {}],
    K: 2,
    demand: three,
  })
  expect(levers(pupils)).toContainEqual({ lever: 'suitable', heads: 2, fills: 3 })
  const split = aProblem({ policy: 'together', people: [{}, {}], demand: three })
  expect(levers(split)).toMatchObject([
    { lever: 'split', team: 0, heads: 2, fills: 2 },
    { lever: 'policy', heads: 2, fills: 2 },
    { lever: 'lowerDemand' },
  ])
  const skilled = aProblem({ people: [{}], demand: [{ target: 0, max: 2, skills: [{ skill: 4, min: 2 }] }] })
  expect(levers(skilled)![0]).toEqual({ lever: 'skilled', skill: 4, heads: 2, fills: 2 })
})

test('the other time is the nearest at which most people could come, minus those who could not stay', () => {
  const late = { from: 600 }
  const problem = aProblem({
    people: [{ to: 660 }, late, late, late, { from: 700 }],
    demand: [{ target: 4, max: 4 }],
  })
  const [shortage] = explain(problem, on(0, 0)).shortages
  expect(shortage).toMatchObject({ because: 'unavailable', missing: 3 })
  expect(shortage!.levers).toContainEqual({
    ...{ lever: 'otherTime', start: 700, end: 820, heads: 4, lost: 1, fills: 3 },
  })
})

test('a competition says how much lower the demand of all its shifts together would have to be', () => {
  const problem = aProblem({
    zones: zones(2),
    people: [{}, {}],
    demand: [
      { zone: 0, target: 3, max: 3 },
      { zone: 1, target: 2, max: 2 },
    ],
  })
  const { shortages } = explain(problem, [...on(0, 0), ...on(1, 1)])
  expect(shortages[0]!.levers!.at(-1)).toEqual({
    lever: 'lowerDemand',
    heads: 2,
    fills: 2,
    shifts: 2,
    ofSet: 3,
  })
})

test('with very many shortages similar ones share one explanation', () => {
  const demand = Array.from({ length: 1500 }, (_, zone) => ({ zone, target: 1 + (zone % 3), max: 4 }))
  const { shortages, explained, headlines } = explain(
    aProblem({ zones: zones(1500), people: [{ to: 600 }], demand }),
  )
  expect(explained).toEqual({ shortages: 1500, full: 1000 })
  const like = shortages.filter((shortage) => shortage.like !== undefined)
  expect(like).toHaveLength(500)
  for (const each of like) {
    expect(each.funnel).toBeUndefined()
    expect(shortages[each.like!]).toMatchObject({ because: each.because, funnel: { all: 1, unavailable: 1 } })
  }
  expect(headlines).toEqual([{ shortage: 2, district: 0, shifts: 1500, zones: 1500, missing: 3000 }])
})

test('when idle people would not fill all places even if teams were split, the smaller gaps are contested', () => {
  const demand = [
    { zone: 0, target: 3, max: 3 },
    { zone: 1, target: 2, max: 2 },
    { zone: 2, target: 1, max: 1, start: 700, end: 800 },
  ]
  const people = [{}, { to: 660 }, { team: 1 }, { barred: 1 }]
  const problem = aProblem({ policy: 'together', zones: zones(3), teams: [team, team], people, demand })
  const { shortages, competitions } = explain(problem)
  expect(shortages.map(({ because }) => because)).toEqual(['together', 'contested', 'contested'])
  expect(shortages[1]!.competing).toEqual({ set: 0, zones: 3, teams: 2 })
  expect(shortages[1]!.levers!.map(({ lever }) => lever)).not.toContain('split')
  expect(competitions).toMatchObject([{ shifts: [0, 1, 2], teams: [0, 1], people: 3, missing: 6 }])
})

test('headlines differ: by reason before district, and what lacks most of the first goal leads', () => {
  const teamsOf = [team, team]
  const people = [{ to: 600 }, { skills: 1 }, { team: 1 }, { team: 1 }]
  const demand = [
    { zone: 0, target: 9, max: 9 },
    { zone: 1, target: 8, max: 8 },
    { zone: 2, target: 0, max: 1, skills: [{ skill: 3, min: 1 }] },
    { zone: 1, target: 5, max: 5, frozen: true },
  ]
  const districts = [0, 1, 2].map((district) => zones(1, { district })[0]!)
  const { headlines, shortages } = explain(
    aProblem({ teams: teamsOf, zones: districts, districts: 3, people, demand }),
    on(0, 1, 2, 3),
  )
  expect(headlines.map(({ shortage }) => shortages[shortage]!)).toMatchObject([
    { kind: 'skill', because: 'unskilled' },
    { kind: 'target', because: 'elsewhere', shift: 1 },
    { kind: 'target', because: 'frozen' },
  ])
})
