import type { Highs, Model } from 'highs'
import type { Problem } from '../problem-format.ts'
import type { Goal, GoalName, Proposal } from '../proposal.ts'
import { type BoundModel, boundModel } from './bound-model.ts'
import { type BoundedGoal, goalRow } from './bound-seats.ts'
import { dualBound } from './dual-bound.ts'
import { highs } from './highs.ts'
import type { Instance } from './instance.ts'
import { rowOf } from './sparse-program.ts'

/** Larger programs are not handed to HiGHS, whose WebAssembly build has at most 4 GB. */
const columnsMax = 150_000
/** The limit that counts is one on work, so that the same problem gives the same bounds on any machine. */
const iterationsMax = 100_000
/** For all goals together, should a machine be so slow: those left get no bound. */
const secondsMax = 20
/** From so many columns on, an interior point that need not be a corner is found sooner than a corner. */
const interiorFrom = 40_000

export interface BoundOptions {
  /** Asked often; once it answers true, the goals left get no bound. */
  stop?: (() => boolean) | undefined
}

/** What is known of a plan's goals before: enough to say which are settled. */
export type GoalState = Pick<Goal, 'goal' | 'achieved'> & Partial<Pick<Goal, 'bound'>>

/**
 * Bounds from the linear program with the rows for escorts, goal by goal in the policy's order: no plan that does at least as
 * well as this one on the goals before can do better. Valid whatever the gaps of the goals before are. Each bound is proven
 * from the solver's multipliers by `dualBound`, so that its rounding and its tolerances play no part.
 * Goals whose bound is reached are left out, and so are those for which there was no time.
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
      // Nobody was anywhere before: staying is no goal.
      if (!known) continue
      if (stop?.()) break
      const bound = open.includes(goal) ? solveGoal(solver, loaded, model, goal, stop) : null
      // A proof that contradicts the plan at hand would prove nothing.
      if (bound !== null && !isBetter(goal, known.achieved, bound)) bounds.set(goal, bound)
      hold(loaded, model, goal, known.achieved)
    }
  } catch (error) {
    if (!isOfSolver(error)) throw error
  }
  return bounds
}

/** Out of memory or a fault within HiGHS, also while it was tidied up: the plan stands without further bounds. */
function isOfSolver(error: unknown): boolean {
  return error instanceof Error && ['HighsError', 'RuntimeError', 'SuppressedError'].includes(error.name)
}

/** The proposal with the bounds of its goals tightened where the linear program proves more than is known. */
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

/** Hands the program to HiGHS; its goals are free until they are held. */
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
    // Primal: the solution for one goal is where that for the next may start.
    model.options.set({ solver: 'simplex', simplex_strategy: 4, simplex_iteration_limit: iterationsMax })
  // Its multipliers are only nearly right without a corner, and good enough to prove a bound.
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
  // Nobody may come: the goal is what it is.
  if (program.columns === 0) return signOf(goal) * constants[goalRow[goal]]!
  const cost = rowOf(program, goalRow[goal])
  loaded.changeColsCost({ kind: 'range', from: 0, to: program.columns - 1 }, cost)
  const { simplexInterrupt, ipmInterrupt } = solver.constants.callbackType
  const halt = (event: { interrupt(): void }): undefined => {
    if (stop?.()) event.interrupt()
  }
  const { modelStatus } = loaded.run({ [simplexInterrupt]: halt, [ipmInterrupt]: halt })
  // Any multipliers prove something; but where the solver was stopped by the clock they would differ from run to run.
  const { timeLimit, interrupted } = solver.constants.modelStatus
  if (modelStatus === timeLimit || modelStatus === interrupted) return null
  const least = dualBound(program, cost, loaded.getSolution().rowDual) + constants[goalRow[goal]]!
  return Number.isFinite(least) ? signOf(goal) * least : null
}

/** From now on the goal is to be at least as good as the plan has it. */
function hold(loaded: Model, model: BoundModel, goal: BoundedGoal, achieved: number): void {
  const most = rowLimit(model, goal, achieved)
  model.program.rowUpper[goalRow[goal]] = most
  loaded.changeRowBounds(goalRow[goal], Number.NEGATIVE_INFINITY, most)
}

function isBetter(goal: GoalName, achieved: number, bound: number): boolean {
  return signOf(goal) * achieved < signOf(goal) * bound
}

/** The goals the linear program knows, in the order of the problem's policy. */
export function boundOrder({ ownUnit, stability = 'free' }: Problem): BoundedGoal[] {
  const order: BoundedGoal[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness']
  if (stability === 'onlyForMinimum') order.splice(2, 0, 'stay')
  if (stability === 'prefer') order.push('stay')
  return ownUnit === 'hard' ? ['ownUnit', ...order.filter((goal) => goal !== 'ownUnit')] : order
}

/** −1 for goals of which more is better: their rows count below zero. */
export function signOf(goal: GoalName): 1 | -1 {
  return goal === 'ownUnit' || goal === 'stay' ? -1 : 1
}

/** The most that a goal's row may be when the goal is at least as good as this. */
export function rowLimit({ constants }: BoundModel, goal: BoundedGoal, achieved: number): number {
  return signOf(goal) * achieved - constants[goalRow[goal]]!
}
