import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { Problem, Proposal } from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { bestRoster, compareScores, flowGoals, worthOf } from './enumerate.ts'
import { type RosterKind, randomRoster } from './random-roster.ts'
import { seeds, share } from './share.ts'

const aRoster = (seed: number, kind: RosterKind) => parseProblem(randomRoster(seed, kind))

/** Bounds in the sense of `worthOf`; null where nothing is proven. */
function boundsOf({ quality }: Proposal, goals: readonly string[]): (number | null)[] {
  return goals.map((name) => {
    const { bound } = quality.goals.find(({ goal }) => goal === name)!
    return bound !== null && name === 'ownUnit' ? -bound : bound
  })
}

test('with equal lengths every roster reaches the true optimum of its flow goals, and its bounds prove it', async () => {
  for (const seed of seeds(300)) {
    const problem = aRoster(seed, { kind: 'even', people: 4, shifts: 5 })
    const goals = flowGoals(problem)
    const proposal = await propose(problem, { method: 'flow' })
    expect(validate(problem, proposal), `seed ${seed}`).toEqual([])
    const worth = worthOf(problem, proposal.assignments, goals)
    expect({ seed, worth }).toEqual({ seed, worth: bestRoster(problem, goals) })
    expect({ seed, worth: boundsOf(proposal, goals) }).toEqual({ seed, worth })
  }
})

test('with a faulty structure no bound is better than the true optimum, and no roster is better than its bound', async () => {
  let optimal = 0
  for (const seed of seeds(300, 1000)) {
    const problem = aRoster(seed, { kind: 'uneven', people: 4, shifts: 4 })
    const goals = flowGoals(problem)
    const proposal = await propose(problem, { method: 'flow' })
    const worth = worthOf(problem, proposal.assignments, goals)
    const best = bestRoster(problem, goals)
    const bounds = boundsOf(proposal, goals)
    expect(compareScores(worth, best), `seed ${seed}`).toBeGreaterThanOrEqual(0)
    // A goal is bounded as long as those before it are at their bounds.
    for (const [at, bound] of bounds.entries()) {
      if (bound === null) break
      expect(best[at], `seed ${seed}, ${goals[at]}`).toBeGreaterThanOrEqual(bound)
      if (bound !== worth[at]) break
    }
    expect(bounds[0], `seed ${seed}`).not.toBeNull()
    if (compareScores(worth, best) === 0) optimal++
  }
  expect(optimal).toBeGreaterThanOrEqual(270 * share)
})

test('no roster ever breaks a rule', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.constantFrom('even', 'uneven'),
      fc.boolean(),
      async (seed, kind, replan) => {
        const problem = aRoster(seed, { kind, people: 25, shifts: 14, weeks: 3, replan })
        expect(validate(problem, await propose(problem, { method: 'flow' }))).toEqual([])
      },
    ),
    { numRuns: Math.ceil(3000 * share), seed: 20260304 },
  )
})

/** People of one team with the same skills and hours of availability: what a roster owes each of them is the same. */
function alike({ vol }: Problem): number[][] {
  const keyOf = (person: number) =>
    [vol.team, vol.skills, vol.from, vol.to, vol.barred!].map((column) => column[person]).join()
  return [...Map.groupBy(vol.team.keys(), keyOf).values()]
}

test('interchangeable people serve equally often up to one shift, which people with fewer hours get', async () => {
  let unlike = 0
  for (const seed of seeds(400, 9000)) {
    const problem = aRoster(seed, { kind: 'even', people: 25, shifts: 14, weeks: 4 })
    const { assignments } = await propose(problem, { method: 'flow' })
    const served = (person: number) => assignments.filter(({ vol }) => vol === person).length
    const pinned = new Set(problem.pins.map(({ vol }) => vol))
    for (const some of alike(problem)) {
      const people = some.filter((person) => !pinned.has(person))
      if (people.length === 0) continue
      const byHours = people.toSorted((a, b) => problem.vol.hours[a]! - problem.vol.hours[b]! || a - b)
      const totals = byHours.map(served)
      expect(totals[0]! - totals.at(-1)!, `seed ${seed}`).toBeLessThanOrEqual(1)
      expect(totals, `seed ${seed}`).toEqual(totals.toSorted((a, b) => b - a))
      if (totals[0] !== totals.at(-1)) unlike++
    }
  }
  expect(unlike).toBeGreaterThan(50 * share)
})

test('small rosters, which are solved exactly, are as fair as large ones', async () => {
  for (const seed of seeds(40, 20_000)) {
    const made = randomRoster(seed, { kind: 'even', people: 5, shifts: 6 })
    const equal = made.vol.team.map(() => 0)
    const problem = parseProblem({ ...made, vol: { ...made.vol, hours: equal } })
    const { assignments, quality } = await propose(problem)
    expect(quality.goals[0]!.proof).toBe('exact')
    if (problem.pins.length > 0) continue
    for (const people of alike(problem)) {
      const totals = people.map((person) => assignments.filter(({ vol }) => vol === person).length)
      expect(Math.max(...totals) - Math.min(...totals), `seed ${seed}`).toBeLessThanOrEqual(1)
    }
  }
})

test('groups of one team share the shifts in proportion to their size, and people with more recent hours get fewer', async () => {
  const week = 7 * 1440
  const people = [0, 1].flatMap((skills) => [0, 0, 0].map(() => ({ skills, from: 0, to: 4 * week })))
  const demand = [0, 1, 2, 3].map((at) => ({
    start: at * week + 540,
    end: at * week + 660,
    target: 3,
    max: 3,
  }))
  demand[0] = Object.assign(demand[0]!, { skills: [{ skill: 0, min: 1 }] })
  const totalsWith = async (lately: number) => {
    const hours = people.map(({ skills }) => (skills ? lately : 0))
    const problem = aProblem({
      people: people.map((person, at) => ({ ...person, hours: hours[at]! })),
      demand,
    })
    const { assignments } = await propose(parseProblem(problem), { method: 'flow' })
    return people.map((_, person) => assignments.filter(({ vol }) => vol === person).length)
  }
  expect(await totalsWith(0)).toEqual([2, 2, 2, 2, 2, 2])
  // Four hours are two shifts of two hours.
  expect(await totalsWith(4)).toEqual([3, 3, 3, 1, 1, 1])
})
