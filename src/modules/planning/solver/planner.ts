import type { Problem } from '../problem-format.ts'
import type { Placement, Proposal } from '../proposal.ts'
import type { ProposeOptions } from '../propose.ts'
import { assess } from './assess.ts'
import { classesOf } from './classes.ts'
import { decode } from './decode.ts'
import { escortPinned, placeBlocks } from './escorts.ts'
import { explainShortages } from './explain.ts'
import { fixedPlacements } from './fixed.ts'
import { FlowModel } from './flow-model.ts'
import { compileInstance, type Instance, isOwn } from './instance.ts'
import type { Level } from './levels.ts'
import { openNearest } from './reach.ts'
import { RosterBook } from './roster-book.ts'
import { seatsOf } from './seats.ts'
import { type Solved, solveFlow } from './solve-flow.ts'
import { chooseStandby } from './standby.ts'

/** The nearest zones whose shifts a team's flow starts with; more are opened when the potentials ask for them. */
const nearZones = 40

/** One run of the planner over one problem. */
export class Planner {
  readonly instance: Instance
  readonly #options: ProposeOptions
  readonly #previous: Map<number, number>
  readonly #servable: Uint8Array
  /** The optimum of the flow core without escorts: what no plan can exceed. */
  #relaxed: Solved | null = null
  #rawParts = 0

  constructor(problem: Problem, options: ProposeOptions) {
    this.instance = compileInstance(problem)
    this.#options = options
    const free = (problem.stability ?? 'free') === 'free'
    this.#previous = new Map(free ? [] : (problem.previous ?? []).map(({ vol, shift }) => [vol, shift]))
    this.#servable = servableOf(this.instance)
  }

  run(): Proposal {
    const fixed = fixedPlacements(this.instance)
    this.#tell('placing', 0)
    const relaxed = this.#relax(fixed)
    this.#tell('escorting', 0.4)
    const book = new RosterBook(this.instance, fixed)
    escortPinned(book, this.#free(book))
    placeBlocks(book, this.#free(book), this.#openSeats(book, relaxed))
    this.#fill(book)
    this.#tell('explaining', 0.9)
    return this.#finish(book)
  }

  /** The goals the flow optimizes, in order. */
  #levels(): Level[] {
    const { ownUnit, stability } = this.instance.problem
    const levels: Level[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness']
    if (stability === 'onlyForMinimum') levels.splice(2, 0, 'stay')
    if (stability === 'prefer') levels.push('stay')
    return ownUnit === 'hard' ? ['ownUnit', ...levels.filter((level) => level !== 'ownUnit')] : levels
  }

  #relax(fixed: readonly Placement[]): RosterBook {
    const book = new RosterBook(this.instance, fixed)
    const model = this.#model(book)
    this.#relaxed = solveFlow(model, this.#levels(), { stop: this.#options.stop })
    for (const { vol, shift } of decode(model)) book.place(vol, shift)
    this.#rawParts = book.peopleOn.reduce((sum, people) => {
      return sum + new Set(people.map((person) => this.instance.team[person])).size
    }, 0)
    return book
  }

  /** Places everybody who may still serve, one more shift a person in each round, until nobody is added. */
  #fill(book: RosterBook): void {
    for (let placed = 1; placed > 0; ) {
      const model = this.#model(book, (person) => this.instance.minor[person] === 0)
      solveFlow(model, [...this.#levels(), 'distance', 'hours'], { stop: this.#options.stop })
      const added = decode(model)
      for (const { vol, shift } of added) book.place(vol, shift)
      placed = this.#manyShifts() ? added.length : 0
    }
  }

  #manyShifts(): boolean {
    const { instance } = this
    const lastDay = instance.start.reduce((day, start) => Math.max(day, Math.floor(start / 1440)), 0)
    return instance.shiftsPerPerson > 1 || lastDay > 0
  }

  #model(book: RosterBook, may: (person: number) => boolean = () => true): FlowModel {
    const { instance } = this
    const servingOf = (person: number) => book.shiftsOf[person] ?? []
    const previousOf = (person: number) => this.#previous.get(person) ?? -1
    const classes = classesOf(instance, this.#free(book).filter(may), { previousOf, servingOf })
    const model = new FlowModel(instance, classes, seatsOf(instance, book.shiftsOf), servingOf)
    openNearest(model, nearZones)
    model.openStays()
    return model
  }

  /** Everybody who may take one more shift. */
  #free(book: RosterBook): number[] {
    const many = this.#manyShifts()
    const free: number[] = []
    for (let person = 0; person < this.instance.people; person++)
      if (this.#servable[person] && (many || !book.serves(person))) free.push(person)
    return free
  }

  /** Seats that the relaxed plan gives to people of other units than the zone's, or to the team itself. */
  #openSeats(book: RosterBook, relaxed: RosterBook): (team: number, shift: number) => number {
    const { instance } = this
    return (team, shift) => {
      const present = relaxed.peopleOn[shift]!
      const asked = instance.needs[shift]!.reduce((sum, need) => sum + need.min, 0)
      const strangers = present.filter((person) => {
        const other = instance.team[person]!
        return other === team || !isOwn(instance, other, shift)
      }).length
      return Math.min(strangers, present.length - asked) - book.peopleOn[shift]!.length
    }
  }

  #finish(book: RosterBook): Proposal {
    const standby = chooseStandby(book, this.#servable)
    return {
      assignments: book.placements(),
      standby,
      shortages: explainShortages(book),
      quality: assess(book, standby, this.#servable, { relaxed: this.#relaxed, rawParts: this.#rawParts }),
    }
  }

  #tell(stage: Parameters<NonNullable<ProposeOptions['onProgress']>>[0], done: number): void {
    this.#options.onProgress?.(stage, done)
  }
}

/** Who can serve on at least one shift, by availability and consent. */
function servableOf(instance: Instance): Uint8Array {
  const servable = new Uint8Array(instance.people)
  for (let person = 0; person < instance.people; person++) {
    if (instance.barred[person]) continue
    const fits = instance.windows.some(
      ({ start, end }) => instance.from[person]! <= start && end <= instance.to[person]!,
    )
    if (fits) servable[person] = 1
  }
  return servable
}
