import type { Problem } from '../problem-format.ts'
import type { GoalName, Placement, Proposal } from '../proposal.ts'
import type { ProposeOptions } from '../propose.ts'
import { assess } from './assess.ts'
import { classesOf } from './classes.ts'
import { decode } from './decode.ts'
import { withEscortBounds } from './escort-bound.ts'
import { escortPinned, placeBlocks } from './escorts.ts'
import { exactPairsMax, solveExactly } from './exact.ts'
import { explainPlan } from './explain.ts'
import { fixedPlacements } from './fixed.ts'
import { FlowModel } from './flow-model.ts'
import { gather } from './gather.ts'
import { highs } from './highs.ts'
import { compileInstance, type Instance, isTogether } from './instance.ts'
import { PartJoiner } from './join-parts.ts'
import type { Level } from './levels.ts'
import { loosen } from './loosen.ts'
import { measure } from './measure.ts'
import { sendHome } from './own-first.ts'
import { Packer } from './pack.ts'
import { RosterBook } from './roster-book.ts'
import type { RosterLevel } from './roster-model.ts'
import { planRoster, type RosterPlan } from './roster-plan.ts'
import { dayMinutes } from './roster-structure.ts'
import { seatsOf } from './seats.ts'
import { type Solved, solveFlow } from './solve-flow.ts'
import { chooseStandby } from './standby.ts'
import { placeWholeTeams } from './whole-teams.ts'

/** The nearest zones whose shifts a team's flow starts with; more are opened when the potentials ask for them. */
const nearZones = 40

/** Where teams are to stay together, a party of fewer people is formed only for a minimum or a skill. */
const sensibleSize = 4

/** Rosters are solved exactly up to so many people × shifts × shifts: hours in a row are looked at in pairs. */
const exactRosterMax = 10_000

interface ModelOptions {
  /** Who takes part, of those who may take one more shift. */
  may?: (person: number) => boolean
  /** The shift somebody would rather stay on; -1: none. */
  previousOf?: (person: number) => number
}

/** One run of the planner over one problem. */
export class Planner {
  readonly instance: Instance
  readonly #options: ProposeOptions
  readonly #previous: Map<number, number>
  readonly #servable: Uint8Array
  /** The optimum of the flow core without escorts: what no plan can exceed. */
  #relaxed: Solved | null = null
  readonly #flowBounds = new Map<GoalName, number>()
  #beyond: ReadonlyMap<GoalName, number> = new Map()
  #rawParts = 0
  readonly #skilled = new Set<number>()
  readonly #pinned: ReadonlySet<number>

  constructor(problem: Problem, options: ProposeOptions) {
    this.instance = compileInstance(problem)
    this.#options = options
    const free = (problem.stability ?? 'free') === 'free'
    this.#previous = new Map(free ? [] : (problem.previous ?? []).map(({ vol, shift }) => [vol, shift]))
    this.#servable = servableOf(this.instance)
    this.#pinned = new Set(problem.pins.map(({ vol }) => vol))
  }

