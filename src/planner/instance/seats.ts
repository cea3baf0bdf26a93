import type { RosterBook } from './roster-book.ts'

/** The demand of each shift that is left after the placements so far. */
export interface Seats {
  /** People placed so far. */
  readonly count: Int32Array
  /** Missing people for each skill need, in the order of `instance.needs[shift]`. */
  readonly skillMissing: readonly Int32Array[]
}

/** Counts the placements. A person with several skills counts for one need only, the one with most missing people. */
export function seatsOf(book: RosterBook): Seats {
  const { instance, peopleOn } = book
  const count = Int32Array.from(peopleOn, (people) => people.length)
  const skillMissing = instance.needs.map((_, shift) => book.missing(shift))
  return { count, skillMissing }
}
