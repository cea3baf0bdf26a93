import { refusalOf } from '../instance/eligibility.ts'
import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

export interface ExchangeOptions {
  /** People who may be moved one by one. */
  people: readonly number[]
  /** Placements that must stay. */
  fixed: (person: number, shift: number) => boolean
  /** Whether a team may be split for a seat above the minimum. */
  splitting: boolean
  stop?: (() => boolean) | undefined
}

/** For each shift, the maximum number of teams tried, and of people tried as a replacement. */
const teamsAsked = 16
const standInsTried = 3000

/**
 * Fills seats that the tight caps left empty, by ejection chains of one link (Glover, Discrete Applied Mathematics
 * 65, 1996): a person takes the empty seat and gives up one conflicting shift; another person who covers the same
 * skills takes over that shift. Own-unit service never decreases.
 * @returns the number of filled seats
 */
export function exchangeShifts(book: RosterBook, options: ExchangeOptions): number {
  const { instance, peopleOn } = book
  const { min, target, frozen } = instance
  const search = new Exchange(book, options)
  const shifts = [...instance.window.keys()].filter((shift) => !frozen[shift])
  let filled = 0
  for (const [needed, mayJoin] of [
    [min, true],
    [target, options.splitting],
  ] as const)
    for (const shift of shifts) {
      if (peopleOn[shift]!.length >= needed[shift]!) continue
      if (options.stop?.()) return filled
      filled += search.fill(shift, needed[shift]!, mayJoin)
    }
  return filled
}

class Exchange {
  readonly #book: RosterBook
  readonly #instance: Instance
  readonly #options: ExchangeOptions
  readonly #members: Map<number, number[]>
  #left = 0

  constructor(book: RosterBook, options: ExchangeOptions) {
    this.#book = book
    this.#instance = book.instance
    this.#options = options
    this.#members = Map.groupBy(options.people, (person) => book.instance.team[person]!)
  }

  fill(shift: number, needed: number, mayJoin: boolean): number {
    const present = this.#book.peopleOn[shift]!
    const before = present.length
    this.#left = standInsTried
    for (const team of this.#teamsFor(shift)) {
      if (!mayJoin && !present.some((person) => this.#instance.team[person] === team)) continue
      for (const person of this.#members.get(team)!) {
        if (present.length >= needed || this.#left <= 0) return present.length - before
        this.#seat(person, shift)
      }
    }
    return present.length - before
  }

  #teamsFor(shift: number): number[] {
    const instance = this.#instance
    const rank = (team: number) => (isOwn(instance, team, shift) ? -1 : distanceOf(instance, team, shift))
    const ranked = [...this.#members.keys()].map((team) => ({ team, at: rank(team) }))
    return ranked
      .sort((a, b) => a.at - b.at || a.team - b.team)
      .slice(0, teamsAsked)
      .map(({ team }) => team)
  }

  #seat(person: number, shift: number): boolean {
    const book = this.#book
    const serving = book.servingOf(person)
    if (serving.includes(shift)) return false
    if (book.fits(person, shift)) {
      book.place(person, shift)
      return true
    }
    for (const given of serving) {
      if (this.#options.fixed(person, given) || this.#instance.frozen[given]) continue
      const rest = serving.filter((other) => other !== given)
      if (refusalOf(this.#instance, person, shift, rest)) continue
      const standIn = this.#standIn(person, given, shift)
      if (standIn < 0) continue
      book.remove(person, given)
      book.place(person, shift)
      book.place(standIn, given)
      return true
    }
    return false
  }

  /** A replacement for the shift: from the same team, otherwise from another team on that shift. */
  #standIn(person: number, given: number, wanted: number): number {
    const { team, skills, needs } = this.#instance
    const mine = team[person]!
    const asked = needs[given]!.reduce((mask, { skill }) => mask | (1 << skill), 0) & skills[person]!
    const gain = this.#own(mine, wanted) - this.#own(mine, given)
    const others = new Set(this.#book.peopleOn[given]!.map((other) => team[other]!))
    others.delete(mine)
    const escorts = this.#book.presence(mine, given).minors > 0
    for (const theirs of escorts ? [mine] : [mine, ...others]) {
      if (gain + this.#own(theirs, given) < 0) continue
      for (const other of this.#members.get(theirs) ?? []) {
        if (other === person || (skills[other]! & asked) !== asked) continue
        if (this.#left-- <= 0) return -1
        if (this.#book.fits(other, given)) return other
      }
    }
    return -1
  }

  #own(team: number, shift: number): number {
    return isOwn(this.#instance, team, shift) ? 1 : 0
  }
}
