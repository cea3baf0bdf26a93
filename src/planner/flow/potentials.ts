import type { SpanningTree } from './spanning-tree.ts'

/**
 * The potentials of the nodes of a spanning tree. The nodes of one subtree below the root are a *branch*, and the
 * potential of a node is its value plus the offset of its branch: a branch that is reattached to the root changes only
 * its offset. So a pivot changes the values of the smaller part.
 */
export class Potentials {
  /** The potentials themselves once `settle` was called. */
  readonly value: Float64Array
  /** The branch of each node, and the offset of each branch. */
  readonly branch: Int32Array
  readonly offset: Float64Array
  readonly #tree: SpanningTree
  /** Unused branch numbers. */
  readonly #spare: number[] = []
  readonly #stack: Int32Array

  /** Every node a branch of its own, below the root. */
  constructor(nodes: number, tree: SpanningTree) {
    this.#tree = tree
    this.value = new Float64Array(nodes)
    this.branch = Int32Array.from({ length: nodes }, (_, node) => node)
    this.offset = new Float64Array(nodes)
    this.#stack = new Int32Array(nodes)
  }

  /** Adds the offsets to the values. */
  settle(): void {
    const { value, branch, offset } = this
    for (let node = 0; node < value.length; node++) value[node] = value[node]! + offset[branch[node]!]!
    offset.fill(0)
  }

  /** Recomputes the values after costs were changed. The offsets must be settled. */
  refresh(cost: Float64Array): void {
    const { value } = this
    const { parent, pred, up, child, next } = this.#tree
    const stack = this.#stack
    let height = 0
    value[0] = 0
    for (let c = child[0]!; c >= 0; c = next[c]!) stack[height++] = c
    while (height > 0) {
      const node = stack[--height]!
      const arc = pred[node]!
      const base = value[parent[node]!]!
      value[node] = up[node] ? base - cost[arc]! : base + cost[arc]!
      for (let c = child[node]!; c >= 0; c = next[c]!) stack[height++] = c
    }
  }

  /**
   * Updates the potentials for the subtree at `cut`, which will be attached by `top` under `under`; `rise`: by how much
   * the potential of `top` will lie above that of `under`.
   */
  revalue(cut: number, top: number, under: number, rise: number, join: number): void {
    const tree = this.#tree
    const offset = this.offset
    const from = this.branch[cut]!
    const into = this.branch[under]!
    const held = this.value[under]! + offset[into]!
    const shift = held + rise - (this.value[top]! + offset[from]!)
    const moved = tree.size[cut]!
    if (join !== 0) {
      const root = tree.topOf(join)
      if (moved * 2 <= tree.size[root]!) this.#relabel(cut, from, shift, -1)
      else {
        this.#relabel(root, from, -shift, cut)
        offset[from] = offset[from]! + shift
      }
      return
    }
    const rootInto = under === 0 ? 0 : tree.topOf(under)
    if (under !== 0 && moved <= tree.size[rootInto]!) {
      this.#relabel(cut, into, offset[from]! + shift - offset[into]!, -1)
      if (tree.parent[cut] === 0) this.#spare.push(from)
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
    const tree = this.#tree
    if (tree.parent[cut] === 0) return from
    const fresh = this.#spare.pop()!
    this.offset[fresh] = this.offset[from]!
    const root = tree.topOf(cut)
    if (tree.size[cut]! * 2 <= tree.size[root]!) {
      this.#relabel(cut, fresh, 0, -1)
      return fresh
    }
    this.#relabel(root, fresh, 0, cut)
    return from
  }

  /** Moves the subtree at `top`, without the subtree at `except`, to a branch, and adds `shift` to its values. */
  #relabel(top: number, to: number, shift: number, except: number): void {
    const { value, branch } = this
    const { child, next } = this.#tree
    const stack = this.#stack
    let height = 1
    stack[0] = top
    while (height > 0) {
      const node = stack[--height]!
      value[node] = value[node]! + shift
      branch[node] = to
      for (let c = child[node]!; c >= 0; c = next[c]!) if (c !== except) stack[height++] = c
    }
  }
}
