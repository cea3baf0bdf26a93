import { isOwn } from './instance.ts'
import { NearestPoints } from './nearest.ts'
import type { RosterBook } from './roster-book.ts'

/**
 * Dissolves small team parts, one at a time: everybody of the part goes home, changes places with somebody whose
 * team is on both shifts already, or is replaced by somebody waiting whose team is there; all of them, or none.
 * A chain of such steps is an ejection chain (Glover 1996) of two links. Goals before parts never get worse:
 * seats stay filled as far as `needed` asks, skills stay covered, nobody leaves a zone of their own unit.
 */
export interface JoinOptions {
  /** How many people the shift must keep. */
  needed: (shift: number) => number
  /** People who must stay where they are. */
  fixed: (person: number, shift: number) => boolean
  /** A party smaller than this may leave a zone of its own unit: it is too small to be a party at all. */
  sensibleSize: number
  /** Parts above this size are left alone. */
  sizeMax: number
  stop?: (() => boolean) | undefined
}

const teamsLookedAt = 40

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
  #steps: Step[] = []

  /** `available` are all who may be placed. */
  constructor(book: RosterBook, available: Iterable<number>, options: JoinOptions) {
    this.#book = book
    this.#options = options
    this.#members = Array.from({ length: book.instance.teams }, () => [])
    for (const person of available) this.#members[book.instance.team[person]!]!.push(person)
    const teams = [...this.#members.keys()].filter((team) => this.#members[team]!.length > 0)
    this.#points = new NearestPoints(book.instance.teamX, book.instance.teamY, teams)
  }

  /** @returns how many parts were dissolved */
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
    this.#book.peopleOn.forEach((people, shift) => {
      if (instance.frozen[shift]) return
      for (const [team, party] of Map.groupBy(people, (person) => instance.team[person]!))
        if (party.length <= this.#options.sizeMax) parts.push({ team, shift, size: party.length })
    })
    parts.sort((a, b) => a.size - b.size || a.shift - b.shift || a.team - b.team)
    let dissolved = 0
    for (const { team, shift } of parts) {
      if (this.#options.stop?.()) break
      if (this.#dissolve(team, shift)) dissolved++
    }
    return dissolved
  }

  /** Where several small parties of strangers share a shift, one team may stand in for all of them. */
  #unitePass(): number {
    const { instance, peopleOn } = this.#book
    let dissolved = 0
    for (let shift = 0; shift < instance.shifts; shift++) {
      if (instance.frozen[shift] || this.#options.stop?.()) continue
      const parties = Map.groupBy(peopleOn[shift]!, (person) => instance.team[person]!)
      if (parties.size < 2) continue
      const small = [...parties].filter(([team, party]) => {
        const still = party.some((person) => instance.minor[person] || this.#options.fixed(person, shift))
        return party.length <= this.#options.sizeMax && !still && !isOwn(instance, team, shift)
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

  /** Brings somebody who waits, or whose present shift can do without them. */
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

  /** The members of a team, holders of skills the shift asks for first. */
  #bySkill(team: number, shift: number): number[] {
    const { instance } = this.#book
    const mask = instance.needs[shift]!.reduce((set, { skill }) => set | (1 << skill), 0)
    const holds = (person: number) => ((instance.skills[person]! & mask) !== 0 ? 0 : 1)
    return this.#members[team]!.toSorted((a, b) => holds(a) - holds(b) || a - b)
  }

  #dissolve(team: number, shift: number): boolean {
    const { instance, peopleOn } = this.#book
    const party = peopleOn[shift]!.filter((person) => instance.team[person] === team)
    if (party.some((person) => instance.minor[person] || this.#options.fixed(person, shift))) return false
    this.#steps = []
    for (const person of party) {
      if (this.#leave(person, shift, party.length)) continue
      this.#undo()
      return false
    }
    return party.length > 0
  }

  /** Frees the seat of a person of the part, in the way that costs least. */
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

  /** To another own shift where the team is already and a seat is empty. */
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

  /** Fills the seat a person left, from the teams that are on the shift. */
  #replace(person: number, shift: number, missing: number): boolean {
    const { instance, peopleOn } = this.#book
    const left = instance.team[person]!
    const teams = new Set(peopleOn[shift]!.map((other) => instance.team[other]!))
    teams.delete(left)
    for (const team of teams)
      for (const other of this.#members[team]!) {
        if (instance.minor[other] || this.#book.serves(other) || !this.#book.fits(other, shift)) continue
        if (this.#try(other, -1, shift, missing)) return true
      }
    for (const team of teams)
      for (const other of this.#members[team]!) if (this.#swap(person, other, shift, missing)) return true
    return false
  }

  /** `other` comes from where the team of `person` is, too, and `person` takes that seat. */
  #swap(person: number, other: number, shift: number, missing: number): boolean {
    const { instance, peopleOn } = this.#book
    const serving = this.#book.servingOf(other)
    const from = serving[0]
    if (serving.length !== 1 || from === undefined || from === shift) return false
    if (instance.minor[other] || instance.frozen[from] || this.#options.fixed(other, from)) return false
    if (isOwn(instance, instance.team[other]!, from) && !isOwn(instance, instance.team[other]!, shift))
      return false
    const present = peopleOn[from]!.some((each) => instance.team[each] === instance.team[person])
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

  /** Places somebody when that leaves no more skills missing than before. */
  #try(person: number, from: number, to: number, missing: number): boolean {
    this.#move(person, from, to)
    if (this.#missing(to) <= missing) return true
    this.#undo(this.#steps.length - 1)
    return false
  }

  #escortsWithout(person: number, shift: number): boolean {
    const { instance } = this.#book
    const { minors, adults } = this.#book.presence(instance.team[person]!, shift)
    return minors <= instance.problem.K * (adults - 1)
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
    if (from >= 0) this.#book.remove(person, from)
    if (to >= 0) this.#book.place(person, to)
    this.#steps.push({ person, from, to })
  }

  #undo(mark = 0): void {
    while (this.#steps.length > mark) {
      const { person, from, to } = this.#steps.pop()!
      if (to >= 0) this.#book.remove(person, to)
      if (from >= 0) this.#book.place(person, from)
    }
  }
}
