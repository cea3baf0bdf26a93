/**
 * Measures the planner: `npm run bench:plan -- [1] [10] [100]` prints time, memory and quality at each size, and, as far as
 * they can solve it, what HiGHS (and CBC, where installed) find on the same flow core in the same run.
 * The reference day is read from PLAN_FILE where given; larger sizes are generated.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Policy, Problem, Proposal } from '#modules/planning/index.ts'
import { parseProblem } from '#modules/planning/parse-problem.ts'
import { propose } from '#modules/planning/propose.ts'
import { signOf } from '#modules/planning/solver/escort-bound.ts'
import { FlowCore } from '#modules/planning/solver/export.ts'
import { boundText, goalToExport } from '#modules/planning/solver/export-bound.ts'
import { highs } from '#modules/planning/solver/highs.ts'
import { compileInstance } from '#modules/planning/solver/instance.ts'
import { validate } from '#modules/planning/validate.ts'
import type { PlanStage } from '#modules/planning/words.ts'
import { provinceOf } from './plan-problem.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
const reference = process.env.PLAN_FILE ?? '../shared/data/planning/event-1x.json'

/** HiGHS as WebAssembly has at most 4 GB: beyond this size it aborts. */
const oracleSizeMax = 1

interface Timed<T> {
  result: T
  seconds: number
  cpuSeconds: number
}

async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const result = await work()
  return { result, ...since(started, cpu) }
}

function since(started: number, cpu: NodeJS.CpuUsage): Omit<Timed<unknown>, 'result'> {
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}

function problemOf(size: number): Problem {
  const input =
    size === 1 && existsSync(reference) ? JSON.parse(readFileSync(reference, 'utf8')) : provinceOf(size)
  return parseProblem(input)
}

/** Plans, and takes apart the time until the plan is complete and that for the linear bounds after it. */
async function planned(problem: Problem): Promise<Timed<Proposal> & { boundCpuSeconds: number }> {
  let complete: Timed<null> | undefined
  const cpu = process.cpuUsage()
  const started = performance.now()
  const onProgress = (stage: PlanStage) => {
    if (stage === 'bounding') complete = { result: null, ...since(started, cpu) }
  }
  const all = await timed(() => propose(problem, { onProgress }))
  const { seconds, cpuSeconds } = complete ?? all
  return {
    result: all.result,
    seconds,
    cpuSeconds,
    boundCpuSeconds: complete ? all.cpuSeconds - cpuSeconds : 0,
  }
}

async function plan(problem: Problem, policy: Policy): Promise<void> {
  const { result, seconds, cpuSeconds, boundCpuSeconds } = await planned({ ...problem, policy })
  const judged = await timed(() => validate({ ...problem, policy }, result))
  const total = problem.shifts.reduce((sum, { target }) => sum + target, 0)
  say(
    `  ${policy}: ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor), validated in ${judged.seconds.toFixed(2)} s: ${judged.result.length} violations, certificate ${result.quality.certificate?.holds ? 'holds' : 'fails'}, linear bounds in ${boundCpuSeconds.toFixed(2)} s of processor more`,
  )
  for (const { goal, achieved, bound, proof } of result.quality.goals)
    say(
      `    ${goal.padEnd(9)} ${String(Math.round(achieved)).padStart(10)}   bound ${String(bound === null ? '–' : Math.round(bound)).padStart(9)}  ${proof ?? ''}`,
    )
  say(
    `    parts ${result.quality.parts.count}, raw decoding ${result.quality.parts.rawCount}; target seats in all ${total}`,
  )
  if (problem.vol.team.length < 50_000) compareBound({ ...problem, policy }, result)
  if (policy === 'fill' && problem.vol.team.length < 50_000) await replan(problem, result)
}

