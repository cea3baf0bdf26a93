import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { Placement, Problem, Proposal } from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { validate } from '#planner/validate/validate.ts'
import { aProblem } from '#test/support/factories/planner.ts'

/** Two zones 4 km apart, the second not for minors; two teams, the first with a minor. */
function town(more: Partial<Problem> = {}): Problem {
  return aProblem({
    K: 1,
    units: [{ district: 0 }, { district: 0 }],
    teams: [
      { unit: 0, school: -1, x: 0, y: 0 },
      { unit: 1, school: -1, x: 0, y: 0 },
    ],
    zones: [
      { district: 0, x: 0, y: 0, kind: 0, minorsOk: true, unit: -1 },
      { district: 0, x: 4000, y: 0, kind: 0, minorsOk: false, unit: -1 },
    ],
    people: [{ minor: 1 }, {}, { skills: 3 }, { team: 1 }, { team: 1, skills: 1 }, { team: 1, barred: 1 }],
    demand: [
      { zone: 0, start: 540, end: 600, target: 2, max: 3 },
      { zone: 0, start: 570, end: 630, target: 1, max: 2 },
      { zone: 1, start: 610, end: 670, target: 1, max: 2 },
      { zone: 0, start: 700, end: 760, target: 0, max: 2 },
    ],
    shiftsPerPerson: 3,
    ...more,
  })
}

/** The planner's own proposal with other placements, its figures made to fit: only the injected fault is left. */
async function injected(problem: Problem, assignments: Placement[]): Promise<string[]> {
  const proposal = await propose(parseProblem({ ...problem, pins: [] }))
  return codes(problem, { ...proposal, assignments, standby: [] })
}

function codes(problem: Problem, proposal: Proposal): string[] {
  const found = validate(problem, proposal).map(({ code }) => code)
  return [...new Set(found)].filter((code) => code !== 'figures')
}

const at = (vol: number, shift: number): Placement => ({ vol, shift })

test('a proposal of the planner has nothing wrong with it', async () => {
  const problem = parseProblem(town())
  expect(validate(problem, await propose(problem))).toEqual([])
})

test.each<[string, Partial<Problem>, Placement[]]>([
  ['max', {}, [at(1, 1), at(2, 1), at(3, 1)]],
  ['overlap', {}, [at(1, 0), at(1, 1)]],
  ['travel', {}, [at(1, 0), at(1, 2)]],
  ['rest', { restMinutes: 120 }, [at(1, 0), at(1, 3)]],
  ['too_many', { shiftsPerPerson: 1 }, [at(1, 0), at(1, 3)]],
  ['hours', { hoursPerWeek: 1 }, [at(1, 0), at(1, 3)]],
  ['hours', { hoursPerWeek: 0.5 }, [at(1, 0)]],
  ['minor_zone', { K: 10 }, [at(0, 2), at(1, 2)]],
  ['ratio', {}, [at(0, 0), at(3, 0)]],
  ['pin', { pins: [at(1, 0)] }, []],
  ['barred', {}, [at(5, 0)]],
  ['duplicate', {}, [at(1, 0), at(1, 0)]],
  ['unknown', {}, [at(99, 0)]],
  ['overlap', { commitments: [{ vol: 1, start: 560, end: 570, x: 0, y: 0 }] }, [at(1, 0)]],
  ['travel', { commitments: [{ vol: 1, start: 605, end: 650, x: 0, y: 0 }] }, [at(1, 0)]],
])('an injected fault is caught under its own name: %s', async (code, more, assignments) => {
  expect(await injected(town(more), assignments)).toEqual([code])
})

test('a person outside their hours, a split team, a changed frozen shift are named', async () => {
  const late = town()
  late.vol.from[1] = 600
  expect(await injected(late, [at(1, 0)])).toEqual(['unavailable'])
  const whole = town()
  whole.teams[1]!.whole = true
  expect(await injected(whole, [at(3, 0), at(4, 1)])).toEqual(['whole'])
  const frozen = town({ previous: [at(1, 0)] })
  frozen.shifts[0]!.frozen = true
  expect(await injected(frozen, [at(1, 0), at(3, 0)])).toEqual(['frozen'])
  expect(await injected(frozen, [])).toEqual(['frozen'])
})

test('under hard, serving elsewhere while an own zone is short is named', async () => {
  const problem = town({ ownUnit: 'hard' })
  problem.zones[1]!.unit = 1
  expect(await injected(problem, [at(3, 0)])).toEqual(['own_unit'])
})

test('one person counted for two skills is named, and so are false figures', async () => {
  const problem = parseProblem(
    aProblem({
      people: [{ skills: 3 }, {}],
      demand: [
        {
          min: 2,
          target: 2,
          max: 2,
          skills: [
            { skill: 0, min: 1 },
            { skill: 1, min: 1 },
          ],
        },
      ],
    }),
  )
  const proposal = await propose(problem)
  expect(validate(problem, proposal)).toEqual([])
  const goals = proposal.quality.goals.map((goal) =>
    goal.goal === 'skill' ? { ...goal, achieved: 0 } : goal,
  )
  const boasting = { ...proposal, shortages: [], quality: { ...proposal.quality, goals } }
  expect(validate(problem, boasting).map(({ code }) => code)).toEqual(['skill_twice'])
  const empty = { ...proposal, assignments: [] }
  expect(new Set(validate(problem, empty).map(({ code }) => code))).toEqual(new Set(['figures']))
})

test('somebody held in reserve neither serves nor is a minor', async () => {
  const problem = parseProblem(town())
  const proposal = await propose(problem)
  expect(codes(problem, { ...proposal, standby: [0] })).toEqual(['standby'])
  expect(
    codes(problem, { ...proposal, standby: [proposal.assignments.find(({ vol }) => vol > 0)!.vol] }),
  ).toEqual(['standby'])
})

test('people are matched to thirty needs of one shift quickly', () => {
  const skills = Array.from({ length: 30 }, (_, skill) => ({ skill, min: 1 }))
  const people = skills.map(({ skill }) => ({ skills: (1 << skill) | (1 << ((skill + 1) % 30)) }))
  const problem = aProblem({ people, demand: [{ target: 30, max: 30, skills }] })
  const assignments = people.map((_, vol) => ({ vol, shift: 0 }))
  expect(codes(problem, { ...noFigures, assignments })).toEqual([])
  expect(codes(problem, { ...noFigures, assignments: assignments.slice(1) })).toEqual(['skill_twice'])
})

const noFigures: Proposal = {
  assignments: [],
  standby: [],
  shortages: [],
  competitions: [],
  headlines: [],
  explained: { shortages: 0, full: 0 },
  quality: {
    policy: 'fill',
    goals: [],
    people: { placeable: 0, placed: 0, placements: 0, standby: 0 },
    parts: { count: 0, floor: 0, rawCount: 0, smallest: 0 },
    certificate: null,
  },
}
