import { classesOf } from '../flow/classes.ts'
import { FlowModel } from '../flow/flow-model.ts'
import { compileInstance, type Instance, isTogether } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { seatsOf } from '../instance/seats.ts'
import { servableOf } from '../instance/servable.ts'
import type { RosterLevel } from '../roster/roster-model.ts'
import { dayMinutes } from '../roster/roster-structure.ts'

/** Each team's flow starts with shifts in this many nearest zones; more are opened by reduced cost. */
const nearZones = 40

interface ModelOptions {
  /** Filter for the people who may take one more shift. */
  may?: (person: number) => boolean
  /** The shift a person prefers to keep; -1: none. */
  previousOf?: (person: number) => number
  /** Whether the hours of people count, and parts are opened as they are needed. */
  byHours?: boolean
}

/** What holds for one run of the planner: who may be placed, what stays, and the order of the goals. */
export class Ground {
  readonly instance: Instance
  readonly stop: (() => boolean) | undefined
  /** People who can serve on at least one shift. */
  readonly servable: Uint8Array
  /** Whether teams are kept together: few parts come before full targets. */
  readonly together: boolean
  /** Whether somebody may serve on several shifts: several per day, or several days. */
  readonly manyShifts: boolean
  /** The goals of the flow, in order. */
  readonly levels: readonly RosterLevel[]
  /** The goals of the flow after `parts`, by policy. */
  readonly afterParts: readonly RosterLevel[]
  readonly #previous: ReadonlyMap<number, number>
  readonly #pinned: ReadonlySet<number>

  constructor(instance: Instance, stop?: () => boolean) {
    const { problem } = instance
    this.instance = instance
    this.stop = stop
    this.servable = servableOf(instance)
    this.together = isTogether(problem)
    this.manyShifts = hasManyShifts(instance)
    this.levels = levelsOf(instance)
    this.afterParts = this.together ? ['target', 'evenness'] : []
    const free = (problem.stability ?? 'free') === 'free'
    this.#previous = new Map(free ? [] : (problem.previous ?? []).map(({ vol, shift }) => [vol, shift]))
    this.#pinned = new Set(problem.pins.map(({ vol }) => vol))
  }

  /** The same problem under the policy `fill`: its plans are valid here, too. */
  filling(): Ground {
    return new Ground(compileInstance({ ...this.instance.problem, policy: 'fill' }), this.stop)
  }

  /** Whether the person belongs to a team that is not split. */
  isWhole(person: number): boolean {
    return this.instance.problem.teams[this.instance.team[person]!]!.whole === true
  }

  /** Whether the person must not leave this shift. */
  readonly isFixed = (person: number, shift: number): boolean => {
    return this.#pinned.has(person) || this.#previous.get(person) === shift || this.isWhole(person)
  }

  /** Whether the person may be placed alone, apart from their team. */
  readonly isSingle = (person: number): boolean => {
    return this.instance.minor[person] === 0 && !this.isWhole(person)
  }

  /** The shift a person prefers to keep; -1: none. */
  readonly previousOf = (person: number): number => this.#previous.get(person) ?? -1

  /** People who may take one more shift. */
  free(book: RosterBook): number[] {
    const free: number[] = []
    for (let person = 0; person < this.instance.people; person++)
      if (this.servable[person] && (this.manyShifts || !book.serves(person))) free.push(person)
    return free
  }

  /** Of the people who may take one more shift, those whose team may be split. */
  freeOneByOne(book: RosterBook): number[] {
    return this.free(book).filter((person) => !this.isWhole(person))
  }

  /** The flow of all people who may take one more shift, around the placements of the book. */
  model(
    book: RosterBook,
    { may, previousOf = this.previousOf, byHours = false }: ModelOptions = {},
  ): FlowModel {
    const servingOf = (person: number) => book.servingOf(person)
    const free = this.free(book)
    const classes = classesOf(this.instance, may ? free.filter(may) : free, { previousOf, servingOf })
    return new FlowModel(this.instance, classes, seatsOf(book), {
      servingOf,
      near: byHours ? nearZones : 0,
      byHours,
    })
  }
}

function levelsOf({ problem: { ownUnit, stability } }: Instance): RosterLevel[] {
  const levels: RosterLevel[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness']
  if (stability === 'onlyForMinimum') levels.splice(2, 0, 'stay')
  if (stability === 'prefer') levels.push('stay')
  return ownUnit === 'hard' ? ['ownUnit', ...levels.filter((level) => level !== 'ownUnit')] : levels
}

function hasManyShifts({ shiftsPerPerson, weekMinutes, windows }: Instance): boolean {
  if (shiftsPerPerson > 1) return true
  const longest = windows.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  const days = new Set(windows.map(({ start }) => Math.floor(start / dayMinutes)))
  return days.size > 1 || longest > weekMinutes
}
