import { Assembly } from './bound-assembly.ts'
import { BoundPeople } from './bound-people.ts'
import { BoundSeats, boundedGoals } from './bound-seats.ts'
import { addStays, addTied } from './bound-singles.ts'
import { BoundTeams } from './bound-teams.ts'
import { isRepeated } from './bound-times.ts'
import { fixedPlacements } from './fixed.ts'
import type { Instance } from './instance.ts'
import { ProgramBuilder, type SparseProgram } from './sparse-program.ts'

export interface BoundModel {
  readonly program: SparseProgram
  /** What is to be added to each goal's row to get the goal's value. */
  readonly constants: Float64Array
}

export interface BoundModelOptions {
  /** Goals the model is to know of besides those on seats. */
  staying: boolean
  /** At most so many pairs of a team with minors and a shift that asks for skills get ratio rows of their own. */
  ratioPairsMax?: number
}

/**
 * The linear program behind the bounds: every plan is one of its points, with the same value of every goal.
 *
 * Where distances do not matter, people are told apart by type only, in nested groups: all adults; those of a unit with
 * zones of its own, who may serve there; those of a team with minors, who may go with them. Rows cap what leaves each group;
 * because the groups are nested, these rows lose nothing. Returns null where pins and frozen shifts contradict each other.
 */
export function boundModel(
  instance: Instance,
  { staying, ratioPairsMax = 20_000 }: BoundModelOptions,
): BoundModel | null {
  const { problem } = instance
  // Only what must stay: parties of minors who are kept together for stability are a choice, not a rule.
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

/** Whether more people should stay on a frozen shift than may be there: then who stays is open. */
function isOverfull({ problem, frozen, max }: Instance): boolean {
  const asked = new Map<number, Set<number>>()
  for (const { vol, shift } of [...(problem.previous ?? []), ...problem.pins])
    if (frozen[shift]) asked.set(shift, (asked.get(shift) ?? new Set()).add(vol))
  return asked.entries().some(([shift, people]) => people.size > max[shift]!)
}
