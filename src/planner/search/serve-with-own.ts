import { distanceOf, isOwn } from '../instance/instance.ts'
import { escortableOf, escortsShortOf } from '../instance/own-escorts.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { blockFor } from './escorts.ts'

/**
 * Adults whom the minors of their team need as escorts: as many of each team as its minors need, if it has them. None
 * under `ownUnit: hard`, where service in the own unit's zones comes first.
 */
export function neededEscorts({ instance }: RosterBook, free: readonly number[]): Set<number> {
  if (instance.problem.ownUnit === 'hard') return new Set()
  const escortable = escortableOf(instance)
  const asked = instance.needs.flat().reduce((mask, { skill }) => mask | (1 << skill), 0)
  const needed = new Set<number>()
  const adults = free.filter((person) => !instance.minor[person] && escortable[instance.team[person]!]! > 0)
  // Those who fill no seat for a skill first.
  const plain = (person: number) => ((instance.skills[person]! & asked) === 0 ? 0 : 1)
  for (const [team, people] of Map.groupBy(adults, (person) => instance.team[person]!))
    for (const person of people
      .toSorted((a, b) => plain(a) - plain(b) || a - b)
      .slice(0, Math.ceil(escortable[team]! / instance.problem.K)))
      needed.add(person)
  return needed
}

/**
 * Adults who serve without the minors of their team, or not at all, go with those who wait, each with as many as
 * possible. Nobody leaves who is needed for a minimum or a skill.
 * @returns how many people came to a new place
 */
export function serveWithOwn(book: RosterBook, fixed: (person: number, shift: number) => boolean): number {
  const { instance } = book
  const short = escortsShortOf(book)
  if (short.every((minors) => minors === 0)) return 0
  const mover = new OwnEscorts(book, fixed)
  const membersOf = Map.groupBy(
    [...instance.team.keys()].filter((person) => short[instance.team[person]!]! > 0),
    (person) => instance.team[person]!,
  )
  let came = 0
  for (const [team, members] of membersOf)
    for (let left = short[team]!; left > 0; left -= instance.problem.K) {
      const people = mover.mayMove(team) ? mover.send(team, members) : 0
      if (people === 0) break
      came += people
    }
  return came
}

class OwnEscorts {
  readonly #book: RosterBook
  readonly #fixed: (person: number, shift: number) => boolean
  readonly #suitable: number[]

