/**
 * Minimum-cost circulation by the primal network simplex method: Ahuja, Magnanti, Orlin, Network Flows (1993),
 * chapter 11, with strongly feasible spanning trees (11.6, no cycling; the leaving arc is the last blocking one)
 * and block pricing as in Kovács, Minimum-cost flow algorithms, Optimization Methods and Software 30 (2015).
 * Costs are integers held in doubles: exact while every path costs less than 2^50.
 */

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
   * potential[target]. During `solve`, the nodes of one subtree below the root are a branch, and the potential of a
   * node is this value plus the offset of its branch: a branch that is reattached to the root changes only its
   * offset.
   */
  readonly potential: Float64Array
  readonly #branch: Int32Array
  readonly #offset: Float64Array
  /** Unused branch numbers. */
  readonly #spare: number[] = []
  #state: Int8Array
  #frozen: Int8Array
  readonly #parent: Int32Array
  /** The arc to the parent in the tree, and whether it points to the parent. */
  readonly #pred: Int32Array
  readonly #up: Uint8Array
  /** Size of the subtree of each node, including the node: an ancestor always has a larger one. */
  readonly #size: Int32Array
  readonly #child: Int32Array
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #stack: Int32Array
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
    this.potential = new Float64Array(nodes)
    this.#parent = new Int32Array(nodes).fill(-1)
    this.#pred = new Int32Array(nodes).fill(-1)
    this.#up = new Uint8Array(nodes)
    this.#size = new Int32Array(nodes).fill(1)
    this.#size[0] = nodes
    this.#child = new Int32Array(nodes).fill(-1)
    this.#next = new Int32Array(nodes).fill(-1)
    this.#previous = new Int32Array(nodes).fill(-1)
    this.#stack = new Int32Array(nodes)
    this.#branch = Int32Array.from({ length: nodes }, (_, node) => node)
    this.#offset = new Float64Array(nodes)
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
    this.#settle()
    return done
  }

  #settle(): void {
    for (let node = 0; node < this.nodes; node++)
      this.potential[node] = this.potential[node]! + this.#offset[this.#branch[node]!]!
    this.#offset.fill(0)
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
    this.#pred[node] = arc
    this.#up[node] = 1
    this.potential[node] = -cost
    this.#attach(node, 0)
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
    const branch = this.#branch
    const offset = this.#offset
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
    const parent = this.#parent
    const pred = this.#pred
    const up = this.#up
    const forward = this.#state[entering] === lower
    const first = forward ? source[entering]! : target[entering]!
    const second = forward ? target[entering]! : source[entering]!
    const join = this.#join(first, second)

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
    this.#revalue(leaving, top, under, entering, join)
    this.#rehang(leaving, top, under, entering, join)
  }

  /**
   * Updates the potentials for the subtree at `cut`, which will be attached by `top` under `under`; changes the
   * smaller part.
   */
  #revalue(cut: number, top: number, under: number, arc: number, join: number): void {
    const offset = this.#offset
    const from = this.#branch[cut]!
    const into = this.#branch[under]!
    const held = this.potential[under]! + offset[into]!
    const fits = this.source[arc] === top ? held - this.cost[arc]! : held + this.cost[arc]!
    const shift = fits - (this.potential[top]! + offset[from]!)
    const moved = this.#size[cut]!
    if (join !== 0) {
      const root = this.#rootOf(join)
      if (moved * 2 <= this.#size[root]!) this.#relabel(cut, from, shift, -1)
      else {
        this.#relabel(root, from, -shift, cut)
        offset[from] = offset[from]! + shift
      }
      return
    }
    const rootInto = under === 0 ? 0 : this.#rootOf(under)
    if (under !== 0 && moved <= this.#size[rootInto]!) {
      this.#relabel(cut, into, offset[from]! + shift - offset[into]!, -1)
      if (this.#parent[cut] === 0) this.#spare.push(from)
      return
    }
    const own = this.#split(cut, from)
    offset[own] = offset[own]! + shift
    if (under === 0) return
    this.#relabel(rootInto, own, offset[into]! - offset[own]!, -1)
    this.#spare.push(into)
  }

  /**
   * Makes the subtree at `cut` a branch. Potentials are unchanged.
   * @returns the number of the branch
   */
  #split(cut: number, from: number): number {
    if (this.#parent[cut] === 0) return from
    const fresh = this.#spare.pop()!
    this.#offset[fresh] = this.#offset[from]!
    const root = this.#rootOf(cut)
    if (this.#size[cut]! * 2 <= this.#size[root]!) {
      this.#relabel(cut, fresh, 0, -1)
      return fresh
    }
    this.#relabel(root, fresh, 0, cut)
    return from
  }

  #rootOf(node: number): number {
    const parent = this.#parent
    let root = node
    while (parent[root] !== 0) root = parent[root]!
    return root
  }

  #join(a: number, b: number): number {
    const parent = this.#parent
    const size = this.#size
    let u = a
    let v = b
    while (u !== v) {
      if (size[u]! < size[v]!) u = parent[u]!
      else v = parent[v]!
    }
    return u
  }

  /**
   * Cuts the subtree at `cut`, reroots it at `top`, and attaches it under `under` by `arc`. Nothing changes above
   * `join`.
   */
  #rehang(cut: number, top: number, under: number, arc: number, join: number): void {
    const size = this.#size
    const parent = this.#parent
    const moved = size[cut]!
    for (let node = parent[cut]!; node !== join; node = parent[node]!) size[node] = size[node]! - moved
    let node = top
    let newParent = under
    let newPred = arc
    let newUp: number = this.source[arc] === top ? 1 : 0
    let below = 0
    for (;;) {
      const oldParent = parent[node]!
      const oldPred = this.#pred[node]!
      const oldUp = this.#up[node]!
      const oldSize = size[node]!
      this.#detach(node)
      this.#attach(node, newParent)
      this.#pred[node] = newPred
      this.#up[node] = newUp
      size[node] = moved - below
      if (node === cut) break
      below = oldSize
      newParent = node
      newPred = oldPred
      newUp = oldUp ? 0 : 1
      node = oldParent
    }
    for (let each = under; each !== join; each = parent[each]!) size[each] = size[each]! + moved
  }

  #attach(node: number, parent: number): void {
    const first = this.#child[parent]!
    this.#parent[node] = parent
    this.#next[node] = first
    this.#previous[node] = -1
    if (first >= 0) this.#previous[first] = node
    this.#child[parent] = node
  }

  #detach(node: number): void {
    const next = this.#next[node]!
    const previous = this.#previous[node]!
    if (previous >= 0) this.#next[previous] = next
    else this.#child[this.#parent[node]!] = next
    if (next >= 0) this.#previous[next] = previous
  }

  /** Moves the subtree at `top`, without the subtree at `except`, to a branch, and adds `shift` to its potentials. */
  #relabel(top: number, to: number, shift: number, except: number): void {
    const { potential } = this
    const branch = this.#branch
    const child = this.#child
    const next = this.#next
    const stack = this.#stack
    let height = 1
    stack[0] = top
    while (height > 0) {
      const node = stack[--height]!
      potential[node] = potential[node]! + shift
      branch[node] = to
      for (let c = child[node]!; c >= 0; c = next[c]!) if (c !== except) stack[height++] = c
    }
  }

  /** Recomputes the potentials of the tree after `cost` was changed; flows are unchanged. */
  refresh(): void {
    const { potential, cost } = this
    const stack = this.#stack
    let height = 0
    potential[0] = 0
    for (let c = this.#child[0]!; c >= 0; c = this.#next[c]!) stack[height++] = c
    while (height > 0) {
      const node = stack[--height]!
      const arc = this.#pred[node]!
      const base = potential[this.#parent[node]!]!
      potential[node] = this.#up[node] ? base - cost[arc]! : base + cost[arc]!
      for (let c = this.#child[node]!; c >= 0; c = this.#next[c]!) stack[height++] = c
    }
  }
}
