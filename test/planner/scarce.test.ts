import { expect, test } from 'vitest'
import type { GoalName, Problem, Proposal } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { propose } from '#planner/propose.ts'
import { moveBlocks } from '#planner/search/move-blocks.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { brokenRules } from './enumerate.ts'
import { randomFrom } from './random-problem.ts'

/** A quarter with too few people: 2 classes of 14 with 1 or 2 teachers, 6 teams of 5 to 9, 16 shifts in two windows. */
function aScarceQuarter(seed: number): Problem {
  const below = randomFrom(seed)
  const people: NonNullable<NonNullable<Parameters<typeof aProblem>[0]>['people']> = []
  const free = () =>
    [
      { from: 480, to: 1080 },
      { from: 480, to: 720 },
      { from: 720, to: 1080 },
    ][below(3)]!
  for (let team = 0; team < 2; team++) {
    for (let teacher = 0; teacher <= below(2); teacher++) people.push({ team, ...free() })
    for (let pupil = 0; pupil < 14; pupil++) people.push({ team, minor: 1, ...free() })
  }
  for (let team = 2; team < 8; team++)
    for (let member = 0; member < 5 + below(5); member++)
      people.push({ team, skills: below(4) === 0 ? 1 : 0, ...free() })
  return aProblem({
    districts: 1,
    units: Array.from({ length: 8 }, () => ({ district: 0 })),
    teams: Array.from({ length: 8 }, (_, unit) => ({ unit, school: -1, x: below(5000), y: below(5000) })),
    zones: Array.from({ length: 8 }, (_, zone) => ({
      district: 0,
      x: below(5000),
      y: below(5000),
      kind: 0,
      minorsOk: below(2) === 0,
      unit: zone,
    })),
    ownUnit: seed % 5 === 0 ? 'hard' : 'preferred',
    people,
    demand: Array.from({ length: 16 }, (_, at) => ({
      zone: at % 8,
      start: at < 8 ? 540 : 780,
      end: at < 8 ? 660 : 900,
      min: 3 + below(4),
      target: 7 + below(3),
      max: 11,
      ...(below(3) === 0 ? { skills: [{ skill: 0, min: 1 }] } : {}),
    })),
  })
}

const achieved = ({ quality }: Proposal, wanted: GoalName) =>
  quality.goals.find(({ goal }) => goal === wanted)!.achieved

test('if people are too few, policy `together` leaves no minimum and no skill empty that `fill` would fill', async () => {
  let short = 0
  for (let seed = 1; seed <= 12; seed++) {
    const problem = aScarceQuarter(seed)
    const fill = await propose({ ...problem, policy: 'fill' }, { method: 'flow' })
    const together = await propose({ ...problem, policy: 'together' }, { method: 'flow' })
    for (const plan of [fill, together]) expect(validate(problem, plan), `seed ${seed}`).toEqual([])
    const missing = (plan: Proposal) => [achieved(plan, 'minimum'), achieved(plan, 'skill')]
    const [mine, theirs] = [missing(together), missing(fill)]
    expect(mine[0]! * 1000 + mine[1]!, `seed ${seed}`).toBeLessThanOrEqual(theirs[0]! * 1000 + theirs[1]!)
    short += theirs[0]!
    for (const { quality, shortages } of [fill, together])
      for (const { goal, achieved, bound } of quality.goals)
        if (bound === null || achieved > bound)
          expect(
            shortages.filter(({ kind, because }) => kind === goal && because === 'elsewhere'),
            `seed ${seed}`,
          ).toEqual([])
  }
  expect(short).toBeGreaterThan(0)
})

test.each(['fill', 'together'] as const)(
  'the search keeps a class’s only teacher for the class, too, under %s',
  async (policy) => {
    const zone = { district: 0, x: 0, y: 0, kind: 0, minorsOk: false, unit: -1 }
    const problem = aProblem({
      policy,
      units: [{ district: 0 }, { district: 0 }],
      teams: [0, 1].map((unit) => ({ unit, school: -1, x: 0, y: 0 })),
      zones: [{ ...zone, minorsOk: true }, { ...zone, unit: 0 }, zone],
      people: [{}, ...Array(6).fill({ minor: 1 }), ...Array(7).fill({ team: 1 })],
      demand: [
        { zone: 0, min: 0, target: 7, max: 7 },
        { zone: 1, min: 1, target: 1, max: 2 },
        { zone: 2, min: 6, target: 7, max: 7 },
      ],
    })
    const plan = await propose(problem, { method: 'flow' })
    expect(validate(problem, plan)).toEqual([])
    const withClass = plan.assignments.filter(({ vol }) => vol < 7).map(({ shift }) => shift)
    expect([plan.assignments.length, withClass]).toEqual([14, Array(7).fill(0)])
    expect(plan.quality.goals.find(({ goal }) => goal === 'escorts')).toMatchObject({ achieved: 0, bound: 0 })
  },
)

test('a block of one adult and minors moves to a shift below its minimum, and no more than needed', () => {
  const pupils = Array.from({ length: 12 }, () => ({ minor: 1 }))
  const problem = aProblem({
    K: 6,
    people: [{}, {}, ...pupils],
    demand: [
      { min: 7, target: 14, max: 14 },
      { min: 5, target: 7, max: 9 },
    ],
  })
  const everybody = problem.vol.team.map((_, vol) => ({ vol, shift: 0 }))
  const book = new RosterBook(compileInstance(problem), everybody)
  expect(moveBlocks(book, () => false)).toBe(7)
  expect(book.peopleOn.map((people) => people.length)).toEqual([7, 7])
  expect(brokenRules(problem, book.placements())).toEqual([])
  expect(moveBlocks(book, () => false)).toBe(0)
})

test('if over a thousand people are idle to keep teams whole, the trade-off is shown with figures', async () => {
  const people = Array.from({ length: 1300 }, (_, at) => ({ team: at % 260 }))
  const problem = aProblem({
    teams: Array.from({ length: 260 }, () => ({ unit: 0, school: -1, x: 0, y: 0 })),
    people,
    demand: Array.from({ length: 30 }, () => ({ min: 5, target: 8, max: 8 })),
    policy: 'together',
  })
  const plan = await propose(problem, { bounds: false })
  const idle = 1300 - plan.quality.people.placed
  expect([achieved(plan, 'target') > 0, plan.trade]).toEqual([
    true,
    { idle, short: achieved(plan, 'target'), fills: achieved(plan, 'target') },
  ])
})
