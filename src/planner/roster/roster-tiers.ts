import type { Instance } from '../instance/instance.ts'
import { type RosterGroup, shiftsAHead, windowsInOrder } from './roster-groups.ts'

/** A number of shifts of a group with the same unit cost, in tenths of hours. */
export interface Tier {
  shifts: number
  tenths: number
}

/**
 * The cost of each further shift of a group for the goal `hours`: the hours that the person who takes it has served
 * before it, recently and in this plan. Shifts go to the members in turn, so the first round costs the members'
 * hours, the second round one shift more, and so on. The flow needs convex costs, so falling neighbours are pooled
 * (pool adjacent violators: Ayer and others, Annals of Mathematical Statistics 26, 1955). Costs O(shifts the group
 * can take).
 */
export function tiersOf(
  instance: Instance,
  group: RosterGroup,
  servingOf: (person: number) => readonly number[],
): Tier[] {
  const { people, structure } = group
  const windows = windowsInOrder(structure)
  const minutes = windows.reduce((sum, window) => {
    return sum + instance.windows[window]!.end - instance.windows[window]!.start
  }, 0)
  const length = minutes / windows.length / 60
  const served = people.map((person) =>
    servingOf(person).reduce(
      (sum, shift) => sum + (instance.end[shift]! - instance.start[shift]!) / 60,
      instance.hours[person]!,
    ),
  )
  const pools: { shifts: number; hours: number }[] = []
  for (let round = 0; round < shiftsAHead(structure); round++)
    for (const hours of served) {
      let pool = { shifts: 1, hours: hours + round * length }
      for (let last = pools.at(-1); last && last.hours * pool.shifts >= pool.hours * last.shifts; ) {
        pool = { shifts: pool.shifts + last.shifts, hours: pool.hours + last.hours }
        pools.pop()
        last = pools.at(-1)
      }
      pools.push(pool)
    }
  return pools.map(({ shifts, hours }) => ({ shifts, tenths: Math.round((hours * 10) / shifts) }))
}
