import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import {
  explainedAt,
  type GoalName,
  type Lever,
  type Problem,
  type Proposal,
  type Shortage,
} from '#planner/index.ts'
import { propose } from '#planner/propose.ts'
import { orderOf } from './enumerate.ts'
import { randomProblem } from './random-problem.ts'
import { seeds, share } from './share.ts'

/** Adds people of a team who are free all day; −1: of a team of their own. */
function add(problem: Problem, heads: number, { team = -1, skills = 0 } = {}): void {
  const of = team < 0 ? problem.teams.push({ unit: -1, school: -1, x: 0, y: 0 }) - 1 : team
  const person = { team: of, minor: 0, skills, from: 0, to: 2000, hours: 0, barred: 0 }
  for (let i = 0; i < heads; i++)
    for (const [column, value] of Object.entries(person))
      problem.vol[column as keyof Problem['vol']]!.push(value)
}

/** The problem after somebody has done what the lever says. */
function pulled(
  before: Problem,
  plan: Proposal,
  { shift, kind, skill, missing }: Shortage,
  lever: Lever,
): Problem {
  const problem = structuredClone(before)
  const asked = problem.shifts[shift]!
  const serving = new Set(plan.assignments.map(({ vol }) => vol))
  const idle = (team: number) =>
    [...problem.vol.team.keys()].filter((person) => {
      const { from, to, minor, barred } = problem.vol
      const free = from[person]! <= asked.start && asked.end <= to[person]! && !serving.has(person)
      const duty = problem.commitments.some(({ vol }) => vol === person)
      return free && problem.vol.team[person] === team && !minor[person] && !barred?.[person] && !duty
    })
  switch (lever.lever) {
    case 'consent':
      problem.vol.barred = problem.vol.barred!.map(() => 0)
      break
    case 'split':
      problem.teams[lever.team!]!.whole = false
      // Where teams are kept together, somebody has to send these people.
      if (kind === 'target' && problem.policy === 'together')
        for (const vol of idle(lever.team!).slice(0, lever.heads)) problem.pins.push({ vol, shift })
      break
    case 'policy':
      problem.policy = 'fill'
      break
    case 'otherTime':
      asked.start = lever.start!
      asked.end = lever.end!
      break
    case 'suitable':
      problem.zones[asked.zone]!.minorsOk = true
      break
    case 'escort':
      add(problem, lever.heads, { team: lever.team! })
      break
    case 'member':
      add(problem, lever.heads, { team: lever.teams![0]! })
      break
    case 'skilled':
      add(problem, lever.heads, { skills: 1 << skill! })
      break
    case 'adult':
      add(problem, lever.heads)
      break
    case 'lowerDemand': {
      if (kind === 'skill') {
        asked.skills = (asked.skills ?? [{ skill: asked.skill!, min: asked.skillMin! }]).map((need) =>
          need.skill === skill ? { ...need, min: need.min - missing } : need,
        )
        delete asked.skill
        delete asked.skillMin
      } else if (kind === 'minimum') asked.min -= missing
      else asked.target -= missing
    }
  }
  return problem
}

/** How much better the second plan is on a goal; `null` if it is better on an earlier one. */
function gainOn(
  goal: GoalName,
  order: readonly GoalName[],
  before: Proposal,
  after: Proposal,
): number | null {
  const value = (plan: Proposal, of: GoalName) =>
    plan.quality.goals.find((each) => each.goal === of)?.achieved ?? 0
  for (const each of order) {
    if (each === goal) break
    const sign = each === 'ownUnit' ? -1 : 1
    if (sign * (value(before, each) - value(after, each)) > 0) return null
  }
  return value(before, goal) - value(after, goal)
}

test('every lever, pulled and solved again, brings what it promised', async () => {
  const broken: object[] = []
  const tried = new Map<string, number>()
  for (const seed of seeds(100, 8001)) {
    const problem = parseProblem(randomProblem(seed, { people: 7, shifts: 4 }))
    const before = await propose(problem, { bounds: false })
    for (const at of before.shortages.keys()) {
      const shortage = explainedAt(before.shortages, at)
      for (const lever of shortage.levers ?? []) {
        const after = await propose(parseProblem(pulled(problem, before, shortage, lever)), { bounds: false })
        const gain = gainOn(shortage.kind, orderOf(problem), before, after)
        tried.set(lever.lever, (tried.get(lever.lever) ?? 0) + 1)
        if (gain !== null && gain < lever.fills) broken.push({ seed, kind: shortage.kind, ...lever, gain })
      }
    }
  }
  expect(broken).toEqual([])
  expect([...tried.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500 * share)
})
