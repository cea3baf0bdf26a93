/**
 * One measurement of the planner in a process of its own, so that its memory is its own:
 * `node scripts/bench/plan-measure.ts TASK SIZE`, where TASK is `fill`, `together`, `replan` or `core`.
 * Prints one JSON object. The reference day (size 1) is read from PLAN_FILE where that exists; the rest is generated.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Policy, Problem, Proposal } from '#modules/planning/index.ts'
import { parseProblem } from '#modules/planning/parse-problem.ts'
import { propose } from '#modules/planning/propose.ts'
import { FlowCore } from '#modules/planning/solver/export.ts'
import { highs } from '#modules/planning/solver/highs.ts'
import { validate } from '#modules/planning/validate.ts'
import { provinceOf } from './plan-problem.ts'

const reference = process.env.PLAN_FILE ?? '../shared/data/planning/event-1x.json'

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

function problemOf(size: number): Problem {
  const isReference = size === 1 && existsSync(reference)
  return parseProblem(isReference ? JSON.parse(readFileSync(reference, 'utf8')) : provinceOf(size))
}

/** Proposes, validates, and says when the first complete and certified plan was there. */
async function plan(problem: Problem) {
  const started = performance.now()
  let firstPlan = 0
  const { result, seconds, cpuSeconds } = await timed(() =>
    propose(problem, {
      onPlan: () => {
        firstPlan ||= (performance.now() - started) / 1000
      },
    }),
  )
  const judged = await timed(() => validate(problem, result))
  return {
    result,
    figures: {
      seconds,
      cpuSeconds,
      firstPlanSeconds: firstPlan,
      validationSeconds: judged.seconds,
      violations: judged.result.length,
      goals: result.quality.goals,
      parts: result.quality.parts,
      certified: result.quality.certificate?.holds ?? false,
    },
  }
}

/** 359 people drop out, twelve shifts grow by half: who moves, when people move only for a minimum? */
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

/** The flow core by the planner's own simplex, and by other solvers from the exported text. */
async function core(problem: Problem) {
  const own = await timed(() => new FlowCore(problem))
  const { net } = own.result.model
  const text = [...own.result.lp(false)].join('\n')
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
    // As WebAssembly it has at most 4 GB, and aborts beyond.
    return { ...figures, highsCost: null, highsCpuSeconds: null }
  }
}

/** What CBC finds on the same text; null: it is not installed. */
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
const problem = problemOf(Number(size))
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