  /** Solves small problems exactly, large ones by flow and search. */
  async run(): Promise<Proposal> {
    const { people, shifts } = this.instance
    const large = people * shifts > exactPairsMax
    const long = this.#manyShifts() && people * shifts * shifts > exactRosterMax
    if (large || long || this.#options.method === 'flow') return this.#byFlow()
    this.#tell('placing', 0)
    this.#relax(fixedPlacements(this.instance))
    const placements = solveExactly(this.instance, this.#servable, await highs())
    return placements ? this.#finish(new RosterBook(this.instance, placements), true) : this.#byFlow()
  }

  #byFlow(): Promise<Proposal> {
    return this.#bounded(this.#manyShifts() ? this.#roster() : this.#search())
  }

  /** Several shifts a person: a day with more than one each, or weeks. */
  #roster(): Proposal {
    this.#tell('placing', 0)
    const keep = (plan: RosterPlan) => {
      this.#relaxed = plan.relaxed
      this.#rawParts = plan.rawParts
      for (const [goal, bound] of plan.bounds) this.#flowBounds.set(goal, bound)
      this.#beyond = plan.beyond
      return plan.book
    }
    const { onPlan, stop } = this.#options
    const plan = planRoster(this.instance, {
      servable: this.#servable,
      levels: this.#levels(),
      afterParts: this.#afterParts,
      stop,
      onPlan: onPlan && ((plan) => onPlan(this.#finish(keep(plan)))),
    })
    this.#tell('explaining', 0.9)
    return this.#finish(keep(plan))
  }

  #search(): Proposal {
    const fixed = fixedPlacements(this.instance)
    this.#tell('placing', 0)
    const relaxed = this.#relax(fixed)
    this.#tell('escorting', 0.4)
    const book = new RosterBook(this.instance, fixed)
    escortPinned(book, this.#single(this.#free(book)))
    placeWholeTeams(book, this.#free(book))
    // Who had a place keeps it: there is nothing to pack.
    if ((this.instance.problem.stability ?? 'free') === 'free') this.#pack(book, relaxed)
    this.#tell('gathering', 0.6)
    this.#fill(book)
    this.#topUp(book)
    this.#repair(book)
    this.#options.onPlan?.(this.#finish(book))
    this.#join(book)
    this.#topUp(book)
    this.#tell('explaining', 0.9)
    return this.#finish(book)
  }

  /** Tightens the bounds once the plan itself is there to be shown. */
  async #bounded(proposal: Proposal): Promise<Proposal> {
    const { bounds = true, onPlan, stop } = this.#options
    if (!bounds || stop?.()) return proposal
    onPlan?.(proposal)
    this.#tell('bounding', 0.92)
    return withEscortBounds(this.instance, proposal, { stop })
  }

  /** The goals the flow optimizes, in order. */
  #levels(): RosterLevel[] {
    const { ownUnit, stability } = this.instance.problem
    const levels: RosterLevel[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness']
    if (stability === 'onlyForMinimum') levels.splice(2, 0, 'stay')
    if (stability === 'prefer') levels.push('stay')
    return ownUnit === 'hard' ? ['ownUnit', ...levels.filter((level) => level !== 'ownUnit')] : levels
  }

  #relax(fixed: readonly Placement[]): RosterBook {
    const book = new RosterBook(this.instance, fixed)
    const model = this.#model(book, false)
    this.#relaxed = solveFlow(model, [...this.#levels(), 'far'], { stop: this.#options.stop })
    for (const { vol, shift } of decode(model, (person) => this.#skilled.add(person))) book.place(vol, shift)
    const values = measure(book, [])
    if (!this.#manyShifts())
      for (const level of this.#levels()) this.#flowBounds.set(level as GoalName, values[level as GoalName])
    this.#rawParts = book.peopleOn.reduce((sum, people) => {
      return sum + new Set(people.map((person) => this.instance.team[person])).size
    }, 0)
    return book
  }

  #pack(book: RosterBook, guide: RosterBook): void {
    const { instance } = this
    const classes = classesOf(instance, this.#single(this.#free(book)), {
      previousOf: (p) => this.#previous.get(p) ?? -1,
    })
    const filled = (shift: number) => guide.peopleOn[shift]!.length
    const full = (shift: number) => instance.target[shift]!
    const least = (shift: number) => Math.min(filled(shift), instance.min[shift]!)
    const packer = this.#together
      ? new Packer(book, {
          guide,
          classes,
          skilled: this.#skilled,
          ownWanted: (shift) => instance.max[shift]!,
          wanted: full,
          enough: least,
        })
      : new Packer(book, {
          guide,
          classes,
          skilled: this.#skilled,
          ownWanted: filled,
          wanted: filled,
          enough: filled,
        })
    packer.packOwn()
    placeBlocks(
      book,
      this.#single(this.#free(book)),
      (team, shift) => packer.roomFor(team, shift),
      (shift) => packer.needsOthers(shift),
    )
    packer.packStrangers()
  }

  /** Places everybody who may still serve, one more shift a person in each round, until nobody is added. */
  #fill(book: RosterBook): void {
    const { stop } = this.#options
    const before = this.#levels().filter((level) => !this.#afterParts.includes(level))
    for (let placed = 1; placed > 0; ) {
      const model = this.#model(book, true, {
        may: (person) => this.instance.minor[person] === 0 && !this.#isWhole(person),
      })
      solveFlow(model, [...before, 'far'], { stop })
      const present = partKeys(book)
      const free = (team: number, shift: number) => present.has(team * this.instance.shifts + shift)
      const { used } = gather(model, { rounds: 6, free, stop })
      model.closed = Uint8Array.from({ length: model.parts.count }, (_, part) =>
        used.has(part) || free(model.parts.team[part]!, model.parts.shift[part]!) ? 0 : 1,
      )
      solveFlow(model, ['parts', ...this.#afterParts, 'distance', 'hours'], { stop, perGate: 0 })
      const added = decode(model)
      for (const { vol, shift } of added) book.place(vol, shift)
      placed = this.#manyShifts() ? added.length : 0
    }
  }

