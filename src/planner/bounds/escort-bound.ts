import type { Highs, Model } from 'highs'
import { highs } from '../exact/highs.ts'
import type { Problem } from '../format/problem-format.ts'
import type { Goal, GoalName, Proposal } from '../format/proposal.ts'
import type { Instance } from '../instance/instance.ts'
import { type BoundModel, boundModel } from './bound-model.ts'
import { type BoundedGoal, goalRow } from './bound-seats.ts'
import { dualBound } from './dual-bound.ts'
import { rowOf } from './sparse-program.ts'

/** Maximum number of columns for HiGHS: its WebAssembly build is limited to 4 GB. */
const columnsMax = 150_000
/** The effective limit is on iterations, not time, so that the same problem gives the same bounds on any machine. */
const iterationsMax = 100_000
/** Time limit for all goals together on a very slow machine; the remaining goals get no bound. */
const secondsMax = 20
/** From this number of columns on, an interior point without crossover is faster than a basic solution. */
const interiorFrom = 40_000

export interface BoundOptions {
  /** Polled often; when it returns true, the remaining goals get no bound. */
  stop?: (() => boolean) | undefined
}

/** What is known about the goals of a plan: enough to tell which ones have reached their bound. */
export type GoalState = Pick<Goal, 'goal' | 'achieved'> & Partial<Pick<Goal, 'bound'>>

/**
 * Bounds from the linear program with the escort rows, goal by goal in the policy's order: no plan that is at least
 * as good on the earlier goals can be better. Valid whatever the gaps of the earlier goals are. `dualBound` proves
 * each bound from the solver's row multipliers, so the solver's rounding and tolerances do not matter. Goals that
 * already reach their bound are left out, and so are goals for which time ran out.
 */
export async function escortBounds(
  instance: Instance,
  goals: readonly GoalState[],
  { stop }: BoundOptions = {},
): Promise<Map<BoundedGoal, number>> {
  const order = boundOrder(instance.problem)
  const bounds = new Map<BoundedGoal, number>()
  const open = goals.filter(({ achieved, bound }) => achieved !== bound).map(({ goal }) => goal)
  if (!order.some((goal) => open.includes(goal)) || instance.shifts * 8 > columnsMax) return bounds
  const model = boundModel(instance, { staying: order.includes('stay') })
  if (!model || model.program.columns > columnsMax) return bounds
  const solver = await highs()
  try {
    using loaded = load(solver, model)
    for (const goal of order) {
      const known = goals.find((each) => each.goal === goal)
      // There are no previous placements, so staying is not a goal.
      if (!known) continue
      if (stop?.()) break
      const bound = open.includes(goal) ? solveGoal(solver, loaded, model, goal, stop) : null
      // A bound that contradicts the plan at hand is ignored.
      if (bound !== null && !isBetter(goal, known.achieved, bound)) bounds.set(goal, bound)
      hold(loaded, model, goal, known.achieved)
    }
  } catch (error) {
    if (!isOfSolver(error)) throw error
  }
  return bounds
}

/**
 * Whether the error comes from HiGHS (out of memory, internal fault, also during clean-up). The plan then has no
 * further bounds.
 */
function isOfSolver(error: unknown): boolean {
  return error instanceof Error && ['HighsError', 'RuntimeError', 'SuppressedError'].includes(error.name)
}

/** The proposal with tighter bounds where the linear program proves more. */
export async function withEscortBounds(
  instance: Instance,
  proposal: Proposal,
  options: BoundOptions = {},
): Promise<Proposal> {
  const { quality } = proposal
  const bounds = await escortBounds(instance, quality.goals, options)
  const goals = quality.goals.map((goal): Goal => {
    const bound = bounds.get(goal.goal as BoundedGoal)
    if (bound === undefined || goal.proof === 'exact') return goal
    const sign = signOf(goal.goal)
    const tighter = goal.bound === null || sign * bound > sign * goal.bound
    const asTight = bound === goal.bound && goal.proof === 'flow'
    return tighter || asTight ? { ...goal, bound, proof: 'linear' } : goal
  })
  return { ...proposal, quality: { ...quality, goals } }
}

