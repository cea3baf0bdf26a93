import type { Instance } from './instance.ts'
import { evenSteps } from './levels.ts'
import { rosterArcs } from './roster-arcs.ts'

/** What the places already given leave of each shift's demand. */
export interface RosterSeats {
  readonly count: Int32Array
  /** Still missing for each need, in the order of `instance.needs[shift]`. */
  readonly skillMissing: readonly Int32Array[]
  /**
   * Shifts where somebody placed already could cover one need or another: which is not decided here, so that only
   * their sum is capped.
   */
  readonly undecided: ReadonlySet<number>
}

type AddArc = (from: number, to: number, cap: number, kind: number, metric: number) => void

/** The seats of the shifts: for each skill, for anybody, and the tiers from minimum to limit behind them. */
export class SeatRows {
  /** The node of a shift's seats for anybody; -1: none is open. */
  readonly general: Int32Array
  /** The skills asked for, by window. */
  readonly askedIn: readonly ReadonlySet<number>[]
  /** How many nodes seats have. */
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

  /** The node of the seats for a skill (-1: for anybody) of a shift; -1: there is none. */
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
