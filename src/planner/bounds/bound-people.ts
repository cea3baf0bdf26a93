import { refusalOf } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'

/** A person type: available in the same windows, with the same required skills. */
export interface PersonType {
  readonly windows: readonly number[]
  readonly skills: number
}

/** The number of people of each type, by the type's position. */
export type Counts = Map<number, number>

/** A person whose duties elsewhere allow some shifts of a window but not others. */
export interface Tied {
  readonly person: number
  readonly windows: readonly number[]
  readonly shifts: readonly number[]
  /**
   * Whether only the unit's own zones are checked one by one. Elsewhere the person then counts as available in a
   * whole window if at least one of its shifts is possible. This is a relaxation: it only adds possibilities.
   */
  readonly pooled: boolean
}

/** Upper limit for pairs of a tied person and a shift that are checked one by one. */
const tiedPairsMax = 2000

/**
 * The people who may be placed, counted by type. Without distances, people of one type are interchangeable for these
 * goals.
 */
export class BoundPeople {
  readonly types: PersonType[] = []
  readonly adults: Counts = new Map()
  /** Adults of units that have their own zones. */
  readonly adultsOfUnit = new Map<number, Counts>()
  /** Minors, and adults, of teams with minors who may be placed. */
  readonly minorsOfTeam = new Map<number, Counts>()
  readonly adultsOfTeam = new Map<number, Counts>()
  readonly tied: Tied[] = []
  /** The type of each person; −1: may not be placed, or is tied. */
  readonly typeOf: Int32Array
  readonly #instance: Instance
  readonly #open: (shift: number) => boolean
  readonly #asked: number
  readonly #known = new Map<string, number>()
  readonly #periods = new Map<string, readonly number[]>()

  /**
   * @param open whether a shift has open seats
   * @param hasOwnZone whether a unit has its own zones with open seats
   */
  constructor(
    instance: Instance,
    may: (person: number) => boolean,
    open: (shift: number) => boolean,
    hasOwnZone: (unit: number) => boolean,
  ) {
    this.#instance = instance
    this.#open = open
    this.#asked = instance.needs.flat().reduce((mask, { skill }) => mask | (1 << skill), 0)
    this.typeOf = new Int32Array(instance.people).fill(-1)
    const tied: { person: number; windows: readonly number[]; shifts: readonly number[] }[] = []
    for (let person = 0; person < instance.people; person++) {
      if (!may(person) || instance.barred[person]) continue
      const able = this.#ableOf(person)
      if (able.windows.length === 0) continue
      if (able.shifts) tied.push({ person, windows: able.windows, shifts: able.shifts })
      else this.typeOf[person] = this.#typeFor(person, able.windows)
    }
    const pooled = tied.reduce((sum, { shifts }) => sum + shifts.length, 0) > tiedPairsMax
    const withMinors = new Set(instance.team.filter((_, person) => instance.minor[person] === 1))
    for (const each of tied)
      if (pooled && withMinors.has(instance.team[each.person]!))
        this.typeOf[each.person] = this.#typeFor(each.person, each.windows)
      else this.tied.push({ ...each, pooled })
    this.#count(hasOwnZone)
  }

  #count(hasOwnZone: (unit: number) => boolean): void {
    const { team, minor, teamUnit } = this.#instance
    for (const { person } of this.tied) if (minor[person]) this.minorsOfTeam.set(team[person]!, new Map())
    for (const [person, type] of this.typeOf.entries())
      if (type >= 0 && minor[person]) add(countsOf(this.minorsOfTeam, team[person]!), type)
    for (const [person, type] of this.typeOf.entries()) {
      if (type < 0 || minor[person]) continue
      const unit = teamUnit[team[person]!]!
      add(this.adults, type)
      if (hasOwnZone(unit)) add(countsOf(this.adultsOfUnit, unit), type)
      if (this.minorsOfTeam.has(team[person]!)) add(countsOf(this.adultsOfTeam, team[person]!), type)
    }
  }

  /** The windows with at least one possible shift; if duties elsewhere matter, also the possible shifts. */
  #ableOf(person: number): { windows: readonly number[]; shifts?: number[] } {
    const instance = this.#instance
    const windows = this.#windowsBetween(person)
    if (!instance.commitmentsOf.has(person)) return { windows }
    const shifts: number[] = []
    const left = new Set<number>()
    let stopped = false
    for (let shift = 0; shift < instance.shifts; shift++) {
      if (!windows.includes(instance.window[shift]!) || !this.#open(shift)) continue
      const refusal = refusalOf(instance, person, shift)
      if (refusal === 'committed') stopped = true
      if (refusal !== null) continue
      shifts.push(shift)
      left.add(instance.window[shift]!)
    }
    const able = windows.filter((window) => left.has(window))
    return stopped ? { windows: able, shifts } : { windows: able }
  }

  /**
   * Windows within the person's availability that have a shift with open seats; for minors, a shift that allows
   * minors.
   */
  #windowsBetween(person: number): readonly number[] {
    const { from, to, minor, windows, window, minorsOk, zone } = this.#instance
    const key = `${from[person]}-${to[person]}-${minor[person]}`
    const known = this.#periods.get(key)
    if (known) return known
    const useful = new Set<number>()
    for (let shift = 0; shift < window.length; shift++)
      if (this.#open(shift) && (!minor[person] || minorsOk[zone[shift]!])) useful.add(window[shift]!)
    const found = [...windows.keys()].filter(
      (w) => useful.has(w) && from[person]! <= windows[w]!.start && windows[w]!.end <= to[person]!,
    )
    this.#periods.set(key, found)
    return found
  }

  #typeFor(person: number, windows: readonly number[]): number {
    const skills = this.#instance.skills[person]! & this.#asked
    const key = `${windows.join()}:${skills}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const type = this.types.push({ windows, skills }) - 1
    this.#known.set(key, type)
    return type
  }
}

/** The counts of a group, created on first use. */
export function countsOf(groups: Map<number, Counts>, group: number): Counts {
  let counts = groups.get(group)
  if (!counts) {
    counts = new Map()
    groups.set(group, counts)
  }
  return counts
}

function add(counts: Counts, type: number): void {
  counts.set(type, (counts.get(type) ?? 0) + 1)
}
