import { expect, test } from 'vitest'
import { parseProblem } from '#planner/format/parse-problem.ts'
import type { Placement, Problem, Shortage } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { measure } from '#planner/instance/measure.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { propose } from '#planner/propose.ts'
import { brokenRules } from './enumerate.ts'
import { randomProblem } from './random-problem.ts'
import { seeds, share } from './share.ts'

const bookOf = (problem: Problem, assignments: Placement[]) =>
  new RosterBook(compileInstance(problem), assignments)
const on = (shift: number, ...people: number[]) => people.map((vol) => ({ vol, shift }))

test('in optimal plans of small problems no reason is `missed`', async () => {
  for (const seed of seeds(150)) {
    const problem = parseProblem(randomProblem(seed, { people: 8, shifts: 6 }))
    const { shortages } = await propose(problem)
    expect({ seed, missed: shortages.filter(({ because }) => because === 'missed') }).toEqual({
      seed,
      missed: [],
    })
  }
})

test('the stated gain of one more person is the real gain', async () => {
  const tried = { adult: 0, member: 0, skilled: 0, escort: 0 }
  for (const seed of seeds(150)) {
    const problem = parseProblem({ ...randomProblem(seed, { people: 8, shifts: 6 }), ownUnit: 'preferred' })
    const { assignments, shortages } = await propose(problem)
    const before = measure(bookOf(problem, assignments), [])
    for (const shortage of shortages) {
      if (!shortage.oneMore) continue
      const full = assignments.filter(({ shift }) => shift === shortage.shift).length
      if (full + shortage.worthOfOneMore > problem.shifts[shortage.shift]!.max) continue
      const { richer, added } = withOneMore(problem, assignments, shortage)
      expect({ seed, broken: brokenRules(richer, added) }).toEqual({ seed, broken: [] })
      const after = measure(bookOf(richer, added), [])
      const { kind, worthOfOneMore, oneMore } = shortage
      expect(worthOfOneMore).toBe(oneMore.gains[kind])
      for (const goal of ['minimum', 'skill', 'target'] as const)
        if (goal !== 'skill' || kind === 'skill')
          expect({ seed, goal, gain: before[goal] - after[goal] }).toEqual({
            ...{ seed, goal, gain: oneMore.gains[goal] ?? 0 },
          })
      tried[shortage.oneMore.who]++
    }
  }
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(5 * share)
})

/** The problem with the person that `oneMore` speaks of, and the plan with them, and the minors they take along. */
function withOneMore(
  problem: Problem,
  assignments: readonly Placement[],
  { shift, skill, oneMore, worthOfOneMore, levers }: Shortage,
) {
  const richer = structuredClone(problem)
  const { who, team: escorted } = oneMore!
  const joins = who === 'escort' ? escorted! : levers!.find(({ lever }) => lever === 'member')?.teams?.[0]
  const of = joins ?? richer.teams.push({ unit: -1, school: -1, x: 0, y: 0 }) - 1
  const person = { team: of, minor: 0, skills: who === 'skilled' ? 1 << skill! : 0, from: 0, to: 2000 }
  const vol = richer.vol.team.length
  for (const [column, value] of Object.entries({ ...person, hours: 0, barred: 0 }))
    richer.vol[column as keyof Problem['vol']]!.push(value)
  const added = [...assignments, { vol, shift }]
  if (who !== 'escort') return { richer, added }
  const serving = new Set(assignments.map((each) => each.vol))
  const { start, end } = problem.shifts[shift]!
  const waiting = [...problem.vol.team.keys()].filter((each) => {
    const { minor, barred, from, to } = problem.vol
    const free = !serving.has(each) && from[each]! <= start && end <= to[each]!
    const duty = problem.commitments.some((commitment) => commitment.vol === each)
    return free && problem.vol.team[each] === of && minor[each] === 1 && !barred?.[each] && !duty
  })
  return { richer, added: [...added, ...on(shift, ...waiting.slice(0, worthOfOneMore - 1))] }
}
