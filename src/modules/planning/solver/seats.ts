import type { RosterBook } from './roster-book.ts'

/** What the places already given leave of each shift's demand. */
export interface Seats {
  /** People placed so far. */
  readonly count: Int32Array
  /** Still missing for each need, in the order of `instance.needs[shift]`. */
  readonly skillMissing: readonly Int32Array[]
}

/** Counts who is placed; a person with several skills counts for one need only, the most wanting. */
export function seatsOf(book: RosterBook): Seats {
  const { instance, peopleOn } = book
  const count = Int32Array.from(peopleOn, (people) => people.length)
  const skillMissing = instance.needs.map((_, shift) => book.missing(shift))
  return { count, skillMissing }
}

/** What remains of each need when every holder counts once, as well as possible (augmenting paths). */
export function uncovered(
  needs: readonly { skill: number; min: number }[],
  holders: readonly number[],
): Int32Array {
  const servedBy: number[][] = needs.map(() => [])
  const offer = (holder: number, seen: Set<number>): boolean => {
    for (let need = 0; need < needs.length; need++) {
      if (seen.has(need) || !((holders[holder]! >> needs[need]!.skill) & 1)) continue
      seen.add(need)
      const serving = servedBy[need]!
      if (serving.length < needs[need]!.min) {
        serving.push(holder)
        return true
      }
      const moved = serving.findIndex((other) => offer(other, seen))
      if (moved >= 0) {
        serving[moved] = holder
        return true
      }
    }
    return false
  }
  if (needs.length > 0) for (let holder = 0; holder < holders.length; holder++) offer(holder, new Set())
  return Int32Array.from(needs, (need, at) => need.min - servedBy[at]!.length)
}
