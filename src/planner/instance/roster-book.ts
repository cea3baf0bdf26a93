import type { Placement } from '../format/proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import { uncoveredBy } from './uncovered.ts'

const none: readonly number[] = []
const nothing = new Int32Array(0)
const nowhere = -1
const several = -2

/** The placements of a plan in progress, indexed by person, by shift and by team. */
export class RosterBook {
  readonly instance: Instance
  readonly peopleOn: number[][]
  /** The only shift of each person; `several` if `#shifts` has a list. */
  readonly #only: Int32Array
  readonly #shifts = new Map<number, number[]>()
  /** Index of a person with one shift in the list of its people; a hint that is checked before use. */
  readonly #at: Int32Array
  /** Cache: missing people for each skill need of a shift, cleared when people change. */
  readonly #missing: (Int32Array | undefined)[]
  /** Cache: number of people on a shift for each set of skills. */
  readonly #counts: (Map<number, number> | undefined)[]

  constructor(instance: Instance, placements: Iterable<Placement> = []) {
    this.instance = instance
    this.#only = new Int32Array(instance.people).fill(nowhere)
    this.peopleOn = Array.from({ length: instance.shifts }, () => [])
    this.#at = new Int32Array(instance.people)
    this.#missing = Array.from({ length: instance.shifts })
    this.#counts = Array.from({ length: instance.shifts })
    for (const { vol, shift } of placements) this.place(vol, shift)
  }

  place(person: number, shift: number): void {
    const only = this.#only[person]!
    if (only === nowhere) this.#only[person] = shift
    else if (only === several) this.#shifts.get(person)!.push(shift)
    else {
      this.#shifts.set(person, [only, shift])
      this.#only[person] = several
    }
    this.#at[person] = this.peopleOn[shift]!.push(person) - 1
    this.#count(person, shift, 1)
  }

  remove(person: number, shift: number): void {
    if (this.#only[person] === several) {
      const left = this.#shifts.get(person)!.filter((each) => each !== shift)
      if (left.length > 1) this.#shifts.set(person, left)
      else {
        this.#shifts.delete(person)
        this.#only[person] = left[0] ?? nowhere
      }
    } else this.#only[person] = nowhere
    this.#takeOut(person, this.peopleOn[shift]!)
    this.#count(person, shift, -1)
  }

  /** Swap-remove: the last element takes the free place, so the cost does not depend on the size of the shift. */
  #takeOut(person: number, present: number[]): void {
    const known = this.#at[person]!
    const at = present[known] === person ? known : present.indexOf(person)
    const last = present.pop()!
    if (last === person) return
    present[at] = last
    this.#at[last] = at
  }

  #count(person: number, shift: number, change: 1 | -1): void {
    this.#missing[shift] = undefined
    const counts = this.#counts[shift]
    if (!counts) return
    const held = this.instance.skills[person]!
    counts.set(held, (counts.get(held) ?? 0) + change)
  }

  serves(person: number): boolean {
    return this.#only[person] !== nowhere
  }

  /** The shifts of a person, in the order of placement. */
  servingOf(person: number): readonly number[] {
    const only = this.#only[person]!
    if (only === nowhere) return none
    return only === several ? this.#shifts.get(person)! : [only]
  }

  /** The first shift of a person; -1: none. */
  firstOf(person: number): number {
    const only = this.#only[person]!
    return only === several ? this.#shifts.get(person)![0]! : only
  }

  /**
   * Whether the person could serve on the shift in addition to their other shifts; seats and escorts are not checked.
   */
  fits(person: number, shift: number): boolean {
    return refusalOf(this.instance, person, shift, this.servingOf(person)) === null
  }

  /** Missing people for each skill need of a shift, in the order of `instance.needs`. */
  missing(shift: number): Int32Array {
    const { needs, skills } = this.instance
    const asked = needs[shift]!
    if (asked.length === 0) return nothing
    let counts = this.#counts[shift]
    if (!counts) {
      counts = new Map()
      for (const person of this.peopleOn[shift]!)
        counts.set(skills[person]!, (counts.get(skills[person]!) ?? 0) + 1)
      this.#counts[shift] = counts
    }
    this.#missing[shift] ??= uncoveredBy(asked, counts)
    return this.#missing[shift]
  }

  /** Missing people for all skill needs of a shift. */
  missingInAll(shift: number): number {
    let sum = 0
    for (const count of this.missing(shift)) sum += count
    return sum
  }

  /** Minors and adults of one team on a shift. */
  presence(team: number, shift: number): { minors: number; adults: number } {
    let minors = 0
    let adults = 0
    for (const person of this.peopleOn[shift]!) {
      if (this.instance.team[person] !== team) continue
      if (this.instance.minor[person]) minors++
      else adults++
    }
    return { minors, adults }
  }

  placements(): Placement[] {
    return this.peopleOn.flatMap((people, shift) => people.map((vol) => ({ vol, shift })))
  }
}