  constructor(book: RosterBook, fixed: (person: number, shift: number) => boolean) {
    this.#book = book
    this.#fixed = fixed
    const { instance } = book
    this.#suitable = [...instance.zone.keys()].filter(
      (shift) => !instance.frozen[shift] && instance.minorsOk[instance.zone[shift]!] === 1,
    )
  }

  /** Teams that must stay whole are placed as a whole; under `ownUnit: hard` zones of the own unit come first. */
  mayMove(team: number): boolean {
    const { instance } = this.#book
    const { whole, unit } = instance.problem.teams[team]!
    const hasOwn = unit >= 0 && instance.zoneUnit.includes(unit)
    return !whole && !(hasOwn && instance.problem.ownUnit === 'hard')
  }

  /**
   * Sends one adult with minors who wait to the shift where most of them fill a seat.
   * @returns how many people came
   */
  send(team: number, members: readonly number[]): number {
    const { instance } = this.#book
    const minors = members.filter((person) => instance.minor[person] && !this.#book.serves(person))
    const adults = members.filter((person) => !instance.minor[person] && this.#isFree(person))
    // Adults without a place first: nobody misses them.
    adults.sort((a, b) => this.#book.servingOf(a).length - this.#book.servingOf(b).length || a - b)
    for (const adult of minors.length > 0 ? adults : []) {
      const from = this.#book.servingOf(adult)[0]
      if (from !== undefined) this.#book.remove(adult, from)
      const party = new Set([adult, ...minors])
      let best = { shift: -1, people: [] as number[], score: Number.NEGATIVE_INFINITY }
      for (const shift of this.#suitable) {
        const people = this.#partyFor(team, party, shift)
        if (!people.includes(adult)) continue
        const room = Math.max(0, instance.target[shift]! - this.#book.peopleOn[shift]!.length)
        const worth = Math.min(people.length, room) + (isOwn(instance, team, shift) ? people.length : 0)
        const score = worth * 1e7 + people.length * 1e5 - distanceOf(instance, team, shift)
        if (score > best.score) best = { shift, people, score }
      }
      if (best.shift >= 0) {
        for (const person of best.people) this.#book.place(person, best.shift)
        return best.people.length
      }
      const instead =
        this.#insteadOfOthers(team, party, adult, false) || this.#insteadOfOthers(team, party, adult, true)
      if (instead > 0) return instead
      if (from !== undefined) this.#book.place(adult, from)
    }
    return 0
  }

  /**
   * Where every seat is taken: they take the seats of people who escort nobody and bring no skill, on the shift with most
   * of these. @param ownToo also of people in a zone of their own unit: this goal comes before theirs, unless that is hard
   */
  #insteadOfOthers(team: number, party: ReadonlySet<number>, adult: number, ownToo: boolean): number {
    const { instance } = this.#book
    if (ownToo && instance.problem.ownUnit === 'hard') return 0
    let best = { shift: -1, leaving: [] as number[] }
    for (const shift of this.#suitable) {
      if (!this.#book.fits(adult, shift)) continue
      const leaving = this.#replaceable(team, shift, ownToo).slice(0, 1 + instance.problem.K)
      if (leaving.length > Math.max(1, best.leaving.length)) best = { shift, leaving }
      if (leaving.length > instance.problem.K) break
    }
    const { shift, leaving } = best
    for (const person of leaving) this.#book.remove(person, shift)
    const people = shift < 0 ? [] : blockFor(this.#book, team, party, shift, { room: leaving.length })
    const comes = people.includes(adult)
    // As many come as leave: nobody is missed on the shift.
    for (const person of comes ? leaving.slice(people.length) : leaving) this.#book.place(person, shift)
    if (!comes) return 0
    for (const person of people) this.#book.place(person, shift)
    return people.length
  }

  #replaceable(team: number, shift: number, ownToo: boolean): number[] {
    const { instance, peopleOn } = this.#book
    const people = peopleOn[shift]!
    const escorting = new Set(people.flatMap((p) => (instance.minor[p] ? [instance.team[p]!] : [])))
    const asked = instance.needs[shift]!.reduce((mask, { skill }) => mask | (1 << skill), 0)
    return people.filter((person) => {
      const theirs = instance.team[person]!
      if (theirs === team || escorting.has(theirs) || instance.problem.teams[theirs]!.whole) return false
      if ((!ownToo && isOwn(instance, theirs, shift)) || (instance.skills[person]! & asked) !== 0)
        return false
      return !this.#fixed(person, shift) && this.#book.servingOf(person).length === 1
    })
  }

  /** The adult and minors for a shift; none of them above the target, unless there are no other seats for two. */
  #partyFor(team: number, party: ReadonlySet<number>, shift: number): number[] {
    const { instance, peopleOn } = this.#book
    const count = peopleOn[shift]!.length
    const kept = this.#book.missingInAll(shift)
    const most = instance.limit[shift]! - count - kept
    if (most < 2) return []
    const room = Math.max(2, Math.min(most, instance.target[shift]! - count - kept))
    return blockFor(this.#book, team, party, shift, { room })
  }

  /** Whether an adult has no place, or escorts nobody in it and is not needed there. */
  #isFree(person: number): boolean {
    const { instance, peopleOn } = this.#book
    const serving = this.#book.servingOf(person)
    if (serving.length === 0) return instance.barred[person] === 0
    const shift = serving[0]!
    if (serving.length > 1 || instance.frozen[shift] || this.#fixed(person, shift)) return false
    const { minors, adults } = this.#book.presence(instance.team[person]!, shift)
    if (minors >= adults || peopleOn[shift]!.length <= instance.min[shift]!) return false
    if (instance.problem.ownUnit === 'hard' && isOwn(instance, instance.team[person]!, shift)) return false
    const before = this.#book.missingInAll(shift)
    this.#book.remove(person, shift)
    const after = this.#book.missingInAll(shift)
    this.#book.place(person, shift)
    return after <= before
  }
}
