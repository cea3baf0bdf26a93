/**
 * Measures roster planning: `npm run bench:roster -- [--json]` plans a month of weekly shifts in several variants, and
 * prints the processor time and the quality of each plan.
 */
import '../lib/help.ts'
import { parseProblem, propose, validate } from '#planner/direct.ts'
import type { Goal } from '#planner/index.ts'
import { type RosterWanted, rosterProblem } from './roster-problem.ts'

const json = process.argv.includes('--json')
const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`)

async function planned(input: unknown) {
  const problem = parseProblem(input)
  const before = process.cpuUsage()
  const proposal = await propose(problem)
  const { user, system } = process.cpuUsage(before)
  const { goals, people, certificate } = proposal.quality
  return {
    people: problem.vol.team.length,
    shifts: problem.shifts.length,
    placements: people.placements,
    cpuSeconds: (user + system) / 1e6,
    violations: validate(problem, proposal).length,
    certified: certificate?.holds ?? false,
    goals,
  }
}

/** The named goals that do not reach their bound. In the exact variants there must be none. */
function belowBound(goals: readonly Goal[], names: readonly string[]): string[] {
  return goals
    .filter(({ goal, achieved, bound }) => names.includes(goal) && achieved !== bound)
    .map(({ goal }) => goal)
}

const variants: [name: string, wanted: RosterWanted][] = [
  ['equal lengths', {}],
  ['equal lengths, pupils with teachers', { minors: true }],
  ['unequal lengths', { uneven: true }],
]
const figures: Record<string, Awaited<ReturnType<typeof planned>>> = {}
for (const [name, wanted] of variants)
  for (const policy of ['fill', 'together'] as const) {
    const plan = await planned({ ...rosterProblem(wanted), policy })
    figures[`${name}, ${policy}`] = plan
    say(
      `a month, ${name}, ${policy}: ${plan.people} people, ${plan.shifts} shifts, ${plan.placements} placements; ${plan.cpuSeconds.toFixed(1)} s of processor, ${plan.violations} violations, certificate ${plan.certified ? 'holds' : 'fails'}`,
    )
    for (const { goal, achieved, bound, proof } of plan.goals)
      say(
        `    ${goal.padEnd(9)} ${String(Math.round(achieved)).padStart(10)}   bound ${String(bound === null ? '–' : Math.round(bound)).padStart(9)}  ${proof ?? ''}`,
      )
  }

const all = Object.values(figures)
const violations = all.reduce((sum, plan) => sum + plan.violations, 0)
const certified = all.filter((plan) => plan.certified).length
const left = [
  ...belowBound(figures['equal lengths, fill']!.goals, ['minimum', 'skill', 'ownUnit', 'target', 'evenness']),
  ...belowBound(figures['equal lengths, together']!.goals, ['minimum', 'skill', 'ownUnit']),
]
const goals = [
  { name: 'violations', goal: '0', measured: String(violations), met: violations === 0 },
  {
    name: 'certificates that hold',
    goal: String(all.length),
    measured: String(certified),
    met: certified === all.length,
  },
  {
    name: 'equal lengths: goals not at their bound',
    goal: 'none',
    measured: left.join(', ') || 'none',
    met: left.length === 0,
  },
]
say('')
for (const { name, goal, measured, met } of goals) say(`${met ? '✓' : '✗'} ${name}: ${measured} (${goal})`)
if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
