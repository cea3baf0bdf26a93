import type { PersonClass } from '../flow/classes.ts'
import { NearestPoints } from '../flow/nearest.ts'
import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { Bench } from './bench.ts'

/**
 * Minimizes team parts: whole shifts are given to single teams, as in bin packing, before the flow places the
 * remaining people. `guide` is an optimal plan without the goal `parts`. The number of people on each shift, and how
 * many people each unit sends to its own zones, are taken from it, so that the goals before `parts` stay reachable.
 */
export interface PackOptions {
  guide: RosterBook
  classes: readonly PersonClass[]
  /** People who fill a seat for a skill in the guide. */
  skilled: ReadonlySet<number>
  /** The number of people up to which a shift is filled by its own unit; `wanted`: by others. */
  ownWanted: (shift: number) => number
  wanted: (shift: number) => number
  /** The number of people from which on a shift needs no further part. */
  enough: (shift: number) => number
}

/** Gives whole shifts to single teams; see `PackOptions`. */
export class Packer {
  readonly #book: RosterBook
  readonly #instance: Instance
  readonly #options: PackOptions
  readonly #bench: Bench
  /** Units with people who still wait for a place in an own zone: no other people are packed there. */
  readonly #waiting = new Set<number>()

  constructor(book: RosterBook, options: PackOptions) {
    this.#book = book
    this.#instance = book.instance
    this.#options = options
    this.#bench = new Bench(book, options.classes, options.skilled)
  }

