import { NearestPoints } from '../flow/nearest.ts'
import { isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { Parties } from './parties.ts'

/**
 * Dissolves small team parts, one at a time. Each person of the part goes to a zone of their own unit, swaps with a
 * person whose team is on both shifts, or is replaced by a person without a place whose team is there; all of them,
 * or none. Such a chain of moves is an ejection chain of two links (Glover 1996). Goals before `parts` never get
 * worse: shifts keep `needed` people, skills stay covered, nobody leaves a zone of their own unit.
 */
export interface JoinOptions {
  /** How many people the shift must keep. */
  needed: (shift: number) => number
  /** People who must stay where they are. */
  fixed: (person: number, shift: number) => boolean
  /** A party smaller than this may leave a zone of its own unit, because it is too small to be useful as a party. */
  sensibleSize: number
  /** Larger parts are not dissolved. */
  sizeMax: number
  stop?: (() => boolean) | undefined
}

const teamsLookedAt = 80
/** Maximum number of candidates for a free seat; a city's shifts have fewer. */
const candidatesMax = 4000

interface Step {
  person: number
  from: number
  to: number
}

export class PartJoiner {
  readonly #book: RosterBook
  readonly #options: JoinOptions
  readonly #members: number[][]
  readonly #points: NearestPoints
  readonly #parties: Parties
  #steps: Step[] = []

  /** `available`: all people who may be placed. */
  constructor(book: RosterBook, available: Iterable<number>, options: JoinOptions) {
    this.#book = book
    this.#options = options
    this.#members = Array.from({ length: book.instance.teams }, () => [])
    for (const person of available) this.#members[book.instance.team[person]!]!.push(person)
    const teams = [...this.#members.keys()].filter((team) => this.#members[team]!.length > 0)
    this.#points = new NearestPoints(book.instance.teamX, book.instance.teamY, teams)
    this.#parties = new Parties(book)
  }

  /** At most `passes` rounds, until nothing changes. @returns how many parts were dissolved */
  run(passes: number): number {
    let total = 0
    for (let pass = 0; pass < passes; pass++) {
      const dissolved = this.#pass() + this.#unitePass()
      total += dissolved
      if (dissolved === 0 || this.#options.stop?.()) break
    }
    return total
  }

  #pass(): number {
    const { instance } = this.#book
    const parts: { team: number; shift: number; size: number }[] = []
    for (let shift = 0; shift < instance.shifts; shift++)
      for (const [team, { people }] of instance.frozen[shift] ? [] : this.#parties.on(shift))
        if (people.length <= this.#options.sizeMax) parts.push({ team, shift, size: people.length })
    parts.sort((a, b) => a.size - b.size || a.shift - b.shift || a.team - b.team)
    let dissolved = 0
    for (const { team, shift } of parts) {
      if (this.#options.stop?.()) break
      if (this.#dissolve(team, shift)) dissolved++
    }
    return dissolved
  }

  /** If several small parties of other units share a shift, one team may replace all of them. */
  #unitePass(): number {
    const { instance } = this.#book
    let dissolved = 0
    for (let shift = 0; shift < instance.shifts; shift++) {
      if (instance.frozen[shift] || this.#options.stop?.()) continue
      const parties = this.#parties.on(shift)
      if (parties.size < 2) continue
      const small = [...parties].flatMap(([team, { people, minors }]): [number, number[]][] => {
        if (people.length > this.#options.sizeMax || minors > 0 || isOwn(instance, team, shift)) return []
        return people.some((person) => this.#options.fixed(person, shift)) ? [] : [[team, [...people]]]
      })
      if (small.length >= 2 && this.#unite(shift, new Map(small))) dissolved++
    }
    return dissolved
  }

  #unite(shift: number, parties: ReadonlyMap<number, readonly number[]>): boolean {
    const { instance, peopleOn } = this.#book
    const zone = instance.zone[shift]!
    const before = this.#missing(shift)
    let looked = 0
    for (const team of this.#points.near(instance.zoneX[zone]!, instance.zoneY[zone]!)) {
      if (looked++ >= teamsLookedAt) break
      this.#steps = []
      for (const [other, party] of parties)
        if (other !== team) for (const person of party) this.#move(person, shift, -1)
      const done = () =>
        peopleOn[shift]!.length >= this.#options.needed(shift) && this.#missing(shift) <= before
      for (const person of this.#bySkill(team, shift)) {
        if (done()) break
        const missing = this.#missing(shift)
        const short = peopleOn[shift]!.length < this.#options.needed(shift)
        const mark = this.#steps.length
        if (!this.#comeFreely(person, shift)) continue
        if (!short && this.#missing(shift) >= missing) this.#undo(mark)
      }
      if (done()) return true
      this.#undo()
    }
    return false
  }

  /** Adds a person without a place, or one whose present shift does not need them. */
  #comeFreely(person: number, shift: number): boolean {
    const { instance, peopleOn } = this.#book
    const serving = this.#book.servingOf(person)
    const from = serving[0]
    if (instance.minor[person] || from === shift || serving.length > 1) return false
    if (peopleOn[shift]!.length >= instance.limit[shift]!) return false
    if (from === undefined) {
      if (!this.#book.fits(person, shift)) return false
      this.#move(person, -1, shift)
      return true
    }
    if (
      instance.frozen[from] ||
      this.#options.fixed(person, from) ||
      isOwn(instance, instance.team[person]!, from)
    )
      return false
    if (peopleOn[from]!.length <= this.#options.needed(from) || !this.#escortsWithout(person, from))
      return false
    const before = this.#missing(from)
    const mark = this.#steps.length
    this.#move(person, from, -1)
    if (this.#missing(from) <= before && this.#book.fits(person, shift)) {
      this.#move(person, -1, shift)
      return true
    }
    this.#undo(mark)
    return false
  }

  /** The members of a team, holders of skills the shift requires first. */
  #bySkill(team: number, shift: number): number[] {
    const { instance } = this.#book
    const mask = instance.needs[shift]!.reduce((set, { skill }) => set | (1 << skill), 0)
    const holds = (person: number) => ((instance.skills[person]! & mask) !== 0 ? 0 : 1)
    return this.#members[team]!.toSorted((a, b) => holds(a) - holds(b) || a - b)
  }

  #dissolve(team: number, shift: number): boolean {
    const { people = [], minors = 0 } = this.#parties.of(team, shift) ?? {}
    if (minors > 0 || people.some((person) => this.#options.fixed(person, shift))) return false
    const party = [...people]
    this.#steps = []
    for (const person of party) {
      if (this.#leave(person, shift, party.length)) continue
      this.#undo()
      return false
    }
    return party.length > 0
  }

  /** Frees the seat of a person of the part, in the cheapest way. */
  #leave(person: number, shift: number, size: number): boolean {
    const { instance } = this.#book
    if (isOwn(instance, instance.team[person]!, shift)) {
      const mark = this.#steps.length
      if (this.#goToOwn(person, shift)) return true
      this.#undo(mark)
      if (size >= this.#options.sensibleSize) return false
    }
    const before = this.#missing(shift)
    this.#move(person, shift, -1)
    const bearable =
      this.#book.peopleOn[shift]!.length >= this.#options.needed(shift) && this.#missing(shift) <= before
    return bearable || this.#replace(person, shift, before)
  }

  /** Moves the person to another own shift with an empty seat, where the team is already. */
  #goToOwn(person: number, shift: number): boolean {
    const { instance, peopleOn } = this.#book
    const team = instance.team[person]!
    const before = this.#missing(shift)
    this.#move(person, shift, -1)
    const enough = peopleOn[shift]!.length >= this.#options.needed(shift) && this.#missing(shift) <= before
    for (const other of this.#shiftsOf(team, shift)) {
      if (!isOwn(instance, team, other) || peopleOn[other]!.length >= instance.limit[other]!) continue
      if (!this.#book.fits(person, other)) continue
      this.#move(person, -1, other)
      return enough || this.#replace(person, shift, before)
    }
    return false
  }

  /** Fills the seat a person left, from teams on the shift. */
  #replace(person: number, shift: number, missing: number): boolean {
    const { instance } = this.#book
    const candidates = this.#membersPresent(shift, instance.team[person]!)
    for (const other of candidates) {
      if (instance.minor[other] || this.#book.serves(other) || !this.#book.fits(other, shift)) continue
      if (this.#try(other, -1, shift, missing)) return true
    }
    return candidates.some((other) => this.#swap(person, other, shift, missing))
  }

  /** The members of the teams on a shift, except one team. */
  #membersPresent(shift: number, except: number): number[] {
    const found: number[] = []
    for (const team of this.#parties.on(shift).keys()) {
      if (team === except) continue
      for (const member of this.#members[team]!) found.push(member)
      if (found.length >= candidatesMax) break
    }
    return found
  }

  /** Swap: `other` comes from a shift where the team of `person` is, too, and `person` takes that seat. */
  #swap(person: number, other: number, shift: number, missing: number): boolean {
    const { instance, peopleOn } = this.#book
    const serving = this.#book.servingOf(other)
    const from = serving[0]
    if (serving.length !== 1 || from === undefined || from === shift) return false
    if (instance.minor[other] || instance.frozen[from] || this.#options.fixed(other, from)) return false
    if (isOwn(instance, instance.team[other]!, from) && !isOwn(instance, instance.team[other]!, shift))
      return false
    const present = this.#parties.of(instance.team[person]!, from) !== undefined
    const idle = !this.#book.serves(person)
    const spare = peopleOn[from]!.length > this.#options.needed(from)
    if (!(idle && present) && !spare) return false
    if (!this.#escortsWithout(other, from)) return false
    const before = this.#missing(from)
    const mark = this.#steps.length
    this.#move(other, from, -1)
    const fits = this.#book.fits(other, shift) && this.#try(other, -1, shift, missing)
    if (fits && idle && present && this.#book.fits(person, from)) this.#move(person, -1, from)
    if (fits && this.#missing(from) <= before && peopleOn[from]!.length >= this.#options.needed(from))
      return true
    this.#undo(mark)
    return false
  }

  /** Moves a person if it leaves no more skills missing than before. */
  #try(person: number, from: number, to: number, missing: number): boolean {
    this.#move(person, from, to)
    if (this.#missing(to) <= missing) return true
    this.#undo(this.#steps.length - 1)
    return false
  }

  #escortsWithout(person: number, shift: number): boolean {
    const { people, minors } = this.#parties.of(this.#book.instance.team[person]!, shift)!
    const adults = people.length - minors
    // An adult beside minors of the team is their escort, unless every minor has one already.
    return minors === 0 || adults > minors
  }

  #missing(shift: number): number {
    return this.#book.missingInAll(shift)
  }

  #shiftsOf(team: number, except: number): Set<number> {
    const shifts = new Set<number>()
    for (const person of this.#members[team]!)
      for (const shift of this.#book.servingOf(person)) if (shift !== except) shifts.add(shift)
    return shifts
  }

  #move(person: number, from: number, to: number): void {
    this.#shift(person, from, to)
    this.#steps.push({ person, from, to })
  }

  #undo(mark = 0): void {
    while (this.#steps.length > mark) {
      const { person, from, to } = this.#steps.pop()!
      this.#shift(person, to, from)
    }
  }

  #shift(person: number, from: number, to: number): void {
    if (from >= 0) {
      this.#book.remove(person, from)
      this.#parties.leave(person, from)
    }
    if (to < 0) return
    this.#book.place(person, to)
    this.#parties.join(person, to)
  }
}
