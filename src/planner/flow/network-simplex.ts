/**
 * Minimum-cost circulation by the primal network simplex method: Ahuja, Magnanti, Orlin, Network Flows (1993),
 * chapter 11, with strongly feasible spanning trees (11.6, no cycling; the leaving arc is the last blocking one)
 * and block pricing as in Kovács, Minimum-cost flow algorithms, Optimization Methods and Software 30 (2015).
 * Costs are integers held in doubles: exact while every path costs less than 2^50.
 */

import { Potentials } from './potentials.ts'
import { SpanningTree } from './spanning-tree.ts'

const lower = 1
const inTree = 0
const upper = -1

/** Block size = this factor × √arcs. Measured from 0.07 to 4; small factors took a third of the time here. */
const blockFactor = 1

/** Node 0 is the root. The zero circulation is always feasible, so any set of arcs is a valid start. */
export class NetworkSimplex {
  readonly nodes: number
  arcs = 0
  pivots = 0
  source: Int32Array
  target: Int32Array
  capacity: Int32Array
  cost: Float64Array
  flow: Int32Array
  /**
   * Node potentials, valid outside `solve`. The reduced cost of an arc is cost + potential[source] -
   * potential[target].
   */
  readonly potential: Float64Array
  readonly #potentials: Potentials
  readonly #tree: SpanningTree
  #state: Int8Array
  #frozen: Int8Array
  #scan = 0
  readonly #ranges: { from: number; to: number }[] = []
  readonly #artificial: number

  /** `artificialCost` must exceed the cost of any simple path. */
  constructor(nodes: number, arcsHint: number, artificialCost = 2 ** 51) {
    this.nodes = nodes
    const room = arcsHint + nodes
    this.source = new Int32Array(room)
    this.target = new Int32Array(room)
    this.capacity = new Int32Array(room)
    this.cost = new Float64Array(room)
    this.flow = new Int32Array(room)
    this.#state = new Int8Array(room)
    this.#frozen = new Int8Array(room)
    this.#tree = new SpanningTree(nodes)
    this.#potentials = new Potentials(nodes, this.#tree)
    this.potential = this.#potentials.value
    for (let node = 1; node < nodes; node++) this.#plant(node, artificialCost)
    this.#artificial = this.arcs
  }

  /** The first arc that is not artificial. */
  get firstArc(): number {
    return this.#artificial
  }

  /** Adds an arc with flow 0. Allowed at any time, also after a solve. */
  addArc(source: number, target: number, capacity: number, cost: number): number {
    if (this.arcs === this.source.length) this.#grow()
    const arc = this.arcs++
    this.source[arc] = source
    this.target[arc] = target
    this.capacity[arc] = capacity
    this.cost[arc] = cost
    this.#state[arc] = lower
    return arc
  }

  reducedCost(arc: number): number {
    return this.cost[arc]! + this.potential[this.source[arc]!]! - this.potential[this.target[arc]!]!
  }

