import { assess, type Evidence } from './assess.ts'
import { withEscortBounds } from './bounds/escort-bound.ts'
import { exactPairsMax, solveExactly } from './exact/exact.ts'
import { highs } from './exact/highs.ts'
import { explainPlan } from './explain/explain.ts'
import { withHonestReasons } from './explain/honest-reasons.ts'
import { idleForTeams } from './explain/idle-for-teams.ts'
import type { Problem } from './format/problem-format.ts'
import type { Placement, Proposal } from './format/proposal.ts'
import type { Stage } from './format/vocabulary.ts'
import { fixedPlacements } from './instance/fixed.ts'
import { compileInstance } from './instance/instance.ts'
import { RosterBook } from './instance/roster-book.ts'
import { chooseStandby } from './instance/standby.ts'
import { planRoster, type RosterPlan } from './roster/roster-plan.ts'
import { Ground } from './single/ground.ts'
import { type Relaxation, relax } from './single/relax.ts'
import { planSingle, type SinglePlan } from './single/single-plan.ts'

/**
 * Rosters are solved exactly up to this value of people × shifts², because the goal `hours` is modelled with pairs of
 * shifts.
 */
const exactRosterMax = 10_000

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

/** What is known about given placements: nothing but the bounds that always hold. */
const nothingKnown: Evidence = { relaxed: null, flowBounds: new Map(), rawParts: 0, exact: false }

/** One run of the planner on one problem. */
export class Planner {
  readonly #ground: Ground
  readonly #options: ProposeOptions

  constructor(problem: Problem, options: ProposeOptions) {
    this.#ground = new Ground(compileInstance(problem), options.stop)
    this.#options = options
  }

  /** Solves small problems exactly, and large ones by flow and local search. */
  async run(): Promise<Proposal> {
    const { instance, manyShifts, servable } = this.#ground
    const { people, shifts } = instance
    const large = people * shifts > exactPairsMax
    const long = manyShifts && people * shifts * shifts > exactRosterMax
    if (large || long || this.#options.method === 'flow') return this.#byFlow()
    this.#tell('placing', 0)
    const evidence = { ...relaxed(relax(this.#ground, fixedPlacements(instance))), exact: true }
    const placements = solveExactly(instance, servable, await highs())
    return placements ? this.#finish(new RosterBook(instance, placements), evidence) : this.#byFlow()
  }

  /** A proposal of given placements, explained and measured, with only the bounds that always hold. */
  describe(placements: readonly Placement[]): Proposal {
    return this.#finish(new RosterBook(this.#ground.instance, placements), nothingKnown)
  }

  /** Tightens the bounds after the plan itself is ready to be shown. */
  async #byFlow(): Promise<Proposal> {
    this.#tell('placing', 0)
    const proposal = this.#ground.manyShifts ? this.#roster() : this.#single()
    const { bounds = true, onPlan, stop } = this.#options
    if (!bounds || stop?.()) return proposal
    onPlan?.(proposal)
    this.#tell('bounding', 0.92)
    return withHonestReasons(await withEscortBounds(this.#ground.instance, proposal, { stop }))
  }

  #roster(): Proposal {
    const { afterParts, instance, levels, servable, stop } = this.#ground
    const { onPlan } = this.#options
    const finish = ({ book, relaxed, bounds, beyond, rawParts }: RosterPlan) =>
      this.#finish(book, { relaxed, flowBounds: bounds, beyond, rawParts, exact: false })
    const plan = planRoster(instance, {
      servable,
      levels,
      afterParts,
      stop,
      onPlan: onPlan && ((plan) => onPlan(finish(plan))),
    })
    this.#tell('explaining', 0.9)
    return finish(plan)
  }

  #single(): Proposal {
    const { onPlan } = this.#options
    const finish = ({ book, relaxation }: SinglePlan) => this.#finish(book, relaxed(relaxation))
    return finish(
      planSingle(this.#ground, {
        tell: (stage, done) => this.#tell(stage, done),
        onPlan: onPlan && ((plan) => onPlan(finish(plan))),
      }),
    )
  }

  #finish(book: RosterBook, evidence: Evidence): Proposal {
    const { servable } = this.#ground
    const standby = chooseStandby(book, servable)
    return withHonestReasons({
      assignments: book.placements(),
      standby,
      ...explainPlan(book),
      ...idleForTeams(book, servable),
      quality: assess(book, standby, servable, evidence),
    })
  }

  #tell(stage: Stage, done: number): void {
    this.#options.onProgress?.(stage, done)
  }
}

/** A proposal of these placements. */
export function proposalOf(problem: Problem, placements: readonly Placement[]): Proposal {
  return new Planner(problem, {}).describe(placements)
}

function relaxed({ solved, bounds, rawParts }: Relaxation): Evidence {
  return { relaxed: solved, flowBounds: bounds, rawParts, exact: false }
}
