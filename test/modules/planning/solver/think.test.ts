import { expect, test } from 'vitest'
import { parseProblem } from '#modules/planning/parse-problem.ts'
import { think } from '#modules/planning/think.ts'
import { validate } from '#modules/planning/validate.ts'
import { aProblem } from '#test/support/factories/planning.ts'
import { provinceOf } from '../../../../scripts/bench/plan-problem.ts'

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
}, 60_000)

test('cancelling ends the thread at once', async () => {
  const cancel = new AbortController()
  let asked = Number.POSITIVE_INFINITY
  const { stopped } = await think(parseProblem(provinceOf(2)), {
    signal: cancel.signal,
    onProgress: () => {
      asked = Math.min(asked, performance.now())
      cancel.abort()
    },
  })
  expect(stopped).toBe(true)
  // 250 ms are promised on a machine of one's own; tests share theirs.
  expect(performance.now() - asked).toBeLessThan(2_000)
}, 60_000)

test('a plan that was shown is kept when the proof of its bounds is cancelled', async () => {
  const problem = parseProblem({ ...provinceOf(1), policy: 'together' })
  const cancel = new AbortController()
  let asked = Number.POSITIVE_INFINITY
  const { proposal, stopped } = await think(problem, {
    signal: cancel.signal,
    onProgress: (stage) => {
      if (stage !== 'bounding') return
      asked = performance.now()
      cancel.abort()
    },
  })
  expect(performance.now() - asked).toBeLessThan(2_000)
  expect(stopped).toBe(true)
  expect(validate(problem, proposal!)).toEqual([])
}, 60_000)

test('a problem that cannot be planned is refused by name', async () => {
  const problem = { ...aProblem({ people: [{}], demand: [{}] }), pins: [{ vol: 5, shift: 0 }] }
  await expect(think(problem)).rejects.toMatchObject({ code: 'plan.problem_invalid' })
})
