import { parseProblem } from '#modules/planning/parse-problem.ts'
import { propose } from '#modules/planning/propose.ts'
import { validate } from '#modules/planning/validate.ts'
import { type RosterWanted, rosterProblem } from './roster-problem.ts'

/** Plans a month of weekly shifts in the variants that differ in structure, and says what it cost and how good it is. */
export async function benchRosters(say: (text: string) => void): Promise<void> {
  const variants: [name: string, wanted: RosterWanted][] = [
    ['equal lengths', {}],
    ['equal lengths, pupils with teachers', { minors: true }],
    ['unequal lengths', { uneven: true }],
  ]
  for (const [name, wanted] of variants)
    for (const policy of ['fill', 'together'] as const)
      await one(name, { ...rosterProblem(wanted), policy }, say)
}

async function one(name: string, input: unknown, say: (text: string) => void): Promise<void> {
  const problem = parseProblem(input)
  const { vol, shifts } = problem
  const before = process.cpuUsage()
  const proposal = await propose(problem)
  const { user, system } = process.cpuUsage(before)
  const violations = validate(problem, proposal).length
  const { quality } = proposal
  say(
    `a month, ${name}, ${problem.policy}: ${vol.team.length} people, ${shifts.length} shifts, ${quality.people.placements} placements; ${((user + system) / 1e6).toFixed(1)} s of processor, ${violations} violations, certificate ${quality.certificate?.holds ? 'holds' : 'fails'}`,
  )
  for (const { goal, achieved, bound, proof } of quality.goals)
    say(
      `    ${goal.padEnd(9)} ${String(Math.round(achieved)).padStart(10)}   bound ${String(bound === null ? '–' : Math.round(bound)).padStart(9)}  ${proof ?? ''}`,
    )
}

if (import.meta.main) await benchRosters((text) => process.stdout.write(`${text}\n`))
