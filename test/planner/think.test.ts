import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import { think } from '#planner/think.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'
import { provinceOf } from '../../scripts/bench/plan-problem.ts'

test('a whole city is planned in a thread while the event loop goes on, and the plan is valid', async () => {
  const problem = parseProblem(provinceOf(1))
  const stages: string[] = []
  let turns = 0
  const ticking = setInterval(() => turns++, 5)
  const { proposal, stopped } = await think(problem, { onProgress: (stage) => stages.push(stage) })
  clearInterval(ticking)
  expect(stopped).toBe(false)
  expect(validate(problem, proposal!)).toEqual([])
  expect(stages).toEqual(
    expect.arrayContaining(['placing', 'escorting', 'gathering', 'explaining', 'bounding', 'validating']),
  )
  expect(turns).toBeGreaterThan(20)
})

test('cancelling ends the thread before it has a plan', async () => {
  const cancel = new AbortController()
  const stages: string[] = []
  const { stopped, proposal } = await think(parseProblem(provinceOf(2)), {
    signal: cancel.signal,
    onProgress: (stage) => {
      stages.push(stage)
      cancel.abort()
    },
  })
  expect({ stopped, proposal }).toEqual({ stopped: true, proposal: null })
  expect(stages).not.toContain('validating')
})

test('cancelling during the bounds keeps the plan that was shown', async () => {
  const problem = parseProblem({ ...provinceOf(1), policy: 'together' })
  const cancel = new AbortController()
  const stages: string[] = []
  const { proposal, stopped } = await think(problem, {
    signal: cancel.signal,
    onProgress: (stage) => {
      stages.push(stage)
      if (stage === 'bounding') cancel.abort()
    },
  })
  expect(stopped).toBe(true)
  expect(validate(problem, proposal!)).toEqual([])
})

test('a problem that cannot be planned is refused by name', async () => {
  const problem = { ...aProblem({ people: [{}], demand: [{}] }), pins: [{ vol: 5, shift: 0 }] }
  await expect(think(problem)).rejects.toMatchObject({ code: 'plan.problem_invalid' })
})
