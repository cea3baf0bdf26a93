import type { ShortageKind } from '../format/vocabulary.ts'
import { refusalOf } from '../instance/eligibility.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { holds } from './funnel.ts'
import { type Mover, moversOf, skillNeeds } from './movers.ts'

/** Upper limit of (shift, tied person) pairs checked in one search. */
const tiedLooksMax = 200_000

/** The kind of seats that are missing; `skill` −1: no particular skill. */
export interface Wanted {
  kind: ShortageKind
  skill: number
}

/** Shifts whose people can replace each other, directly or through a chain. */
export interface Cut {
  readonly shifts: Set<number>
  readonly zones: Set<number>
  readonly windows: Set<number>
  /** 1: this person could help. */
  readonly people: Uint8Array
  readonly byTeam: Int32Array
  count: number
  /** Missing seats of this kind on all shifts of the cut. */
  missing: number
  /** A person could be freed: then it is not a cut, and its contents are incomplete. */
  spare: boolean
}

/**
 * Residual cuts. Starting from some windows: the shifts with people who could serve there instead, then the shifts
 * with people who could replace those, and so on. If none of these shifts can spare a person, there are not enough
 * people for all of them, and no other person who serves can help.
 * A step never worsens an earlier goal: for targets (and always if own units have priority) a person leaves a zone of
 * their own unit only for another zone of it, and a person whose skill is needed does not leave for a target.
 * Who can replace whom depends on the window of a shift, and on its unit for the unit's own people. So each window is
 * visited once, and a search costs O(windows × placements), whatever the number of shifts and shortages.
 */
export class CutSearch {
  readonly #book: RosterBook
  readonly #movers: readonly Mover[]
  readonly #tied: readonly Mover[]
  /** People who serve in zones of their own unit, by unit. */
  readonly #ownOf = new Map<number, Mover[]>()
  readonly #known = new Map<string, Cut>()
  readonly #staying = new Map<string, boolean>()

  constructor(book: RosterBook) {
    this.#book = book
    this.#movers = moversOf(book)
    this.#tied = this.#movers.filter(({ tied }) => tied)
    for (const mover of this.#movers) {
      if (!mover.own || mover.tied) continue
      const unit = this.#unitOf(mover.shift)
      const all = this.#ownOf.get(unit)
      if (all) all.push(mover)
      else this.#ownOf.set(unit, [mover])
    }
  }

  /** The cut from the shifts in these windows, whatever their zone. */
  from(wanted: Wanted, windows: readonly number[]): Cut {
    const key = `${wanted.kind},${wanted.skill},${windows.toSorted((a, b) => a - b)}`
    let cut = this.#known.get(key)
    if (!cut) {
      cut = this.#search(wanted, windows)
      this.#known.set(key, cut)
    }
    return cut
  }