  /** Fixes the flow of an arc outside the tree; a tree arc stays free. */
  freeze(arc: number): void {
    if (this.#state[arc] === inTree) return
    this.#frozen[arc] = this.#state[arc]!
    this.#state[arc] = inTree
  }

  thaw(): void {
    for (let arc = 0; arc < this.arcs; arc++) {
      if (this.#frozen[arc] === 0) continue
      this.#state[arc] = this.#frozen[arc]!
      this.#frozen[arc] = 0
    }
  }

  /**
   * Freezes every arc whose flow is the same on the optimal face: non-tree arcs with a nonzero reduced cost. Any
   * later optimum under other costs is also optimal under the present costs.
   */
  freezeFace(): void {
    for (let arc = this.#artificial; arc < this.arcs; arc++)
      if (this.#state[arc] !== inTree && this.reducedCost(arc) !== 0) this.freeze(arc)
  }

  /** Sets new costs for the arcs from `firstArc` on. Flows are kept as a warm start. */
  recost(costOf: (arc: number) => number): void {
    for (let arc = this.#artificial; arc < this.arcs; arc++) this.cost[arc] = costOf(arc)
    this.refresh()
  }

  /**
   * Marks a range of arcs that mostly affect each other, such as the arcs of a region. `solve` first optimizes each
   * range alone, while tree paths are short, and then all arcs together.
   */
  markRange(from: number, to: number): void {
    if (to > from) this.#ranges.push({ from, to })
  }

  /**
   * Pivots until no arc can improve.
   * @returns false when `stop` ended it earlier; then the flow is feasible but not optimal
   */
  solve(stop?: () => boolean): boolean {
    const all = { from: this.#artificial, to: this.arcs }
    const done = [...this.#ranges, all].every(({ from, to }) => this.#improve(from, to, stop))
    this.#potentials.settle()
    return done
  }

  #improve(from: number, to: number, stop?: () => boolean): boolean {
    let until = this.pivots + 256
    this.#scan = from
    for (let entering = this.#price(from, to); entering >= 0; entering = this.#price(from, to)) {
      this.#pivot(entering)
      if (this.pivots < until) continue
      until = this.pivots + 256
      if (stop?.()) return false
    }
    return true
  }

  /** Total cost of all arcs that are not artificial. */
  totalCost(): number {
    let total = 0
    for (let arc = this.#artificial; arc < this.arcs; arc++) total += this.cost[arc]! * this.flow[arc]!
    return total
  }

  #plant(node: number, cost: number): void {
    const arc = this.arcs++
    this.source[arc] = node
    this.target[arc] = 0
    this.capacity[arc] = 0x7fffffff
    this.cost[arc] = cost
    this.potential[node] = -cost
    this.#tree.plant(node, arc)
  }

  #grow(): void {
    const room = Math.max(1024, this.source.length * 2)
    const wider = <T extends Int32Array | Float64Array | Int8Array>(old: T): T => {
      const made = new (old.constructor as new (length: number) => T)(room)
      made.set(old)
      return made
    }
    this.source = wider(this.source)
    this.target = wider(this.target)
    this.capacity = wider(this.capacity)
    this.cost = wider(this.cost)
    this.flow = wider(this.flow)
    this.#state = wider(this.#state)
    this.#frozen = wider(this.#frozen)
  }

  /** The arc with the largest violation in the next block that has one, in [from, to); -1: none. */
  #price(from: number, to: number): number {
    const { source, target, cost, potential } = this
    const state = this.#state
    const { branch, offset } = this.#potentials
    const block = Math.max(32, Math.ceil(blockFactor * Math.sqrt(to - from)))
    let best = -1
    let worst = 0
    let left = block
    let arc = this.#scan
    for (let seen = from; seen < to; seen++) {
      if (arc >= to) arc = from
      const s = state[arc]!
      if (s !== inTree) {
        const tail = source[arc]!
        const head = target[arc]!
        const gap = potential[tail]! + offset[branch[tail]!]! - potential[head]! - offset[branch[head]!]!
        const violation = s * (cost[arc]! + gap)
        if (violation < worst) {
          worst = violation
          best = arc
        }
      }
      arc++
      if (--left === 0) {
        if (best >= 0) break
        left = block
      }
    }
    this.#scan = arc
    return best
  }

  #pivot(entering: number): void {
    this.pivots++
    const { source, target, capacity, flow } = this
    const tree = this.#tree
    const { parent, pred, up } = tree
    const forward = this.#state[entering] === lower
    const first = forward ? source[entering]! : target[entering]!
    const second = forward ? target[entering]! : source[entering]!
    const join = tree.joinOf(first, second)

    // The cycle runs first → second → join → first. Ties: the last blocking arc in this order, starting at the join.
    let delta = capacity[entering]!
    let leaving = -1
    let onFirst = false
    for (let node = first; node !== join; node = parent[node]!) {
      const arc = pred[node]!
      const room = up[node] ? flow[arc]! : capacity[arc]! - flow[arc]!
      if (room < delta) {
        delta = room
        leaving = node
        onFirst = true
      }
    }
    for (let node = second; node !== join; node = parent[node]!) {
      const arc = pred[node]!
      const room = up[node] ? capacity[arc]! - flow[arc]! : flow[arc]!
      if (room <= delta) {
        delta = room
        leaving = node
        onFirst = false
      }
    }
    if (delta > 0) {
      flow[entering] = flow[entering]! + (forward ? delta : -delta)
      for (let node = first; node !== join; node = parent[node]!)
        flow[pred[node]!] = flow[pred[node]!]! + (up[node] ? -delta : delta)
      for (let node = second; node !== join; node = parent[node]!)
        flow[pred[node]!] = flow[pred[node]!]! + (up[node] ? delta : -delta)
    }
    if (leaving < 0) {
      this.#state[entering] = forward ? upper : lower
      return
    }
    const out = pred[leaving]!
    this.#state[entering] = inTree
    this.#state[out] = flow[out] === 0 ? lower : upper
    const top = onFirst ? first : second
    const under = onFirst ? second : first
    const points = source[entering] === top
    this.#potentials.revalue(leaving, top, under, points ? -this.cost[entering]! : this.cost[entering]!, join)
    tree.rehang(leaving, top, under, entering, points ? 1 : 0, join)
  }

  /** Recomputes the potentials of the tree after `cost` was changed; flows are unchanged. */
  refresh(): void {
    this.#potentials.refresh(this.cost)
  }
}
