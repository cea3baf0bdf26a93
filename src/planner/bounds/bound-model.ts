import { fixedPlacements } from '../instance/fixed.ts'
import type { Instance } from '../instance/instance.ts'
import { Assembly } from './bound-assembly.ts'
import { BoundPeople } from './bound-people.ts'
import { BoundSeats, boundedGoals } from './bound-seats.ts'
import { addStays, addTied } from './bound-singles.ts'
import { BoundTeams } from './bound-teams.ts'
import { isRepeated } from './bound-times.ts'
import { ProgramBuilder, type SparseProgram } from './sparse-program.ts'

export interface BoundModel {
  readonly program: SparseProgram
  /** The constant to add to each goal's row to get the value of the goal. */
  readonly constants: Float64Array
}

export interface BoundModelOptions {
  /** Whether the model includes the goal `stay`; goals on seats are always included. */
  staying: boolean
  /** Upper limit for pairs (team with minors, shift with required skills) that get their own ratio rows. */
  ratioPairsMax?: number
}

/**
 * The linear program behind the bounds: every plan is a feasible point of it, with the same value of every goal.
 * Distances are ignored, so people are distinguished by type only, in nested groups: all adults; the adults of a unit
 * that has its own zones, who may serve there; the adults of a team with minors, who may escort them. Rows limit how
 * many leave each group. Because the groups are nested, aggregation loses nothing. Returns null if pins and frozen
 * shifts contradict each other.
 */
export function boundModel(
  instance: Instance,
  { staying, ratioPairsMax = 20_000 }: BoundModelOptions,
): BoundModel | null {
  const { problem } = instance
  // Only placements fixed by a rule: parties of minors kept together for stability are a choice, not a rule.
  const fixed = fixedPlacements({ ...instance, problem: { ...problem, stability: 'free' } })
  if (isOverfull(instance)) return null
  const builder = new ProgramBuilder()
  for (const _ of boundedGoals) builder.row(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  const seats = new BoundSeats(instance, builder, fixed)
  const busy = new Set(isRepeated(instance) ? [] : fixed.map(({ vol }) => vol))
  const ownShifts = Map.groupBy(
    [...Array(instance.shifts).keys()].filter(seats.isOpen),
    (shift) => instance.zoneUnit[instance.zone[shift]!]!,
  )
  const hasOwnZone = (unit: number) => unit >= 0 && ownShifts.has(unit)
  const people = new BoundPeople(instance, (person) => !busy.has(person), seats.isOpen, hasOwnZone)
  const assembly = new Assembly(instance, builder, seats, people)
  const hubs = assembly.addPool()
  assembly.addOwn(ownShifts)
  const teams = new BoundTeams(assembly, ratioPairsMax)
  if (staying) addStays(assembly, teams, fixed)
  addTied(assembly, teams, hubs, staying)
  return { program: builder.build(), constants: seats.constants }
}

/** Whether more people should stay on a frozen shift than its maximum allows: then it is open who stays. */
function isOverfull({ problem, frozen, max }: Instance): boolean {
  const asked = new Map<number, Set<number>>()
  for (const { vol, shift } of [...(problem.previous ?? []), ...problem.pins])
    if (frozen[shift]) asked.set(shift, (asked.get(shift) ?? new Set()).add(vol))
  return asked.entries().some(([shift, people]) => people.size > max[shift]!)
}
