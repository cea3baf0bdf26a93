import { fixedPlacements } from '../instance/fixed.ts'
import type { Instance } from '../instance/instance.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { seatsOf } from '../instance/seats.ts'
import { escortPinned } from '../search/escorts.ts'
import { sendHome } from '../search/own-first.ts'
import { placeWholeTeams } from '../search/whole-teams.ts'
import { type Bounds, boundsBeyond, boundsOf } from './roster-bounds.ts'
import { dealByTime, shiftsOfGroups, wrapAround } from './roster-decode.ts'
import {
  gatherWholeTeams,
  type PartyWanted,
  placeParties,
  repeatWholeTeams,
  topUpMinors,
} from './roster-escorts.ts'
import { exchangeShifts } from './roster-exchange.ts'
import { carriedBy, gatherRoster, partKey } from './roster-gather.ts'
import { rosterGroups } from './roster-groups.ts'
import { type RosterLevel, RosterModel } from './roster-model.ts'
import type { RosterSeats } from './roster-seats.ts'
import { openNearZones, type RosterSolved, solveRoster } from './roster-solve.ts'
import { StructureFinder, type StructureSide } from './roster-structure.ts'

export interface RosterOptions {
  /** People who can serve on at least one shift. */
  servable: Uint8Array
  /** The goals of the flow, in order. */
  levels: readonly RosterLevel[]
  /** The goals of the flow after `parts`. */
  afterParts: readonly RosterLevel[]
  stop?: (() => boolean) | undefined
  /** Called with every complete plan that is better than the one before. */
  onPlan?: ((plan: RosterPlan) => void) | undefined
}

export interface RosterPlan {
  book: RosterBook
  relaxed: RosterSolved
  /** The values of the relaxation for the goals of the flow, in order: bounds up to the first goal the plan misses. */
  bounds: Bounds
  /** Bounds for the goals after that one. */
  beyond: Bounds
  /** Whether the caps of the network describe all rules, so that the goals before `parts` are optimal. */
  exact: boolean
  rawParts: number
}

const nearZones = 24
/** Number of near zones at the start of a later solve, where people who already serve form groups of one person. */
const nearZonesLater = 5
const roundsMax = 4

/**
 * Plans a roster (several shifts per person): exactly if the structure allows it, otherwise with a bound. See README.
 */
export function planRoster(instance: Instance, options: RosterOptions): RosterPlan {
  return new RosterPlanner(instance, options).run()
}

class RosterPlanner {
  readonly #instance: Instance
  readonly #options: RosterOptions
  readonly #finder: StructureFinder
  readonly #previous = new Map<number, number[]>()
  readonly #pinned: ReadonlySet<number>

