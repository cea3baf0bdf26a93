import type { Problem } from '../format/problem-format.ts'
import { fixedPlacements } from '../instance/fixed.ts'
import { compileInstance } from '../instance/instance.ts'
import { type Level, packsOf } from '../instance/levels.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { seatsOf } from '../instance/seats.ts'
import { classesOf } from './classes.ts'
import { ranged } from './flow-costs.ts'
import { FlowModel } from './flow-model.ts'
import { solveFlow } from './solve-flow.ts'

/** The exported goals of the flow core, in order. */
export const coreLevels: readonly Level[] = ['minimum', 'skill', 'ownUnit', 'target', 'evenness', 'far']

/**
 * The solved flow core of a problem, with the costs for all goals in one objective, so that any other solver can
 * check it.
 */
export class FlowCore {
  readonly model: FlowModel
  readonly weights: { level: Level; weight: number }[]
  readonly certified: boolean

  /**
   * `near`: how many zones of each team have arcs at the start; more are opened until the optimum is the one over all
   * zones.
   */
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

  /** The optimal cost found by the planner's own simplex. */
  get cost(): number {
    return this.model.net.totalCost()
  }

  /** DIMACS minimum-cost flow format: a circulation, so no node has a supply. */
  *dimacs(): Generator<string> {
    const { net } = this.model
    yield `c Muster flow core; goals ${this.weights.map(({ level, weight }) => `${level}*${weight}`).join(' ')}`
    yield `c optimal cost ${this.cost}`
    yield `p min ${net.nodes} ${net.arcs - net.firstArc}`
    for (let arc = net.firstArc; arc < net.arcs; arc++)
      yield `a ${net.source[arc]! + 1} ${net.target[arc]! + 1} 0 ${this.#room(arc)} ${net.cost[arc]!}`
  }

  /** The core as a linear program in LP format. */
  *lp(): Generator<string> {
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
    yield 'Bounds'
    for (let arc = net.firstArc; arc < net.arcs; arc++) yield ` 0 <= f${arc} <= ${this.#room(arc)}`
    yield 'End'
  }

  /** The capacity of an arc; unlimited capacities are cut to the number of people in the network. */
  #room(arc: number): number {
    return Math.min(this.model.net.capacity[arc]!, this.model.instance.people)
  }
}

function signed(value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`
}