/** Loads the program into HiGHS; the rows of the goals are unbounded until `hold`. */
function load(solver: Highs, { program }: BoundModel): Model & Disposable {
  const { rows, columns, rowLower, rowUpper, upper, starts, indices, values } = program
  const model = solver.createModel({
    numCols: columns,
    numRows: rows,
    colCost: new Float64Array(columns),
    colLower: new Float64Array(columns),
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: { format: 'csc', numCols: columns, numRows: rows, starts, indices, values },
  })
  model.options.set({ output_flag: false, time_limit: secondsMax })
  if (columns < interiorFrom)
    // Primal simplex: the optimum of one goal is the warm start for the next.
    model.options.set({ solver: 'simplex', simplex_strategy: 4, simplex_iteration_limit: iterationsMax })
  // Without crossover the multipliers are only approximate, which is enough to prove a bound.
  else model.options.set({ solver: 'ipm', run_crossover: 'off', ipm_iteration_limit: iterationsMax })
  return model
}

function solveGoal(
  solver: Highs,
  loaded: Model,
  { program, constants }: BoundModel,
  goal: BoundedGoal,
  stop: (() => boolean) | undefined,
): number | null {
  // No person can be placed, so the goal keeps its constant.
  if (program.columns === 0) return signOf(goal) * constants[goalRow[goal]]!
  const cost = rowOf(program, goalRow[goal])
  loaded.changeColsCost({ kind: 'range', from: 0, to: program.columns - 1 }, cost)
  const { simplexInterrupt, ipmInterrupt } = solver.constants.callbackType
  const halt = (event: { interrupt(): void }): undefined => {
    if (stop?.()) event.interrupt()
  }
  const { modelStatus } = loaded.run({ [simplexInterrupt]: halt, [ipmInterrupt]: halt })
  // Any multipliers prove a bound, but after a stop by the clock they would differ from run to run.
  const { timeLimit, interrupted } = solver.constants.modelStatus
  if (modelStatus === timeLimit || modelStatus === interrupted) return null
  const least = dualBound(program, cost, loaded.getSolution().rowDual) + constants[goalRow[goal]]!
  return Number.isFinite(least) ? signOf(goal) * least : null
}

/** Constrains the goal to be at least as good as in the plan, for all later solves. */
function hold(loaded: Model, model: BoundModel, goal: BoundedGoal, achieved: number): void {
  const most = rowLimit(model, goal, achieved)
  model.program.rowUpper[goalRow[goal]] = most
  loaded.changeRowBounds(goalRow[goal], Number.NEGATIVE_INFINITY, most)
}

function isBetter(goal: GoalName, achieved: number, bound: number): boolean {
  return signOf(goal) * achieved < signOf(goal) * bound
}

/** The goals of the linear program, in the order of the problem's policy. */
export function boundOrder({ ownUnit, stability = 'free' }: Problem): BoundedGoal[] {
  const order: BoundedGoal[] = ['minimum', 'skill', 'escorts', 'ownUnit', 'target', 'evenness']
  if (stability === 'onlyForMinimum') order.splice(2, 0, 'stay')
  if (stability === 'prefer') order.push('stay')
  return ownUnit === 'hard' ? ['ownUnit', ...order.filter((goal) => goal !== 'ownUnit')] : order
}

/** −1 for goals to be maximized: their rows count negative. */
export function signOf(goal: GoalName): 1 | -1 {
  return goal === 'ownUnit' || goal === 'stay' ? -1 : 1
}

/** The upper limit of the goal's row that corresponds to this value of the goal. */
export function rowLimit({ constants }: BoundModel, goal: BoundedGoal, achieved: number): number {
  return signOf(goal) * achieved - constants[goalRow[goal]]!
}