  /** Sends people of each unit to its own zones, as many as in the guide, in few parts. */
  packOwn(): void {
    const instance = this.#instance
    const shiftsOf = Map.groupBy(instance.zone.keys(), (shift) => instance.zoneUnit[instance.zone[shift]!]!)
    const teamsOf = Map.groupBy(this.#bench.teams(), (team) => instance.teamUnit[team]!)
    this.#placeTied()
    this.#bench.refresh('windows')
    for (const [unit, teams] of teamsOf) {
      const shifts = unit < 0 ? [] : (shiftsOf.get(unit) ?? []).filter((shift) => !instance.frozen[shift])
      if (shifts.length > 0) this.#packUnit(teams, shifts)
    }
  }

  /**
   * Tries two orders: long shifts first, then large remainders first. If both leave people over, it copies the guide.
   */
  #packUnit(teams: readonly number[], shifts: readonly number[]): void {
    const instance = this.#instance
    const ownOf = (book: RosterBook, shift: number) =>
      book.peopleOn[shift]!.filter((person) => isOwn(instance, instance.team[person]!, shift))
    const left = shifts.reduce((sum, shift) => {
      return sum + ownOf(this.#options.guide, shift).length - ownOf(this.#book, shift).length
    }, 0)
    if (left <= 0) return
    const before = this.#bench.state(teams)
    const placed = new Set(shifts.flatMap((shift) => ownOf(this.#book, shift)))
    for (const longFirst of [true, false]) {
      if (this.#packInto(teams, shifts, left, longFirst) === 0) return
      for (const shift of shifts)
        for (const person of ownOf(this.#book, shift))
          if (!placed.has(person)) this.#book.remove(person, shift)
      this.#bench.restore(before)
    }
    this.#waiting.add(instance.teamUnit[teams[0]!]!)
  }

  /** @returns how many of `left` people found no place */
  #packInto(teams: readonly number[], shifts: readonly number[], left: number, longFirst: boolean): number {
    const instance = this.#instance
    let rest = left
    while (rest > 0) {
      let best = { team: -1, shift: -1, count: 0, score: 0 }
      for (const shift of shifts) {
        const length = longFirst ? (instance.end[shift]! - instance.start[shift]!) * 1e6 : 0
        for (const team of teams) {
          const room = this.#roomOf(team, shift, this.#options.ownWanted(shift))
          const lacking = Math.min(room, this.#room(shift, this.#options.enough(shift)))
          const can = Math.min(this.#bench.count(team, shift), rest)
          const fill = lacking > 0 && can >= lacking ? lacking : Math.min(can, room)
          if (fill <= 0) continue
          // Best: the team alone brings the shift to `enough`. Next: it joins its own party. Last: a part that needs
          // another one.
          const alone = lacking > 0 && can >= lacking
          const score = fill + length + (alone ? 1e6 : this.#present(team, shift) ? 1e4 : 0)
          if (score > best.score) best = { team, shift, count: fill, score }
        }
      }
      const came = best.count === 0 ? 0 : this.#call(best.team, best.shift, best.count)
      if (came === 0) return rest
      rest -= came
    }
    return 0
  }

  /** People with duties elsewhere or a needed skill go to the own zone of the guide. */
  #placeTied(): void {
    const instance = this.#instance
    for (const person of [...instance.commitmentsOf.keys(), ...this.#options.skilled]) {
      if (instance.minor[person] || this.#book.serves(person)) continue
      if (instance.problem.teams[instance.team[person]!]!.whole) continue
      const own = this.#options.guide
        .servingOf(person)
        .find((s) => isOwn(instance, instance.team[person]!, s))
      if (own !== undefined && this.#room(own, instance.limit[own]!) > 0) this.#book.place(person, own)
    }
  }

  /** Whether people with skills are still needed, whoever else comes. */
  needsOthers(shift: number): boolean {
    return this.#skillRoom(shift) > 0
  }

  /** Seats of a shift for a party of minors and escorts of this team. */
  roomFor(team: number, shift: number): number {
    return isOwn(this.#instance, team, shift)
      ? this.#room(shift, this.#options.wanted(shift)) - this.#skillRoom(shift)
      : this.roomForStrangers(shift)
  }

  /** Seats of a shift for people of other units: none while people of the shift's unit wait. */
  roomForStrangers(shift: number): number {
    const unit = this.#instance.zoneUnit[this.#instance.zone[shift]!]!
    if (unit >= 0 && this.#waiting.has(unit)) return 0
    return this.#room(shift, this.#options.wanted(shift)) - this.#skillRoom(shift)
  }

  #skillRoom(shift: number): number {
    return this.#book.missingInAll(shift)
  }

  /**
   * Gives the remaining seats of each shift to one team, the smallest that is large enough (best fit); otherwise to a
   * few teams.
   */
  packStrangers(): void {
    this.#bench.recall()
    this.#bench.refresh('skills')
    const instance = this.#instance
    const lacking = (shift: number) =>
      Math.min(this.#room(shift, this.#options.enough(shift)), this.roomForStrangers(shift))
    const length = (shift: number) => instance.end[shift]! - instance.start[shift]!
    const shifts = [...Array(instance.shifts).keys()]
      .filter((shift) => !instance.frozen[shift] && lacking(shift) > 0)
      .sort((a, b) => length(b) - length(a) || lacking(b) - lacking(a) || a - b)
    const spare = this.#bench.teams().filter((team) => !this.#waiting.has(instance.teamUnit[team]!))
    const points = new NearestPoints(instance.teamX, instance.teamY, spare)
    for (const shift of shifts) {
      for (let parts = 0; parts < partsMax && lacking(shift) > 0; parts++) {
        const team = this.#teamFor(points, shift, lacking(shift), parts === partsMax - 1)
        if (team < 0) break
        if (this.#call(team, shift, this.#share(team, shift)) === 0) break
      }
    }
  }

  /** How many people of a team go to a shift: the number wanted, or all if only a few would be left over. */
  #share(team: number, shift: number): number {
    const room = this.roomForStrangers(shift) + this.#skillRoom(shift)
    const count = this.#bench.count(team, shift)
    const whole = count <= this.#room(shift, this.#instance.limit[shift]!) && count - room < partMin
    return whole ? count : room
  }

  #teamFor(points: NearestPoints, shift: number, lacking: number, last: boolean): number {
    const instance = this.#instance
    const zone = instance.zone[shift]!
    const wanted = this.#skillsWanted(shift).filter(({ missing }) => missing > 0)
    let fits = -1
    let best = Number.POSITIVE_INFINITY
    let largest = -1
    let most = 0
    let looked = 0
    for (const team of points.near(instance.zoneX[zone]!, instance.zoneY[zone]!)) {
      const count = this.#bench.count(team, shift)
      if (count === 0) continue
      if (looked++ >= looksAt) break
      if (count > most) {
        most = count
        largest = team
      }
      if (count < lacking) continue
      const skilled = wanted.reduce((sum, { skill, missing }) => {
        return sum + Math.min(missing, this.#bench.holders(team, shift, skill))
      }, 0)
      const score =
        (count - lacking) * metresForASpare + distanceOf(instance, team, shift) - skilled * metresForASkill
      if (score >= best) continue
      best = score
      fits = team
    }
    if (fits >= 0) return fits
    return last || most * 3 < lacking ? -1 : largest
  }

  /** Places people of a team, holders of missing skills first. */
  #call(team: number, shift: number, count: number): number {
    const room = this.#roomOf(team, shift, this.#instance.limit[shift]!)
    return this.#bench.call(team, shift, Math.min(count, room), this.#skillsWanted(shift))
  }

  /** Seats a team may take: one seat is reserved for every missing skill that the team does not have. */
  #roomOf(team: number, shift: number, upTo: number): number {
    const kept = this.#skillsWanted(shift).reduce((sum, { skill, missing }) => {
      return missing === 0 ? sum : sum + Math.max(0, missing - this.#bench.holders(team, shift, skill))
    }, 0)
    return this.#room(shift, upTo) - kept
  }

  #room(shift: number, upTo: number): number {
    const people = this.#book.peopleOn[shift]!
    return Math.min(upTo, this.#instance.limit[shift]!) - people.length
  }

  #skillsWanted(shift: number): { skill: number; missing: number }[] {
    const missing = this.#book.missing(shift)
    return this.#instance.needs[shift]!.map(({ skill }, at) => ({ skill, missing: missing[at]! }))
  }

  #present(team: number, shift: number): boolean {
    return this.#book.peopleOn[shift]!.some((person) => this.#instance.team[person] === team)
  }
}

const partsMax = 3
/** A smaller number of people gets no shift of its own. */
const partMin = 8
const looksAt = 60
const metresForASpare = 400
const metresForASkill = 8000
