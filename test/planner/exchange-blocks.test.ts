import { expect, test } from 'vitest'
import type { Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { propose } from '#planner/propose.ts'
import { exchangeBlocks } from '#planner/search/exchange-blocks.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { brokenRules } from './enumerate.ts'

const zone = { district: 0, x: 0, y: 0, kind: 0, minorsOk: true, unit: -1 }
const seats = { min: 6, target: 6, max: 6 }
const asking = { ...seats, skills: [{ skill: 0, min: 1 }] }

/** A class of five with one teacher, and twelve others in two teams, for eighteen seats. */
function aClassAmongOthers(teacher: number, holders: number, demand: Partial<Problem['shifts'][number]>[]) {
  const others = Array.from({ length: 12 }, (_, at) => ({
    team: at < 6 ? 1 : 2,
    skills: at < holders ? 1 : 0,
  }))
  return aProblem({
    units: [{ district: 0 }, { district: 0 }],
    teams: [0, 1, 1].map((unit) => ({ unit, school: -1, x: 0, y: 0 })),
    zones: [{ ...zone, unit: 0 }, zone, { ...zone, minorsOk: false }],
    people: [{ skills: teacher }, ...Array.from({ length: 5 }, () => ({ minor: 1 })), ...others],
    demand,
  })
}

/** The only teacher has the skill, in a zone that does not ask for it; one other holder for two shifts that do. */
const withSkilledTeacher = () =>
  aClassAmongOthers(1, 1, [
    { zone: 0, ...seats },
    { zone: 1, ...asking },
    { zone: 2, ...asking },
  ])

test.each(['fill', 'together'] as const)(
  'a class goes where the skill of its only teacher is asked for, if it is missing elsewhere, under %s',
  async (policy) => {
    const problem = { ...withSkilledTeacher(), policy }
    const plan = await propose(problem, { method: 'flow' })
    expect(validate(problem, plan)).toEqual([])
    const goals = Object.fromEntries(plan.quality.goals.map(({ goal, achieved }) => [goal, achieved]))
    expect(goals).toMatchObject({ minimum: 0, skill: 0, escorts: 0 })
    expect(plan.assignments.filter(({ vol }) => vol < 6).map(({ shift }) => shift)).toEqual(Array(6).fill(1))
  },
)

test('an escort with a skill changes places with as many others, and takes the minors along', () => {
  const problem = withSkilledTeacher()
  const instance = compileInstance(problem)
  const book = new RosterBook(
    instance,
    problem.vol.team.map((team, vol) => ({ vol, shift: team })),
  )
  expect(exchangeBlocks(book, () => false)).toBe(1)
  expect(book.peopleOn.map((people) => people.length)).toEqual([6, 6, 6])
  expect(book.servingOf(0)).toEqual([1])
  expect(brokenRules(problem, book.placements())).toEqual([])
  expect(exchangeBlocks(book, () => false)).toBe(0)
})

test('nobody who is fixed changes places', () => {
  const problem = withSkilledTeacher()
  const book = new RosterBook(
    compileInstance(problem),
    problem.vol.team.map((team, vol) => ({ vol, shift: team })),
  )
  expect(exchangeBlocks(book, (person) => person === 3)).toBe(0)
  expect(exchangeBlocks(book, (_, shift) => shift === 1)).toBe(0)
})

test('a class that fills a shift with a missing skill makes room for people who can have it', () => {
  const problem = aClassAmongOthers(0, 1, [
    { zone: 0, ...asking },
    { zone: 1, ...seats },
    { zone: 2, ...seats },
  ])
  const book = new RosterBook(
    compileInstance(problem),
    problem.vol.team.map((team, vol) => ({ vol, shift: team })),
  )
  expect(exchangeBlocks(book, () => false)).toBe(1)
  expect(book.peopleOn.map((people) => people.length)).toEqual([6, 6, 6])
  expect([book.servingOf(0), book.missingInAll(0)]).toEqual([[1], 0])
  expect(brokenRules(problem, book.placements())).toEqual([])
})
