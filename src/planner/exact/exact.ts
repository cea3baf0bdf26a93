import type { Placement } from '../format/proposal.ts'
import { type Instance, isTogether } from '../instance/instance.ts'
import { addPeople } from './exact-people.ts'
import { addShift } from './exact-shifts.ts'
import { addStandby } from './exact-standby.ts'
import { addEscorts, addWholeTeams } from './exact-teams.ts'
import type { Highs, HighsSolution } from './highs.ts'
import { amountOf, type Term } from './linear-model.ts'
import { Program } from './program.ts'

/** Up to this number of (person, shift) pairs a plan is computed exactly. */
export const exactPairsMax = 400

/**
 * How far HiGHS searches for each goal. By nodes and not by the clock, so that a busy machine plans as an idle one does; the
 * seconds only end what hangs.
 */
const nodesPerGoal = 1_000
const secondsPerGoal = 60

/**
 * Solves the whole problem as a mixed-integer program with every rule, goal by goal; only for small problems.
 * @returns null when HiGHS did not prove an optimum within that
 */
export function solveExactly(instance: Instance, servable: Uint8Array, highs: Highs): Placement[] | null {
  const program = programOf(instance, servable)
  let placements: Placement[] = []
  for (const goal of inOrder(program)) {
    const solution = highs.solve(program.model.text(goal), {
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      mip_max_nodes: nodesPerGoal,
      time_limit: secondsPerGoal,
      output_flag: false,
    })
    if (solution.Status !== 'Optimal') return null
    placements = placementsIn(program, solution)
    program.model.keep(goal, Math.round(amountOf(solution, goal)))
  }
  return placements
}

/** Every rule and every goal of the problem. */
function programOf(instance: Instance, servable: Uint8Array): Program {
  const program = new Program(instance, servable)
  addPeople(program)
  for (let shift = 0; shift < instance.shifts; shift++) addShift(program, shift)
  addEscorts(program)
  addWholeTeams(program)
  addStandby(program)
  return program
}

/** The goals, in the order of the problem's policy. */
function inOrder({ instance, goals }: Program): Term[][] {
  const { ownUnit, stability = 'free' } = instance.problem
  const order = isTogether(instance.problem)
    ? ['minimum', 'skill', 'escorts', 'ownUnit', 'parts', 'target', 'evenness']
    : ['minimum', 'skill', 'escorts', 'ownUnit', 'target', 'evenness', 'parts']
  if (ownUnit === 'hard') order.unshift(...order.splice(order.indexOf('ownUnit'), 1))
  if (stability === 'onlyForMinimum') order.splice(order.indexOf('skill') + 1, 0, 'stay')
  if (stability === 'prefer') order.splice(order.indexOf('evenness') + 1, 0, 'stay')
  return [...order, 'distance', 'hours', 'standby']
    .map((name) => goals[name]!)
    .filter((goal) => goal.length > 0)
}

function placementsIn({ serves }: Program, { Columns }: HighsSolution): Placement[] {
  return serves.flatMap((shifts, vol) =>
    [...shifts].filter(([, name]) => Columns[name]!.Primal > 0.5).map(([shift]) => ({ vol, shift })),
  )
}
