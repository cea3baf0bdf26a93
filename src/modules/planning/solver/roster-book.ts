import type { Placement } from '../proposal.ts'
import { refusalOf } from './eligibility.ts'
import type { Instance } from './instance.ts'
import { uncovered } from './seats.ts'

const none: readonly number[] = []
const nothing = new Int32Array(0)
const nowhere = -1
const several = -2

/** Who serves where, while a plan is being made: both ways round, and by team. */
export class RosterBook {
  readonly instance: Instance
  readonly peopleOn: number[][]
  /** The one shift of each person; `several` where `#shifts` has them. */
  readonly #only: Int32Array
  readonly #shifts = new Map<number, number[]>()
  /** What is missing of each need of a shift, as long as nobody came or went. */
  readonly #missing: (Int32Array | undefined)[]

  constructor(instance: Instance, placements: Iterable<Placement> = []) {
    this.instance = instance
    this.#only = new Int32Array(instance.people).fill(nowhere)
    this.peopleOn = Array.from({ length: instance.shifts }, () => [])
    this.#missing = Array.from({ length: instance.shifts })
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
    this.peopleOn[shift]!.push(person)
    this.#missing[shift] = undefined
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
    const present = this.peopleOn[shift]!
    present.splice(present.indexOf(person), 1)
    this.#missing[shift] = undefined
  }

  serves(person: number): boolean {
    return this.#only[person] !== nowhere
  }

  /** The shifts a person serves on, in the order they were given. */
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

  /** Whether the person could serve on the shift besides what they serve on; escorts and places aside. */
  fits(person: number, shift: number): boolean {
    return refusalOf(this.instance, person, shift, this.servingOf(person)) === null
  }

  /** How many people are missing for each need of a shift, in the order of `instance.needs`. */
  missing(shift: number): Int32Array {
    const { needs, skills } = this.instance
    const asked = needs[shift]!
    if (asked.length === 0) return nothing
    this.#missing[shift] ??= uncovered(
      asked,
      this.peopleOn[shift]!.map((person) => skills[person]!),
    )
    return this.#missing[shift]
  }

  /** How many people are missing on a shift for all its needs. */
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
