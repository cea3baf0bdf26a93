import { assess } from './assess.ts'
import { boundOrder, signOf, withEscortBounds } from './bounds/escort-bound.ts'
import { exactPairsMax, solveExactly } from './exact/exact.ts'
import { highs } from './exact/highs.ts'
import { explainPlan } from './explain/explain.ts'
import { withHonestReasons } from './explain/honest-reasons.ts'
import { idleForTeams } from './explain/idle-for-teams.ts'
import { classesOf } from './flow/classes.ts'
import { decode } from './flow/decode.ts'
import { FlowModel } from './flow/flow-model.ts'
import { type Solved, solveFlow } from './flow/solve-flow.ts'
import type { Problem } from './format/problem-format.ts'
import type { GoalName, Placement, Proposal } from './format/proposal.ts'
import type { Stage } from './format/vocabulary.ts'
import { fixedPlacements } from './instance/fixed.ts'
import { compileInstance, type Instance, isTogether } from './instance/instance.ts'
import type { Level } from './instance/levels.ts'
import { measure, ownServed } from './instance/measure.ts'
import { RosterBook } from './instance/roster-book.ts'
import { seatsOf } from './instance/seats.ts'
import { chooseStandby } from './instance/standby.ts'
import type { RosterLevel } from './roster/roster-model.ts'
import { planRoster, type RosterPlan } from './roster/roster-plan.ts'
import { dayMinutes } from './roster/roster-structure.ts'
import { escortPinned, placeBlocks } from './search/escorts.ts'
import { gather } from './search/gather.ts'
import { PartJoiner } from './search/join-parts.ts'
import { loosen } from './search/loosen.ts'
import { moveBlocks } from './search/move-blocks.ts'
import { sendHome } from './search/own-first.ts'
import { Packer } from './search/pack.ts'
import { neededEscorts, serveWithOwn } from './search/serve-with-own.ts'
import { swapEscorts } from './search/swap-escorts.ts'
import { placeWholeTeams } from './search/whole-teams.ts'

/** Each team's flow starts with shifts in this many nearest zones; more are opened by reduced cost. */
const nearZones = 40

/** How often blocks and all other people are placed again in turn while this fills more seats. */
const roundsMax = 4

/** If teams are kept together, a smaller party is formed only for a minimum or a skill. */
const sensibleSize = 4

/**
 * Rosters are solved exactly up to this value of people × shifts², because the goal `hours` is modelled with pairs of
 * shifts.
 */
const exactRosterMax = 10_000

interface ModelOptions {
  /** Filter for the people who may take one more shift. */
  may?: (person: number) => boolean
  /** The shift a person prefers to keep; -1: none. */
  previousOf?: (person: number) => number
}

export interface ProposeOptions {
  /** Called at every stage with the share of the work done, 0 to 1. */
  onProgress?: (stage: Stage, done: number) => void
  /** Polled often; when it returns true, the last complete plan is returned unchanged. */
  stop?: () => boolean
  /** `flow`: do not use the exact program for small problems; for benchmarks. */
  method?: 'flow'
  /**
   * Whether to tighten the bounds by the linear program with the escort rows after the plan is complete; default
   * true. Problems solved exactly do not need it.
   */
  bounds?: boolean
  /** Called with every complete plan that is better than the one before. */
  onPlan?: (proposal: Proposal) => void
}

/** One run of the planner on one problem. */
export class Planner {
  readonly instance: Instance
  readonly #options: ProposeOptions
  readonly #previous: Map<number, number>
  readonly #servable: Uint8Array
  /** The optimum of the flow core without escorts: an upper limit for every plan. */
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

  /** Solves small problems exactly, and large ones by flow and local search. */
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

  /** A proposal of given placements, explained and measured, with only the bounds that always hold. */
  describe(placements: readonly Placement[]): Proposal {
    return this.#finish(new RosterBook(this.instance, placements))
  }

