import { canFollow } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'
import type { LinearModel, Term } from './linear-model.ts'

/**
 * The cost of one person's shifts for the goal `hours`, without the hours before the plan, in tenths of hours: for
 * each shift, the hours of the person's earlier shifts in the plan. For equal lengths it is modelled by the number of
 * shifts, otherwise pair by pair.
 */
export function balanceTerms(
  instance: Instance,
  model: LinearModel,
  person: number,
  mine: ReadonlyMap<number, string>,
): Term[] {
  const { start, end } = instance
  const shifts = [...mine.keys()].sort((a, b) => start[a]! - start[b]!)
  const tenths = (shift: number) => Math.round((end[shift]! - start[shift]!) / 6)
  const pairs = shifts.flatMap((a, at) =>
    shifts
      .slice(at + 1)
      .filter((b) => canFollow(instance, a, b))
      .map((b) => [a, b] as const),
  )
  if (pairs.length === 0 || !severalFit(instance, shifts)) return []
  const length = tenths(shifts[0]!)
  if (shifts.some((shift) => tenths(shift) !== length))
    return pairs.map(([a, b]): Term => {
      const both = model.variable(`h_${person}_${a}_${b}`, 0, 1)
      const terms: Term[] = [
        [1, mine.get(a)!],
        [1, mine.get(b)!],
        [-1, both],
      ]
      model.row(terms, '<=', 1)
      return [tenths(a), both]
    })
  const rounds = shifts.map(
    (_, round): Term => [round * length, model.variable(`h_${person}_${round}`, 0, 1)],
  )
  const all = shifts.map((shift): Term => [1, mine.get(shift)!])
  model.row([...all, ...rounds.map(([, name]): Term => [-1, name])], '=', 0)
  return rounds.slice(1)
}

/** Whether one person can have two of these shifts at all. */
function severalFit({ shiftsPerPerson, start }: Instance, shifts: readonly number[]): boolean {
  return shiftsPerPerson > 1 || new Set(shifts.map((shift) => Math.floor(start[shift]! / 1440))).size > 1
}
