import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import { propose } from '#planner/propose.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { bestScore, brokenRules, compareScores, orderOf, scoreOf } from './enumerate.ts'
import { randomProblem } from './random-problem.ts'
import { seeds, share, smallShare } from './share.ts'

test('small problems are solved to the true optimum of every goal in order', async () => {
  for (const seed of seeds(200)) {
    const problem = parseProblem(randomProblem(seed, { people: 4, shifts: 3 }))
    const proposal = await propose(problem)
    expect(validate(problem, proposal), `seed ${seed}`).toEqual([])
    const score = scoreOf(problem, proposal.assignments)
    expect({ seed, score }).toEqual({ seed, score: bestScore(problem) })
  }
})

test('flow and search alone reach the optimum of goals 1 to 4 in most small problems', async () => {
  let exact = 0
  let total = 0
  for (const seed of seeds(200, 1000)) {
    const problem = parseProblem(randomProblem(seed, { people: 4, shifts: 3 }))
    const proposal = await propose(problem, { method: 'flow', bounds: false })
    const upTo = orderOf(problem).indexOf('ownUnit') + 1
    const score = scoreOf(problem, proposal.assignments).slice(0, Math.max(2, upTo))
    total++
    if (compareScores(score, bestScore(problem).slice(0, score.length)) <= 0) exact++
  }
  expect(exact / total).toBeGreaterThan(0.85)
})

test('no bound of the search is better than what the exact optimum reaches', async () => {
  const goodIsMore = new Set(['ownUnit', 'stay', 'standby'])
  let judged = 0
  for (const seed of seeds(200, 3001, smallShare)) {
    const problem = parseProblem(randomProblem(seed, { people: 24, shifts: 6 }))
    const [found, exact] = [await propose(problem, { method: 'flow' }), await propose(problem)]
    const optimum = new Map(exact.quality.goals.map(({ goal, achieved }) => [goal, achieved]))
    for (const { goal, achieved, bound } of found.quality.goals) {
      const sign = goodIsMore.has(goal) ? -1 : 1
      if (bound !== null) {
        judged++
        expect(sign * optimum.get(goal)!, `seed ${seed}, ${goal}`).toBeGreaterThanOrEqual(sign * bound)
      }
      // Later bounds hold for plans that do as well on the goals before.
      if (achieved !== optimum.get(goal)) break
    }
  }
  expect(judged).toBeGreaterThan(800 * smallShare)
})

test('no proposal ever breaks a rule', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
      const problem = parseProblem(randomProblem(seed, { people: 30, shifts: 8 }))
      const proposal = await propose(problem, { method: 'flow', bounds: false })
      expect(validate(problem, proposal)).toEqual([])
    }),
    { numRuns: Math.ceil(2000 * share), seed: 20260304 },
  )
})

test('pins stay, even if another person would be better', async () => {
  for (const seed of seeds(200, 5000)) {
    const problem = randomProblem(seed, { people: 12, shifts: 5 })
    const pin = { vol: 0, shift: problem.shifts.length - 1 }
    const pinned = { ...problem, pins: [pin] }
    if (brokenRules(problem, [pin]).some(({ code }) => code !== 'own_unit') || problem.vol.minor[0]) continue
    const proposal = await propose(parseProblem(pinned), { method: 'flow', bounds: false })
    expect(validate(pinned, proposal), `seed ${seed}`).toEqual([])
    expect(proposal.assignments).toContainEqual(pin)
  }
})

test('the same problem gives the same proposal', async () => {
  const problem = parseProblem(randomProblem(7, { people: 40, shifts: 12 }))
  expect(await propose(problem, { method: 'flow' })).toEqual(await propose(problem, { method: 'flow' }))
})

test('zones that compete for too few people are named together, with the teams they compete for', async () => {
  const problem = parseProblem(
    aProblem({
      people: [{}, {}],
      demand: [
        { min: 1, target: 2, max: 2 },
        { min: 1, target: 1, max: 2 },
      ],
    }),
  )
  const { shortages, competitions } = await propose(problem)
  expect(shortages).toMatchObject([
    {
      kind: 'target',
      missing: 1,
      because: 'elsewhere',
      worthOfOneMore: 1,
      funnel: { all: 2, here: 1, elsewhere: 1, free: 0 },
    },
  ])
  expect(shortages[0]!.competing).toEqual({ set: 0, zones: 1, teams: 1 })
  expect(competitions[0]!.shifts.toSorted()).toEqual([0, 1])
})

test('when the teacher of a class on a running shift drops out, the pupils leave, unless an escort is pinned there', async () => {
  const town = aProblem({
    K: 2,
    people: [{ from: 0, to: 0 }, { minor: 1 }, { minor: 1 }, {}],
    demand: [{ min: 1, target: 3, max: 4 }],
  })
  town.shifts[0]!.frozen = true
  const problem = { ...town, previous: [0, 1, 2].map((vol) => ({ vol, shift: 0 })) }
  const placed = async (input: typeof problem) => {
    const proposal = await propose(parseProblem(input), { method: 'flow' })
    expect(validate(input, proposal)).toEqual([])
    return proposal.assignments.map(({ vol }) => vol).sort()
  }
  expect(await placed(problem)).toEqual([])
  expect(await placed({ ...problem, pins: [{ vol: 3, shift: 0 }] })).toEqual([1, 2, 3])
})
