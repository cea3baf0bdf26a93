import type { Placement } from '../format/proposal.ts'
import { rosterArcs } from './roster-arcs.ts'
import { type RosterGroup, windowsInOrder } from './roster-groups.ts'
import type { RosterModel } from './roster-model.ts'

/** For each group the shifts of its people, one entry per person and shift. */
export function shiftsOfGroups(model: RosterModel): number[][] {
  const { net, groups, kind, part, parts, groupAt } = model
  const taken = groups.map((): number[] => [])
  const waiting = new Map<number, { group: number; people: number }[]>()
  const carrying = (want: number, visit: (at: number, flow: number) => void) => {
    for (let at = 0; at < kind.length; at++) {
      const flow = net.flow[net.firstArc + at]!
      if (kind[at] === want && flow > 0) visit(at, flow)
    }
  }
  carrying(rosterArcs.entry, (at, people) => {
    const gate = net.target[net.firstArc + at]!
    const queue = waiting.get(gate) ?? []
    waiting.set(gate, queue)
    queue.push({ group: groupAt[net.source[net.firstArc + at]!]!, people })
  })
  carrying(rosterArcs.place, (at, flow) => {
    const from = net.source[net.firstArc + at]!
    const { shift } = parts[part[at]!]!
    const direct = groupAt[from]!
    if (direct >= 0) {
      for (let i = 0; i < flow; i++) taken[direct]!.push(shift)
      return
    }
    // All seats behind a gate have the same window, so any person of the gate may take any of them, and nobody gets
    // two.
    const queue = waiting.get(from)!
    for (let left = flow; left > 0; ) {
      const last = queue.at(-1)!
      const some = Math.min(left, last.people)
      for (let i = 0; i < some; i++) taken[last.group]!.push(shift)
      last.people -= some
      left -= some
      if (last.people === 0) queue.pop()
    }
  })
  return taken
}

/**
 * Deals the shifts of a group to its members in turn: McNaughton's wrap-around rule (Management Science 6, 1959). In
 * the order of the structure the shifts of each clique, day and week are consecutive, and c·n consecutive shifts
 * dealt to n people in turn give nobody more than c. So caps that hold for the group hold for each member. Totals
 * differ by at most one; members with the fewest hours come first and get the extra shift.
 */
export function wrapAround(
  { people, structure }: RosterGroup,
  shifts: readonly number[],
  windowOf: Int32Array,
) {
  const rank = new Map(windowsInOrder(structure).map((window, at) => [window, at]))
  const inOrder = shifts.toSorted((a, b) => rank.get(windowOf[a]!)! - rank.get(windowOf[b]!)! || a - b)
  return inOrder.map((shift, at): Placement => ({ vol: people[at % people.length]!, shift }))
}

/**
 * Deals shifts where the caps are not sufficient: in order of time, each to the available person with the fewest
 * shifts, preferring a person who serves in the same zone that day.
 * @returns the shifts that nobody could take
 */
export function dealByTime(
  model: RosterModel,
  { people }: RosterGroup,
  shifts: readonly number[],
  book: {
    fits: (person: number, shift: number) => boolean
    servingOf: (person: number) => readonly number[]
    place: (person: number, shift: number) => void
  },
): number[] {
  const { start, zone, hours } = model.instance
  const day = (shift: number) => Math.floor(start[shift]! / 1440)
  const left: number[] = []
  for (const shift of shifts.toSorted((a, b) => start[a]! - start[b]! || zone[a]! - zone[b]! || a - b)) {
    const near = (person: number) =>
      book.servingOf(person).some((other) => day(other) === day(shift) && zone[other] === zone[shift]) ? 0 : 1
    const able = people.filter((person) => book.fits(person, shift))
    const [chosen] = able.sort(
      (a, b) =>
        near(a) - near(b) ||
        book.servingOf(a).length - book.servingOf(b).length ||
        hours[a]! - hours[b]! ||
        a - b,
    )
    if (chosen === undefined) left.push(shift)
    else book.place(chosen, shift)
  }
  return left
}