  constructor(instance: Instance, options: RosterOptions) {
    this.#instance = instance
    this.#options = options
    this.#finder = new StructureFinder(instance)
    this.#pinned = new Set(instance.problem.pins.map(({ vol }) => vol))
    const { stability = 'free', previous = [] } = instance.problem
    if (stability === 'free') return
    for (const { vol, shift } of previous)
      this.#previous.set(
        vol,
        [...(this.#previous.get(vol) ?? []), shift].sort((a, b) => a - b),
      )
  }

  run(): RosterPlan {
    const { levels, stop, onPlan, afterParts } = this.#options
    const placed = new RosterBook(this.#instance, fixedPlacements(this.#instance))
    gatherWholeTeams(placed, (person) => this.#pinned.has(person))
    const { model, seats } = this.#model(
      placed,
      this.#free(() => true),
      'outer',
    )
    const relaxed = solveRoster(model, levels, { stop })
    const plan: RosterPlan = {
      book: new RosterBook(this.#instance, placed.placements()),
      relaxed,
      bounds: boundsOf(placed, relaxed),
      beyond: new Map(),
      rawParts: carriedBy(model).filter((people) => people > 0).length,
      exact: this.#isExact(placed, model, seats),
    }
    if (!plan.exact) {
      this.#repair(plan.book, model)
      onPlan?.(plan)
    } else {
      if (onPlan) {
        const book = new RosterBook(this.#instance, placed.placements())
        this.#deal(model, book)
        onPlan({ ...plan, book })
      }
      this.#place(plan.book, afterParts.length === 0 ? model : this.#solvedAgain(plan.book, nearZones))
    }
    plan.beyond = boundsBeyond(model, placed, plan.book, { levels, bounds: plan.bounds, stop })
    return plan
  }

  /**
   * Whether every rule is a cap: no escorts, no whole teams, equal lengths, no placed person who could cover two
   * needs.
   */
  #isExact(book: RosterBook, { groups }: RosterModel, seats: RosterSeats): boolean {
    const { minor, problem } = this.#instance
    if (seats.undecided.size > 0 || problem.teams.some(({ whole }) => whole)) return false
    if (groups.some((group) => group.minor || group.structure.faults.size > 0)) return false
    return !book.peopleOn.some((people) => people.some((person) => minor[person]))
  }

  #free(may: (person: number) => boolean): number[] {
    const free: number[] = []
    for (let person = 0; person < this.#instance.people; person++)
      if (this.#options.servable[person] && may(person)) free.push(person)
    return free
  }

  #model(book: RosterBook, people: readonly number[], side: StructureSide, near = nearZones) {
    const servingOf = (person: number) => book.servingOf(person)
    const previousOf = (person: number) => this.#previous.get(person) ?? []
    const finder = this.#finder
    const groups = rosterGroups(this.#instance, people, { servingOf, previousOf, finder, side })
    const seats = { ...seatsOf(book), undecided: undecidedShifts(book) }
    const model = new RosterModel(this.#instance, groups, seats, servingOf)
    openNearZones(model, near)
    return { model, seats }
  }

  /**
   * A flow of the people who may be placed one by one, around the placements in the book, at the optimum of the goals
   * before `parts`.
   */
  #solvedAgain(book: RosterBook, near: number): RosterModel {
    const { levels, afterParts, stop } = this.#options
    const people = this.#free((person) => !this.#isTied(person))
    const { model } = this.#model(book, people, 'inner', near)
    const before = levels.filter((level) => !afterParts.includes(level))
    solveRoster(model, before, { stop })
    return model
  }

  /**
   * Minimizes parts, optimizes the later goals and places people, from the optimum of the goals before `parts`.
   * @returns how many placements
   */
  #place(book: RosterBook, model: RosterModel): number {
    const { afterParts, stop } = this.#options
    const free = partsPresent(book)
    const used = gatherRoster(model, { rounds: 6, free, stop })
    model.closed = Uint8Array.from(model.parts, (_, part) =>
      used.has(part) || free.has(partKey(model, part)) ? 0 : 1,
    )
    solveRoster(model, ['parts', ...afterParts, 'distance', 'hours'], { stop, perGate: 0 })
    return this.#deal(model, book)
  }

  /**
   * Turns the flow into placements.
   * @returns how many
   */
  #deal(model: RosterModel, book: RosterBook): number {
    let placed = 0
    const taken = shiftsOfGroups(model)
    for (const [at, group] of model.groups.entries()) {
      const shifts = taken[at]!
      if (!group.structure.safe) {
        placed += shifts.length - dealByTime(model, group, shifts, book).length
        continue
      }
      placed += shifts.length
      for (const { vol, shift } of wrapAround(group, shifts, this.#instance.window)) book.place(vol, shift)
    }
    return placed
  }

  /**
   * Builds a valid plan from a relaxed one: first escorts and whole teams, with minors on the shifts where the
   * relaxation has their team; then everybody else by a flow with sufficient caps; repeated for people for whom these
   * caps were too tight.
   */
  #repair(book: RosterBook, relaxed: RosterModel): void {
    const { stop } = this.#options
    const singles = this.#free((person) => !this.#isWhole(person))
    const wanted = partiesOf(relaxed)
    escortPinned(book)
    placeWholeTeams(
      book,
      this.#free(() => true),
    )
    repeatWholeTeams(book)
    placeParties(book, singles, wanted)
    for (let round = 0; round < roundsMax && !stop?.(); round++) {
      const model = this.#solvedAgain(book, round === 0 ? nearZones : nearZonesLater)
      const narrow = model.groups.some(({ structure }) => structure.faults.size > 0)
      if (this.#place(book, model) === 0 || !narrow) break
    }
    topUpMinors(book, singles)
    exchangeShifts(book, {
      people: singles.filter((person) => !this.#isTied(person)),
      fixed: this.#isFixed,
      splitting: this.#options.afterParts.length === 0,
      stop,
    })
    if (this.#instance.problem.ownUnit === 'hard') this.#sendHome(book)
  }

  /**
   * Moves people who could fill a seat in a zone of their own unit, until there are none; seats they leave are filled
   * again.
   */
  #sendHome(book: RosterBook): void {
    for (let round = 0; sendHome(book, this.#isFixed) > 0; round++)
      if (round < roundsMax) this.#place(book, this.#solvedAgain(book, nearZonesLater))
  }

  readonly #isFixed = (person: number, shift: number): boolean => {
    if (this.#pinned.has(person) || this.#isWhole(person)) return true
    return this.#previous.get(person)?.includes(shift) ?? false
  }

  /** Minors (with escorts) and whole teams are not placed one by one. */
  #isTied(person: number): boolean {
    return this.#instance.minor[person] === 1 || this.#isWhole(person)
  }

  #isWhole(person: number): boolean {
    return this.#instance.problem.teams[this.#instance.team[person]!]!.whole === true
  }
}

/** Shifts on which a placed person could cover more than one skill need. */
function undecidedShifts({ instance, peopleOn }: RosterBook): Set<number> {
  const undecided = new Set<number>()
  instance.needs.forEach((needs, shift) => {
    if (needs.length < 2) return
    const covers = (person: number) =>
      needs.filter(({ skill }) => (instance.skills[person]! >> skill) & 1).length
    if (peopleOn[shift]!.some((person) => covers(person) > 1)) undecided.add(shift)
  })
  return undecided
}

function partsPresent({ instance, peopleOn }: RosterBook): Set<number> {
  const present = new Set<number>()
  peopleOn.forEach((people, shift) => {
    for (const person of people) present.add(instance.team[person]! * instance.shifts + shift)
  })
  return present
}

/** Number of people of each team with minors on each shift where the relaxation places minors of it. */
function partiesOf(model: RosterModel): PartyWanted[] {
  const { instance, groups } = model
  const parties = new Map<number, PartyWanted & { minors: number }>()
  shiftsOfGroups(model).forEach((shifts, at) => {
    const { team, minor } = groups[at]!
    for (const shift of shifts) {
      const key = team * instance.shifts + shift
      const party = parties.get(key) ?? { team, shift, heads: 0, minors: 0 }
      parties.set(key, party)
      party.heads++
      if (minor) party.minors++
    }
  })
  return [...parties.values()].filter(({ minors }) => minors > 0)
}