  /**
   * Packing decides greedily: where that left a minimum or a skill short that the flow can fill, those who can be moved
   * are placed by the flow once more, and whoever is not needed elsewhere for one stays.
   */
  #repair(book: RosterBook): void {
    const values = measure(book, [])
    const first = this.#levels().filter((level) => !['target', 'evenness', 'stay'].includes(level))
    const isShort = first.some((level) => {
      const bound = this.#flowBounds.get(level as GoalName)
      return level !== 'ownUnit' && bound !== undefined && values[level as GoalName] > bound
    })
    if (!isShort) return
    const were = loosen(book, this.#isFixed)
    const model = this.#model(book, false, {
      may: (person) => this.instance.minor[person] === 0 && !this.#isWhole(person),
      previousOf: (person) => were.get(person) ?? -1,
    })
    const rest: Level[] = this.#together ? ['stay', 'target', 'evenness'] : ['target', 'evenness', 'stay']
    solveFlow(model, [...first, ...rest, 'far'], { stop: this.#options.stop })
    for (const { vol, shift } of decode(model)) book.place(vol, shift)
  }

  /** Minors into seats that are still empty, where an adult of theirs can be with them; then own zones first. */
  #topUp(book: RosterBook): void {
    const { instance } = this
    const room = (_team: number, shift: number) => instance.target[shift]! - book.peopleOn[shift]!.length
    placeBlocks(book, this.#single(this.#free(book)), room, () => false)
    if (instance.problem.ownUnit !== 'hard') return
    for (let round = 0; round < 5 && sendHome(book, this.#isFixed) > 0; round++) this.#fill(book)
  }

  readonly #isFixed = (person: number, shift: number): boolean => {
    return this.#pinned.has(person) || this.#previous.get(person) === shift || this.#isWhole(person)
  }

  #join(book: RosterBook): void {
    const { instance } = this
    const before = Int32Array.from(book.peopleOn, (people) => people.length)
    const least = this.#together ? instance.min : instance.target
    const joiner = new PartJoiner(
      book,
      this.#servable.keys().filter((person) => this.#servable[person] === 1 && !this.#isWhole(person)),
      {
        needed: (shift) => Math.min(before[shift]!, least[shift]!),
        fixed: this.#isFixed,
        sensibleSize: this.#together ? sensibleSize : 0,
        sizeMax: 16,
        stop: this.#options.stop,
      },
    )
    joiner.run(6)
  }

  #isWhole(person: number): boolean {
    return this.instance.problem.teams[this.instance.team[person]!]!.whole === true
  }

  get #together(): boolean {
    return isTogether(this.instance.problem)
  }

  /** Goals that come after keeping teams together, by policy. */
  get #afterParts(): RosterLevel[] {
    return this.#together ? ['target', 'evenness'] : []
  }

  #manyShifts(): boolean {
    const { instance } = this
    if (instance.shiftsPerPerson > 1) return true
    const longest = instance.windows.reduce((most, { start, end }) => Math.max(most, end - start), 0)
    const days = new Set(instance.windows.map(({ start }) => Math.floor(start / dayMinutes)))
    return days.size > 1 || longest > instance.weekMinutes
  }

  #model(book: RosterBook, byHours: boolean, { may, previousOf }: ModelOptions = {}): FlowModel {
    const { instance } = this
    const servingOf = (person: number) => book.servingOf(person)
    const free = this.#free(book)
    const classes = classesOf(instance, may ? free.filter(may) : free, {
      previousOf: previousOf ?? ((person) => this.#previous.get(person) ?? -1),
      servingOf,
    })
    return new FlowModel(instance, classes, seatsOf(book), {
      servingOf,
      near: byHours ? nearZones : 0,
      byHours,
    })
  }

  /** Everybody who may take one more shift. */
  #free(book: RosterBook): number[] {
    const many = this.#manyShifts()
    const free: number[] = []
    for (let person = 0; person < this.instance.people; person++)
      if (this.#servable[person] && (many || !book.serves(person))) free.push(person)
    return free
  }

  /** Of these, those who may be placed one by one. */
  #single(people: readonly number[]): number[] {
    return people.filter((person) => !this.#isWhole(person))
  }

  #finish(book: RosterBook, exact = false): Proposal {
    const standby = chooseStandby(book, this.#servable)
    return {
      assignments: book.placements(),
      standby,
      ...explainPlan(book),
      quality: assess(book, standby, this.#servable, {
        relaxed: this.#relaxed,
        flowBounds: this.#flowBounds,
        beyond: this.#beyond,
        rawParts: this.#rawParts,
        exact,
      }),
    }
  }

  #tell(stage: Parameters<NonNullable<ProposeOptions['onProgress']>>[0], done: number): void {
    this.#options.onProgress?.(stage, done)
  }
}

function partKeys(book: RosterBook): Set<number> {
  const keys = new Set<number>()
  const { instance } = book
  book.peopleOn.forEach((people, shift) => {
    for (const person of people) keys.add(instance.team[person]! * instance.shifts + shift)
  })
  return keys
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
