import type { Problem } from '../problem-format.ts'
import { classesOf } from './classes.ts'
import { fixedPlacements } from './fixed.ts'
import { arcKinds } from './flow-arcs.ts'
import { ranged } from './flow-costs.ts'
import { FlowModel } from './flow-model.ts'
import { compileInstance } from './instance.ts'
import { type Level, packsOf } from './levels.ts'
import { RosterBook } from './roster-book.ts'
import { seatsOf } from './seats.ts'
import { solveFlow } from './solve-flow.ts'

/** The goals of the flow core that are exported, in order. */
export const coreLevels: readonly Level[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness', 'far']

/** The flow core of a problem, with its costs for all goals at once, solved: for any other solver to check. */
export class FlowCore {
  readonly model: FlowModel
  readonly weights: { level: Level; weight: number }[]
  readonly certified: boolean

  /** `near`: how many zones of each team are open at the start; more are opened until the optimum is that of all. */
  constructor(problem: Problem, near = 40) {
    const instance = compileInstance(problem)
    const book = new RosterBook(instance, fixedPlacements(instance))
    const free = Array.from({ length: instance.people }, (_, person) => person).filter((p) => !book.serves(p))
    this.model = new FlowModel(instance, classesOf(instance, free), seatsOf(book), { near })
    this.weights = packsOf(ranged(this.model, coreLevels))[0]!
    this.certified = solveFlow(
      this.model,
      this.weights.map(({ level }) => level),
    ).certified
  }

  /** What the planner's own simplex found. */
  get cost(): number {
    return this.model.net.totalCost()
  }

  /** DIMACS minimum-cost flow: a circulation, so that no node has a supply. */
  *dimacs(): Generator<string> {
    const { net } = this.model
    yield `c Muster flow core; goals ${this.weights.map(({ level, weight }) => `${level}*${weight}`).join(' ')}`
    yield `c optimal cost ${this.cost}`
    yield `p min ${net.nodes} ${net.arcs - net.firstArc}`
    for (let arc = net.firstArc; arc < net.arcs; arc++)
      yield `a ${net.source[arc]! + 1} ${net.target[arc]! + 1} 0 ${this.#room(arc)} ${net.cost[arc]!}`
  }

  /**
   * The core as a linear program in LP format; with `escorts` also the rows the flow leaves out: minors of a team
   * on a shift are at most K times its adults there.
   */
  *lp(escorts: boolean): Generator<string> {
    const { net } = this.model
    yield 'Minimize'
    yield ' obj:'
    for (let arc = net.firstArc; arc < net.arcs; arc++)
      if (net.cost[arc] !== 0) yield `  ${signed(net.cost[arc]!)} f${arc}`
    yield 'Subject To'
    const rows = Array.from({ length: net.nodes }, (): string[] => [])
    for (let arc = net.firstArc; arc < net.arcs; arc++) {
      rows[net.source[arc]!]!.push(`- 1 f${arc}`)
      rows[net.target[arc]!]!.push(`+ 1 f${arc}`)
    }
    for (const [node, terms] of rows.entries())
      if (terms.length > 0) yield ` n${node}: ${terms.join('\n  ')} = 0`
    if (escorts) yield* this.#escortRows()
    yield 'Bounds'
    for (let arc = net.firstArc; arc < net.arcs; arc++) yield ` 0 <= f${arc} <= ${this.#room(arc)}`
    yield 'End'
  }

  *#escortRows(): Generator<string> {
    const { model } = this
    const { K } = model.instance.problem
    const parts = new Map<number, { minors: number[]; adults: number[] }>()
    for (let at = 0; at < model.arcs.count; at++) {
      if (model.arcs.kind[at] !== arcKinds.place) continue
      const part = parts.get(model.arcs.part[at]!) ?? { minors: [], adults: [] }
      parts.set(model.arcs.part[at]!, part)
      const arc = at + model.firstArc
      ;(model.isForMinors(model.net.source[arc]!) ? part.minors : part.adults).push(arc)
    }
    for (const [part, { minors, adults }] of parts) {
      if (minors.length === 0) continue
      const terms = [...minors.map((arc) => `+ 1 f${arc}`), ...adults.map((arc) => `- ${K} f${arc}`)]
      yield ` r${part}: ${terms.join('\n  ')} <= 0`
    }
  }

  /** The most that can flow: capacities without an end are cut to what the people in the network could ever need. */
  #room(arc: number): number {
    return Math.min(this.model.net.capacity[arc]!, this.model.instance.people)
  }
}

function signed(value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`
}
