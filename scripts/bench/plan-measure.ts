/**
 * One measurement of the planner, in a separate process so that its memory can be measured:
 * `node scripts/bench/plan-measure.ts TASK SIZE`, where TASK is `fill`, `together`, `replan` or `core`.
 * Prints one JSON object. The reference day (size 1) is read from PLAN_FILE where that exists; the rest is generated.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FlowCore, highs, propose, validate } from '#planner/direct.ts'
import type { Policy, Problem, Proposal } from '#planner/index.ts'
import { dayOf } from './plan-problem.ts'

interface Timed<T> {
  result: T
  seconds: number
  cpuSeconds: number
}

async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { result, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}

/**
 * Makes and validates a plan. Measures two times: until the plan is complete and certified, and for the linear bounds.
 */
async function plan(problem: Problem) {
  let bounding = { seconds: 0, cpuSeconds: 0 }
  const { cpuUsage } = process
  const started = performance.now()
  const cpu = cpuUsage()
  const { result, seconds, cpuSeconds } = await timed(() =>
    propose(problem, {
      onProgress: (stage) => {
        const { user, system } = cpuUsage(cpu)
        if (stage === 'bounding')
          bounding = { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
      },
    }),
  )
  const judged = await timed(() => validate(problem, result))
  return {
    result,
    figures: {
      seconds: bounding.seconds,
      cpuSeconds: bounding.cpuSeconds,
      boundSeconds: seconds - bounding.seconds,
      boundCpuSeconds: cpuSeconds - bounding.cpuSeconds,
      validationSeconds: judged.seconds,
      violations: judged.result.length,
      goals: result.quality.goals,
      parts: result.quality.parts,
      certified: result.quality.certificate?.holds ?? false,
    },
  }
}

/**
 * Re-plans after 359 people drop out and twelve shifts grow by half. Counts the people moved; they may move only to
 * reach a minimum.
 */
async function replan(problem: Problem) {
  const before = await propose({ ...problem, policy: 'fill' })
  const input = disturbed(problem, before)
  const { result, figures } = await plan(input)
  const after = new Map(result.assignments.map(({ vol, shift }) => [vol, shift]))
  const moved = before.assignments.filter(({ vol, shift }) => {
    return input.vol.to[vol]! > 0 && after.get(vol) !== shift
  })
  return { ...figures, moved: moved.length }
}

function disturbed(problem: Problem, { assignments }: Proposal): Problem {
  const changed = structuredClone(problem)
  const pinned = new Set(problem.pins.map(({ vol }) => vol))
  const step = Math.floor(assignments.length / 359)
  for (const { vol } of assignments.filter((_, at) => at % step === 0 && at / step < 359)) {
    if (pinned.has(vol)) continue
    changed.vol.from[vol] = 0
    changed.vol.to[vol] = 0
  }
  for (let i = 0; i < 12; i++) {
    const shift = changed.shifts[i * 55 + 7]!
    for (const key of ['min', 'target', 'max'] as const) shift[key] = Math.ceil(shift[key] * 1.5)
  }
  return { ...changed, policy: 'fill', stability: 'onlyForMinimum', previous: assignments }
}

/** Solves the flow core with the planner's own network simplex, and with other solvers from the exported LP text. */
async function core(problem: Problem) {
  const own = await timed(() => new FlowCore(problem))
  const { net } = own.result.model
  const text = [...own.result.lp()].join('\n')
  const figures = {
    nodes: net.nodes,
    arcs: net.arcs - net.firstArc,
    cost: own.result.cost,
    certified: own.result.certified,
    cpuSeconds: own.cpuSeconds,
    cbcCost: await cbc(text),
  }
  try {
    const solver = await highs()
    const oracle = await timed(() => solver.solve(text, { output_flag: false }))
    const { ObjectiveValue: cost } = oracle.result
    return { ...figures, highsCost: cost, highsCpuSeconds: oracle.cpuSeconds }
  } catch {
    // WebAssembly has at most 4 GB of memory; HiGHS aborts when it needs more.
    return { ...figures, highsCost: null, highsCpuSeconds: null }
  }
}

/** The cost that CBC finds for the same LP text; null when CBC is not installed. */
async function cbc(text: string): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-plan-'))
  try {
    const [model, solution] = [join(folder, 'core.lp'), join(folder, 'solution')]
    writeFileSync(model, text)
    execFileSync('cbc', [model, 'solve', 'solution', solution], { stdio: 'ignore' })
    return Number(/objective value\s+(-?[\d.e+]+)/i.exec(readFileSync(solution, 'utf8'))?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const [task = '', size = '1'] = process.argv.slice(2)
const problem = dayOf(Number(size))
const measured =
  task === 'core'
    ? await core(problem)
    : task === 'replan'
      ? await replan(problem)
      : (await plan({ ...problem, policy: task as Policy })).figures
const { vol, teams, zones, shifts } = problem
process.stdout.write(
  JSON.stringify({
    people: vol.team.length,
    teams: teams.length,
    zones: zones.length,
    shifts: shifts.length,
    targetSeats: shifts.reduce((sum, { target }) => sum + target, 0),
    ...measured,
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
