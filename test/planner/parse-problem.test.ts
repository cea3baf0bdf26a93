import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { PlannerError } from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { aProblem } from '#test/support/factories/planner.ts'

function faultsOf(problem: unknown): { at: string; code: string }[] {
  try {
    parseProblem(problem)
    return []
  } catch (error) {
    const { faults } = (error as PlannerError).details as { faults: { at: string; code: string }[] }
    return faults.map(({ at, code }) => ({ at, code }))
  }
}

const valid = () =>
  aProblem({ people: [{}, { minor: 1 }, { from: 900, to: 1000 }], demand: [{}, { start: 600, end: 700 }] })

test('a problem in the format is read as it is', () => {
  expect(parseProblem(valid())).toEqual(valid())
})

test('unknown and missing keys are named', () => {
  const { K: _, ...withoutK } = valid()
  expect(faultsOf({ ...withoutK, weather: 'rain' })).toEqual(
    expect.arrayContaining([
      { at: 'weather', code: 'unknown_key' },
      { at: '(top)', code: 'missing_key' },
    ]),
  )
  const nested = valid()
  Object.assign(nested.shifts[1]!, { colour: 'red' })
  expect(faultsOf(nested)).toEqual([{ at: 'shifts[1].colour', code: 'unknown_key' }])
})

test('negative counts are named', () => {
  const problem = valid()
  problem.shifts[0]!.min = -1
  expect(faultsOf(problem)).toEqual([{ at: 'shifts[0].min', code: 'negative' }])
})

test('positions that do not exist, ragged columns and demand out of order are named', () => {
  const problem = valid()
  problem.vol.team[2] = 9
  problem.vol.hours.pop()
  problem.shifts[0]!.target = 5
  problem.commitments.push({ vol: 7, start: 0, end: 10, x: 0, y: 0 })
  expect(faultsOf(problem)).toEqual([
    { at: 'vol.hours', code: 'ragged' },
    { at: 'vol.team[2]', code: 'no_such_position' },
    { at: 'shifts[0]', code: 'demand_order' },
    { at: 'commitments[0].vol', code: 'no_such_position' },
  ])
})

test('pins nobody could keep are named, each alone and together', () => {
  const alone = { ...valid(), pins: [{ vol: 2, shift: 0 }] }
  expect(faultsOf(alone)).toEqual([{ at: 'pins[0]', code: 'impossible_pin' }])
  const overlapping = {
    ...valid(),
    pins: [
      { vol: 0, shift: 0 },
      { vol: 0, shift: 1 },
    ],
  }
  expect(faultsOf(overlapping)).toEqual([{ at: 'pins[1]', code: 'impossible_pin' }])
  const tooMany = { ...valid(), pins: [0, 1, 3].map((vol) => ({ vol, shift: 0 })) }
  tooMany.vol = aProblem({ people: [{}, {}, {}, {}] }).vol
  expect(faultsOf(tooMany)).toEqual([{ at: 'pins[2]', code: 'impossible_pin' }])
})

test('coordinates beyond a province and counts beyond 31 bits are named', () => {
  const far = valid()
  far.teams[0]!.x = 12_000_000
  far.zones[0]!.y = -1e300
  far.commitments.push({ vol: 0, start: 0, end: 10, x: 0, y: 3e6 })
  expect(faultsOf(far)).toEqual([
    { at: 'teams[0].x', code: 'too_far' },
    { at: 'commitments[0].y', code: 'too_far' },
    { at: 'zones[0].y', code: 'too_far' },
  ])
  const large = valid()
  large.shifts[0]!.max = 2 ** 31
  large.vol.hours[1] = 1e9
  large.K = 2 ** 40
  expect(faultsOf(large).toSorted((a, b) => (a.at < b.at ? -1 : 1))).toEqual([
    { at: 'K', code: 'too_large' },
    { at: 'shifts[0].max', code: 'too_large' },
    { at: 'vol.hours[1]', code: 'too_large' },
  ])
  const together = valid()
  for (const shift of together.shifts) shift.max = 2 ** 31 - 1
  expect(faultsOf(together)).toEqual([{ at: 'shifts', code: 'too_large' }])
})

test('a shift may ask for as many as 31 bits hold', async () => {
  const problem = aProblem({ people: [{}, {}], demand: [{ target: 2 ** 31 - 1, max: 2 ** 31 - 1 }] })
  const plan = await propose(parseProblem(problem), { method: 'flow' })
  expect(plan.assignments).toHaveLength(2)
})

/** A reference instance that may lie beside the repository. */
const reference = resolve(import.meta.dirname, '../../../shared/data/planning/event-1x.json')
test.runIf(existsSync(reference))('the reference day is a valid problem', () => {
  expect(parseProblem(JSON.parse(readFileSync(reference, 'utf8'))).shifts).toHaveLength(700)
})
