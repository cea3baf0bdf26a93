/**
 * Measures the planner: `npm run bench:plan -- [1] [10] [100] [--json]` prints time, memory and quality for each size, the
 * growth of the processor time, and the results of HiGHS (and CBC, where installed) for the same flow core. Each
 * measurement runs in a separate process; size 1 gives the median of three.
 */
import '../lib/help.ts'
import { spawnSync } from 'node:child_process'
import { cpuPerPerson, type Figures, goalsFor, type Measured } from './plan-goals.ts'

const args = process.argv.slice(2)
const json = args.includes('--json')
const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number)
const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`)
const root = new URL('../../', import.meta.url).pathname

function measure(task: string, size: number): Measured {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4000', 'scripts/bench/plan-measure.ts', task, String(size)],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e8, env: process.env },
  )
  if (status !== 0) throw new Error(`${task} at ${size}× ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Measured
}

/** The run with the median time: of three runs for size 1, of a single run for larger sizes. */
function typical(task: string, size: number): Measured {
  const rounds = Array.from({ length: size === 1 ? 3 : 1 }, () => measure(task, size))
  rounds.sort((a, b) => a.seconds - b.seconds)
  return rounds[Math.floor(rounds.length / 2)]!
}

function sayPlan(task: string, plan: Measured): void {
  say(
    `  ${task}: ${plan.seconds.toFixed(2)} s (${plan.cpuSeconds.toFixed(2)} s of processor), ${plan.memoryMb} MB; linear bounds in ${plan.boundCpuSeconds.toFixed(2)} s of processor more; validated in ${plan.validationSeconds.toFixed(2)} s: ${plan.violations} violations, certificate ${plan.certified ? 'holds' : 'fails'}`,
  )
  if (task === 'replan')
    say(`    after 359 drop-outs and 12 shifts grown by half, ${plan.moved} people moved`)
  for (const { goal, achieved, bound, proof } of plan.goals)
    say(
      `    ${goal.padEnd(9)} ${String(Math.round(achieved)).padStart(10)}   bound ${String(bound === null ? '–' : Math.round(bound)).padStart(9)}  ${proof ?? ''}`,
    )
  say(
    `    team parts ${plan.parts.count}, raw decoding of the flow ${plan.parts.rawCount}, at least ${plan.parts.floor}; target seats in all ${plan.targetSeats}`,
  )
}

function sayCore(core: Measured): void {
  const same = (cost: number) => (Math.abs(cost - core.cost) < 1 ? 'equal' : 'DIFFERENT')
  say(
    `  flow core: ${core.nodes} nodes, ${core.arcs} arcs, cost ${core.cost}, ${core.cpuSeconds.toFixed(2)} s of processor`,
  )
  if (core.highsCost === null) say('    HiGHS as WebAssembly runs out of memory on it')
  else
    say(
      `    HiGHS: ${same(core.highsCost)}, ${core.highsCpuSeconds!.toFixed(2)} s of processor, ${(core.highsCpuSeconds! / core.cpuSeconds).toFixed(1)} times as long`,
    )
  say(core.cbcCost === null ? '    CBC is not installed' : `    CBC: ${same(core.cbcCost)}`)
}

const figures: Figures = {}
for (const size of sizes.length > 0 ? sizes : [1, 10]) {
  const fill = typical('fill', size)
  say(`${size}×: ${fill.people} people, ${fill.teams} teams, ${fill.zones} zones, ${fill.shifts} shifts`)
  sayPlan('fill', fill)
  const at: Figures[string] = { fill }
  figures[size] = at
  if (size <= 10) {
    at.together = typical('together', size)
    sayPlan('together', at.together)
    at.core = measure('core', size)
    sayCore(at.core)
  }
  if (size === 1) {
    at.replan = typical('replan', size)
    sayPlan('replan', at.replan)
  }
}
for (const line of cpuPerPerson(figures)) say(line)
const goals = goalsFor(figures)
say('')
for (const { name, goal, measured, met } of goals) say(`${met ? '✓' : '✗'} ${name}: ${measured} (${goal})`)
if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