  /** People who may serve on the shift only because it is in a zone of their unit, and where they serve now. */
  ownPeopleFor(wanted: Wanted, shift: number): { shifts: number[]; people: number[]; spare: boolean } {
    const { instance } = this.#book
    const found = { shifts: [] as number[], people: [] as number[], spare: false }
    const movers = this.#ownFirst(wanted.kind) ? (this.#ownOf.get(this.#unitOf(shift)) ?? []) : []
    if (movers.length === 0) return found
    const windows = [instance.window[shift]!]
    const shifts = new Set<number>()
    const people = new Set<number>()
    for (const window of windows)
      for (const mover of movers) {
        if (mover.shift === shift || people.has(mover.person) || !this.#may(wanted, mover, window)) continue
        people.add(mover.person)
        if (shifts.has(mover.shift)) continue
        if (!this.#isNeeded(wanted, mover)) found.spare = true
        shifts.add(mover.shift)
        const next = instance.window[mover.shift]!
        if (!windows.includes(next)) windows.push(next)
      }
    return { ...found, shifts: [...shifts], people: [...people] }
  }

  /** Whether a person who could serve at that time stays in a zone of their own unit. */
  staysOwnDuring(wanted: Wanted, window: number): boolean {
    const key = `${wanted.kind},${wanted.skill},${window}`
    let stays = this.#staying.get(key)
    if (stays === undefined) {
      stays = this.#movers.some((mover) => this.#staysOwn(wanted, mover) && this.#may(wanted, mover, window))
      this.#staying.set(key, stays)
    }
    return stays
  }

  #search(wanted: Wanted, windows: readonly number[]): Cut {
    const { instance } = this.#book
    const cut: Cut = {
      shifts: new Set(),
      zones: new Set(),
      windows: new Set(),
      people: new Uint8Array(instance.people),
      byTeam: new Int32Array(instance.teams),
      count: 0,
      missing: 0,
      spare: false,
    }
    const asked = new Set<string>()
    const ask = (movers: readonly Mover[], window: number, key: string) => {
      if (asked.has(key)) return
      asked.add(key)
      for (const mover of movers) {
        if (cut.spare) return
        if (key === `${window}` && this.#staysOwn(wanted, mover)) continue
        if (!mover.tied && this.#may(wanted, mover, window)) this.#join(wanted, mover, cut)
      }
    }
    for (const window of windows) ask(this.#movers, window, `${window}`)
    let looks = tiedLooksMax
    // Iterating a Set also visits the elements added during the loop.
    for (const shift of cut.shifts) {
      if (cut.spare) break
      const window = instance.window[shift]!
      ask(this.#movers, window, `${window}`)
      const unit = this.#unitOf(shift)
      if (this.#ownFirst(wanted.kind)) ask(this.#ownOf.get(unit) ?? [], window, `${window},${unit}`)
      for (const mover of this.#tied) if (looks-- > 0) this.#joinTied(wanted, mover, shift, cut)
    }
    return cut
  }

  /** Duties or other shifts make the location matter, so these people are checked shift by shift. */
  #joinTied(wanted: Wanted, mover: Mover, target: number, cut: Cut): void {
    const { person, shift } = mover
    if (cut.spare || shift === target || !this.#may(wanted, mover, this.#book.instance.window[target]!))
      return
    if (this.#staysOwn(wanted, mover) && this.#unitOf(shift) !== this.#unitOf(target)) return
    const others = this.#book.servingOf(person).filter((each) => each !== shift)
    if (refusalOf(this.#book.instance, person, target, others) === null) this.#join(wanted, mover, cut)
  }

  #join(wanted: Wanted, mover: Mover, cut: Cut): void {
    const { instance } = this.#book
    const { person, shift } = mover
    if (!cut.people[person]) {
      cut.people[person] = 1
      cut.count++
      cut.byTeam[instance.team[person]!]!++
    }
    if (cut.shifts.has(shift)) return
    if (!this.#isNeeded(wanted, mover)) {
      cut.spare = true
      return
    }
    cut.shifts.add(shift)
    cut.zones.add(instance.zone[shift]!)
    cut.windows.add(instance.window[shift]!)
    cut.missing += missingOn(this.#book, wanted, shift)
  }

  /** Whether the person is useful for the missing seats at that time, and no earlier goal keeps them. */
  #may({ kind, skill }: Wanted, { person, shift }: Mover, window: number): boolean {
    const { instance } = this.#book
    const { start, end } = instance.windows[window]!
    if (instance.from[person]! > start || instance.to[person]! < end) return false
    if (kind === 'skill') return holds(instance, person, skill)
    return kind === 'minimum' || !skillNeeds(this.#book, person, shift)
  }

  /** Whether the shift would miss a seat of this kind, or of a more important goal, without the person. */
  #isNeeded({ kind }: Wanted, { person, shift }: Mover): boolean {
    const { instance, peopleOn } = this.#book
    const least = kind === 'target' ? instance.target[shift]! : instance.min[shift]!
    if (peopleOn[shift]!.length <= least) return true
    return kind === 'skill' && skillNeeds(this.#book, person, shift)
  }

  #staysOwn(wanted: Wanted, mover: Mover): boolean {
    return mover.own && this.#ownFirst(wanted.kind)
  }

  #ownFirst(kind: ShortageKind): boolean {
    return kind === 'target' || this.#book.instance.problem.ownUnit === 'hard'
  }

  #unitOf(shift: number): number {
    const { instance } = this.#book
    return instance.zoneUnit[instance.zone[shift]!]!
  }
}

/** The number of missing seats of a kind on a shift. */
export function missingOn(
  { instance, peopleOn }: RosterBook,
  { kind, skill }: Wanted,
  shift: number,
): number {
  const people = peopleOn[shift]!
  if (kind === 'minimum') return Math.max(0, instance.min[shift]! - people.length)
  if (kind === 'target')
    return Math.max(0, instance.target[shift]! - Math.max(people.length, instance.min[shift]!))
  const need = instance.needs[shift]!.find((each) => each.skill === skill)
  if (!need) return 0
  return Math.max(0, need.min - people.filter((person) => holds(instance, person, skill)).length)
}
