import { expect, test } from 'vitest'
import type { Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { StructureFinder, type StructureSide } from '#planner/roster/roster-structure.ts'
import { aProblem } from '#test/support/factories/planner.ts'

const day = 1440
const zone = { district: 0, x: 0, y: 0, kind: 0, minorsOk: true, unit: -1 }

function structureOf(
  times: [start: number, end: number, zone?: number][],
  rules: Partial<Problem> = {},
  side: StructureSide = 'outer',
) {
  const zones = [zone, { ...zone, x: 2000 }]
  const demand = times.map(([start, end, at = 0]) => ({ start, end, zone: at }))
  const instance = compileInstance(aProblem({ demand, zones, ...rules }))
  const { weeks, faults } = new StructureFinder(instance).structureOf([...instance.windows.keys()], [], side)
  return {
    weeks: weeks.map(({ cap, days }) => [cap, days.map((each) => [each.cap, each.cliques.length])]),
    faults: [...faults],
  }
}

test('shifts of one length make hours a week a number of shifts', () => {
  const twoDays: [number, number][] = [
    [2 * day + 840, 2 * day + 960],
    [5 * day + 840, 5 * day + 960],
    [12 * day + 840, 12 * day + 960],
  ]
  expect(structureOf(twoDays, { hoursPerWeek: 3.5 })).toEqual({
    weeks: [
      [
        1,
        [
          [1, 1],
          [1, 1],
        ],
      ],
      [1, [[1, 1]]],
    ],
    faults: [],
  })
  expect(structureOf(twoDays, { hoursPerWeek: 4 }).weeks[0]![0]).toBe(2)
})

test('with unequal lengths the bound of a week uses the shortest shifts, and the plan the longest', () => {
  const lengths: [number, number][] = [
    [2 * day + 600, 2 * day + 660],
    [3 * day + 600, 3 * day + 720],
    [4 * day + 600, 4 * day + 780],
  ]
  const rules = { hoursPerWeek: 4 }
  expect(structureOf(lengths, rules)).toMatchObject({
    weeks: [
      [
        2,
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
      ],
    ],
    faults: ['lengths'],
  })
  expect(structureOf(lengths, rules, 'inner').weeks[0]![0]).toBe(1)
})

test('windows exclude each other if travel does not fit between them; a day has no fault if that is always or never the case', () => {
  const slots = (gap: number): [number, number, number][] =>
    [0, 1].flatMap((at): [number, number, number][] => [
      [480, 600, at],
      [600 + gap, 720 + gap, at],
    ])
  const rules = { shiftsPerPerson: 2 }
  // 2000 metres are ten minutes on the way, and ten of buffer.
  expect(structureOf(slots(20), rules)).toEqual({ weeks: [[2, [[2, 2]]]], faults: [] })
  expect(structureOf(slots(19), rules)).toEqual({ weeks: [[2, [[2, 2]]]], faults: ['ways'] })
  expect(structureOf(slots(19), rules, 'inner').weeks).toEqual([[1, [[1, 1]]]])
  expect(structureOf(slots(19), { ...rules, restMinutes: 30 })).toEqual({
    weeks: [[1, [[1, 1]]]],
    faults: [],
  })
  expect(structureOf(slots(19))).toEqual({ weeks: [[1, [[1, 2]]]], faults: [] })
})

test('a rest that reaches over midnight breaks the structure, unless the week allows one shift only', () => {
  const night: [number, number][] = [
    [day + 1200, day + 1320],
    [2 * day + 480, 2 * day + 600],
  ]
  expect(structureOf(night, { restMinutes: 660 }).faults).toEqual(['nights'])
  expect(structureOf(night, { restMinutes: 600 }).faults).toEqual([])
  expect(structureOf(night, { restMinutes: 660, hoursPerWeek: 2 }).faults).toEqual([])
})