/** 359 people drop out, twelve shifts grow by half: who moves, when people move only for a minimum? */
async function replan(problem: Problem, { assignments }: Proposal): Promise<void> {
  const changed = structuredClone(problem)
  const step = Math.floor(assignments.length / 359)
  for (let i = 0; i < 359; i++) {
    const { vol } = assignments[i * step]!
    if (problem.pins.some((pin) => pin.vol === vol)) continue
    changed.vol.from[vol] = 0
    changed.vol.to[vol] = 0
  }
  for (let i = 0; i < 12; i++) {
    const shift = changed.shifts[i * 55 + 7]!
    for (const key of ['min', 'target', 'max'] as const) shift[key] = Math.ceil(shift[key] * 1.5)
  }
  const input = {
    ...changed,
    policy: 'fill' as const,
    stability: 'onlyForMinimum' as const,
    previous: assignments,
  }
  const { result, seconds, cpuSeconds, boundCpuSeconds } = await planned(input)
  const before = new Map(assignments.map(({ vol, shift }) => [vol, shift]))
  const able = (vol: number) => changed.vol.to[vol]! > 0
  const after = new Map(result.assignments.map(({ vol, shift }) => [vol, shift]))
  const moved = [...before].filter(([vol, shift]) => able(vol) && after.get(vol) !== shift).length
  const minimum = result.quality.goals.find(({ goal }) => goal === 'minimum')!.achieved
  say(
    `    re-plan after 359 drop-outs and 12 shifts grown by half: ${moved} moved, ${minimum} minimum short, ${validate(input, result).length} violations, ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor), linear bounds in ${boundCpuSeconds.toFixed(2)} s more`,
  )
}

async function compareCore(problem: Problem, size: number): Promise<void> {
  const own = await timed(() => new FlowCore(problem))
  const core = own.result
  const { net } = core.model
  say(
    `  flow core: ${net.nodes} nodes, ${net.arcs - net.firstArc} arcs, cost ${core.cost}, certified ${core.certified}, ${own.cpuSeconds.toFixed(2)} s of processor`,
  )
  if (size > oracleSizeMax) return
  const text = [...core.lp()].join('\n')
  const solver = await highs()
  const oracle = await timed(() => solver.solve(text, { output_flag: false }))
  const same = Math.abs(oracle.result.ObjectiveValue - core.cost) < 0.5
  say(
    `  highs on the same core: ${oracle.result.Status}, cost ${oracle.result.ObjectiveValue}, ${same ? 'equal' : 'DIFFERENT'}, ${oracle.cpuSeconds.toFixed(2)} s of processor, ${(oracle.cpuSeconds / own.cpuSeconds).toFixed(1)} times as long`,
  )
  compareCbc(text, core.cost)
}

/** What CBC finds on a program; null: it is not installed. */
function cbcOn(lines: Iterable<string>): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'muster-plan-'))
  try {
    const file = join(folder, 'program.lp')
    const answer = join(folder, 'solution.txt')
    writeFileSync(file, [...lines].join('\n'))
    // On its output CBC rounds to eight digits, in the solution it does not.
    execFileSync('cbc', [file, 'solve', 'solution', answer, 'quit'], { stdio: 'ignore' })
    const [said] = readFileSync(answer, 'utf8').split('\n')
    return Number(/objective value\s+(-?[\d.e+]+)/.exec(said!)?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compareCbc(text: string, cost: number): void {
  const found = cbcOn([text])
  if (found === null) say('  cbc is not installed')
  else say(`  cbc on the same core: ${found}, ${Math.abs(found - cost) < 0.5 ? 'equal' : 'DIFFERENT'}`)
}

/** The bound that matters most, checked by CBC on the exported program. */
function compareBound(problem: Problem, { quality: { goals } }: Proposal): void {
  const instance = compileInstance(problem)
  const goal = goalToExport(instance, goals)
  const { bound, proof } = goals.find((each) => each.goal === goal)!
  const lines = boundText(instance, goals, goal)
  const found = lines && cbcOn(lines)
  if (found === null || bound === null) return
  const cbc = signOf(goal) * Math.ceil(found - 1e-6) + 0
  say(`    cbc on the linear program of ${goal}: ${cbc}, shown is ${bound} (${proof})`)
}

const sizes = process.argv.slice(2).map(Number).filter(Boolean)
for (const size of sizes.length > 0 ? sizes : [1, 10]) {
  const problem = problemOf(size)
  say(
    `${size}×: ${problem.vol.team.length} people, ${problem.teams.length} teams, ${problem.zones.length} zones, ${problem.shifts.length} shifts`,
  )
  await plan(problem, 'fill')
  if (size < 100) await plan(problem, 'together')
  if (size <= 10) await compareCore(problem, size)
  say(`  largest memory so far ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
}