  #byFlow(): Promise<Proposal> {
    return this.#bounded(this.#manyShifts() ? this.#roster() : this.#search())
  }

  /** Rosters with several shifts per person: several per day, or several days. */
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
    this.#tell('placing', 0)
    const fixed = fixedPlacements(this.instance)
    const guide = this.#relax(fixed)
    this.#tell('escorting', 0.4)
    let book = this.#placed(fixed, guide)
    this.#options.onPlan?.(this.#finish(book))
    if (this.#isShort(book)) book = this.#leastShort(book, fixed)
    if (serveWithOwn(book, this.#isFixed) > 0) this.#fill(book)
    const apart = book.placements()
    this.#join(book)
    this.#topUp(book)
    const before = new RosterBook(this.instance, apart)
    this.#tell('explaining', 0.9)
    // Parties too small to be useful may leave zones of their own unit.
    const aside = this.#together && this.instance.problem.ownUnit !== 'hard' ? 'ownUnit' : null
    return this.#finish(this.#isWorse(book, before, aside) ? before : book)
  }

  /** A complete plan around the fixed placements, packed after the guide. */
  #placed(fixed: readonly Placement[], guide: RosterBook): RosterBook {
    const book = this.#opened(fixed)
    // If people keep their previous place, there is nothing to pack.
    if ((this.instance.problem.stability ?? 'free') === 'free') this.#pack(book, guide)
    this.#tell('gathering', 0.6)
    this.#fill(book)
    this.#topUp(book)
    this.#repair(book)
    return book
  }

  /** The fixed placements, escorts for pinned minors, and whole teams. */
  #opened(fixed: readonly Placement[]): RosterBook {
    const book = new RosterBook(this.instance, fixed)
    escortPinned(book)
    placeWholeTeams(book, this.#free(book))
    return book
  }

  /** Whether a minimum or a skill lacks more people than the flow proves to be unavoidable. */
  #isShort(book: RosterBook): boolean {
    const values = measure(book, [])
    return (['minimum', 'skill'] as const).some((goal) => {
      const bound = this.#flowBounds.get(goal)
      return bound !== undefined && values[goal] > bound
    })
  }

  /**
   * The best of several plans on the goals before the target: the present plan; a plan that places minors with their
   * escorts on seats below the minimum first; and, if teams are kept together, the plan of policy `fill`, which is
   * also a valid plan here.
   */
  #leastShort(book: RosterBook, fixed: readonly Placement[]): RosterBook {
    const { problem } = this.instance
    const { stop } = this.#options
    const plans = [book, this.#minorsFirst(fixed)]
    if (this.#together) {
      const other = new Planner({ ...problem, policy: 'fill' }, { stop })
      plans.push(new RosterBook(this.instance, other.#filled().placements()))
    }
    for (const plan of plans) {
      moveBlocks(plan, this.#isFixed)
      swapEscorts(plan, this.#isFixed)
    }
    let best = plans.reduce((one, plan) => (this.#isWorse(one, plan) ? plan : one))
    // Where blocks moved, other people are better placed elsewhere, which may make room for further blocks.
    for (let round = 0; round < roundsMax && !stop?.(); round++) {
      const next = new RosterBook(this.instance, best.placements())
      this.#flowOnce(next, loosen(next, this.#isFixed))
      this.#topUp(next)
      moveBlocks(next, this.#isFixed)
      swapEscorts(next, this.#isFixed)
      if (!this.#isWorse(best, next)) break
      best = next
    }
    return best
  }

  #filled(): RosterBook {
    const fixed = fixedPlacements(this.instance)
    const book = this.#placed(fixed, this.#relax(fixed))
    return this.#isShort(book) ? this.#leastShort(book, fixed) : book
  }

  /** Whether the other plan is better on the first goal before the target where they differ; one goal may be left aside. */
  #isWorse(plan: RosterBook, other: RosterBook, aside: GoalName | null = null): boolean {
    const { instance } = this
    const valuesOf = (book: RosterBook) => {
      const values = measure(book, [])
      // Under this rule own-unit service has priority only up to the target; beyond it a minimum elsewhere is more
      // important.
      if (instance.problem.ownUnit === 'hard') values.ownUnit = ownServed(book, instance.target)
      return values
    }
    const [mine, theirs] = [valuesOf(plan), valuesOf(other)]
    const goal = boundOrder(instance.problem).find((each) => each !== aside && mine[each] !== theirs[each])
    if (goal === undefined || goal === 'target' || goal === 'evenness') return false
    return signOf(goal) * (mine[goal] - theirs[goal]) > 0
  }

  /**
   * Places minors with their escorts on seats below the minimum, then everybody else by one flow, then the rest as
   * usual.
   */
  #minorsFirst(fixed: readonly Placement[]): RosterBook {
    const book = this.#opened(fixed)
    const { min } = this.instance
    const room = (_team: number, shift: number) =>
      min[shift]! - book.peopleOn[shift]!.length - book.missingInAll(shift)
    placeBlocks(book, this.#single(this.#free(book)), room, () => false, true)
    moveBlocks(book, this.#isFixed, { skillsLater: true })
    this.#flowOnce(book, loosen(book, this.#isFixed))
    this.#fill(book)
    this.#topUp(book)
    return book
  }

  /** Tightens the bounds after the plan itself is ready to be shown. */
  async #bounded(proposal: Proposal): Promise<Proposal> {
    const { bounds = true, onPlan, stop } = this.#options
    if (!bounds || stop?.()) return proposal
    onPlan?.(proposal)
    this.#tell('bounding', 0.92)
    return withHonestReasons(await withEscortBounds(this.instance, proposal, { stop }))
  }

  /** The goals of the flow, in order. */
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
    const free = this.#single(this.#free(book))
    // Escorts are kept for the minors of their team.
    const escorts = neededEscorts(book, free)
    const classes = classesOf(
      instance,
      free.filter((person) => !escorts.has(person)),
      { previousOf: (p) => this.#previous.get(p) ?? -1 },
    )
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

  /** Places people who may still serve, one more shift per person in each round, until no one is added. */
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
   * Greedy packing may leave a minimum or a skill short that the flow can fill. Then all movable people are placed by
   * the flow again, with staying as a goal, so that people who are not needed elsewhere stay.
   */
  #repair(book: RosterBook): void {
    if (!this.#isShort(book)) return
    this.#flowOnce(book, loosen(book, this.#isFixed))
  }

  /**
   * One flow of all people who may be placed one by one, at the optimum of the goals before `parts`; `were`: their
   * previous shifts.
   */
  #flowOnce(book: RosterBook, were: ReadonlyMap<number, number>): void {
    const first = this.#levels().filter((level) => !['target', 'evenness', 'stay'].includes(level))
    const model = this.#model(book, false, {
      may: (person) => this.instance.minor[person] === 0 && !this.#isWhole(person),
      previousOf: (person) => were.get(person) ?? -1,
    })
    const rest: Level[] = this.#together ? ['stay', 'target', 'evenness'] : ['target', 'evenness', 'stay']
    solveFlow(model, [...first, ...rest, 'far'] as Level[], { stop: this.#options.stop })
    for (const { vol, shift } of decode(model)) book.place(vol, shift)
  }

  /** Minors on seats that are still empty, if an adult of their team can escort them; then own zones first. */
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

  /** The goals after `parts`, by policy. */
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

  /** People who may take one more shift. */
  #free(book: RosterBook): number[] {
    const many = this.#manyShifts()
    const free: number[] = []
    for (let person = 0; person < this.instance.people; person++)
      if (this.#servable[person] && (many || !book.serves(person))) free.push(person)
    return free
  }

  /** Of these, the people who may be placed one by one. */
  #single(people: readonly number[]): number[] {
    return people.filter((person) => !this.#isWhole(person))
  }

  #finish(book: RosterBook, exact = false): Proposal {
    const standby = chooseStandby(book, this.#servable)
    return withHonestReasons({
      assignments: book.placements(),
      standby,
      ...explainPlan(book),
      ...idleForTeams(book, this.#servable),
      quality: assess(book, standby, this.#servable, {
        relaxed: this.#relaxed,
        flowBounds: this.#flowBounds,
        beyond: this.#beyond,
        rawParts: this.#rawParts,
        exact,
      }),
    })
  }

  #tell(stage: Parameters<NonNullable<ProposeOptions['onProgress']>>[0], done: number): void {
    this.#options.onProgress?.(stage, done)
  }
}

/** A proposal of these placements. */
export function proposalOf(problem: Problem, placements: readonly Placement[]): Proposal {
  return new Planner(problem, {}).describe(placements)
}

function partKeys(book: RosterBook): Set<number> {
  const keys = new Set<number>()
  const { instance } = book
  book.peopleOn.forEach((people, shift) => {
    for (const person of people) keys.add(instance.team[person]! * instance.shifts + shift)
  })
  return keys
}

/** People who can serve on at least one shift, by availability and consent. */
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
