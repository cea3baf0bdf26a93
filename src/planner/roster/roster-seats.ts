import type { Instance } from '../instance/instance.ts'
import { evenSteps } from '../instance/levels.ts'
import { rosterArcs } from './roster-arcs.ts'

/** The demand of each shift that is left after the placements so far. */
export interface RosterSeats {
  readonly count: Int32Array
  /** Missing people for each need, in the order of `instance.needs[shift]`. */
  readonly skillMissing: readonly Int32Array[]
  /**
   * Shifts where a placed person could cover more than one skill need. That choice is left open, so only the sum of
   * the needs is capped.
   */
  readonly undecided: ReadonlySet<number>
}

type AddArc = (from: number, to: number, cap: number, kind: number, metric: number) => void

/** The seat nodes of the shifts: for each skill, for any person, and the tiers from minimum to limit behind them. */
export class SeatRows {
  /** The node of a shift's seats for any person; -1: none is open. */
  readonly general: Int32Array
  /** The required skills, by window. */
  readonly askedIn: readonly ReadonlySet<number>[]
  /** The number of seat nodes. */
  readonly count: number
  readonly next: number
  readonly shiftsIn: readonly (readonly number[])[]
  readonly #instance: Instance
  readonly #given: RosterSeats
  readonly #skilled: Int32Array[]
  readonly #sums = new Map<number, number>()

  constructor(instance: Instance, given: RosterSeats, first: number) {
    let next = first
    this.#instance = instance
    this.#given = given
    const askedIn = instance.windows.map(() => new Set<number>())
    this.general = Int32Array.from({ length: instance.shifts }, (_, shift) => {
      return !instance.frozen[shift] && given.count[shift]! < instance.limit[shift]! ? next++ : -1
    })
    this.#skilled = instance.needs.map((needs, shift) => {
      const undecided =
        given.undecided.has(shift) && given.skillMissing[shift]!.some((missing) => missing > 0)
      if (undecided && this.general[shift]! >= 0) this.#sums.set(shift, next++)
      return Int32Array.from(needs, ({ skill }, at) => {
        if (this.general[shift]! < 0 || (!undecided && given.skillMissing[shift]![at]! <= 0)) return -1
        askedIn[instance.window[shift]!]!.add(skill)
        return next++
      })
    })
    this.askedIn = askedIn
    this.count = next - first
    this.next = next
    this.shiftsIn = instance.windows.map((_, window) =>
      [...instance.window.keys()].filter((s) => instance.window[s] === window && this.general[s]! >= 0),
    )
  }

  /** The node of a shift's seats for a skill (-1: any person); -1: there is none. */
  nodeFor(shift: number, skill: number): number {
    if (skill < 0) return this.general[shift]!
    const at = this.#instance.needs[shift]!.findIndex((need) => need.skill === skill)
    return at < 0 ? -1 : this.#skilled[shift]![at]!
  }

  lay(add: AddArc): void {
    for (let shift = 0; shift < this.#instance.shifts; shift++)
      if (this.general[shift]! >= 0) {
        this.#laySkills(shift, add)
        this.#layTiers(shift, add)
      }
  }

  #laySkills(shift: number, add: AddArc): void {
    const missing = this.#given.skillMissing[shift]!
    const node = this.general[shift]!
    const sum = this.#sums.get(shift)
    this.#skilled[shift]!.forEach((seat, at) => {
      if (seat < 0) return
      if (sum === undefined) add(seat, node, missing[at]!, rosterArcs.skill, 0)
      else add(seat, sum, this.#instance.needs[shift]![at]!.min, rosterArcs.cap, 0)
    })
    if (sum === undefined) return
    const most = missing.reduce((total, each) => total + each, 0)
    add(sum, node, most, rosterArcs.skill, 0)
  }

  #layTiers(shift: number, add: AddArc): void {
    const { min: mins, target: targets, limit } = this.#instance
    const node = this.general[shift]!
    const taken = this.#given.count[shift]!
    const [min, target] = [mins[shift]!, targets[shift]!]
    if (taken < min) add(node, 0, min - taken, rosterArcs.minimum, 0)
    for (let step = 0; step < evenSteps; step++) {
      const from = Math.max(taken, min + Math.floor(((target - min) * step) / evenSteps))
      const to = min + Math.floor(((target - min) * (step + 1)) / evenSteps)
      if (to > from) add(node, 0, to - from, rosterArcs.target, evenSteps - 1 - step)
    }
    const above = limit[shift]! - Math.max(taken, target)
    if (above > 0) add(node, 0, above, rosterArcs.above, 0)
  }
}
