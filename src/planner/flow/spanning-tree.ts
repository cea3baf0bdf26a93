/**
 * The spanning tree of a network simplex, rooted at node 0: parents, children, and the size of each subtree. Its arrays
 * are read directly in the loops of the simplex; only `plant` and `rehang` change them.
 */
export class SpanningTree {
  readonly parent: Int32Array
  /** The arc to the parent, and whether it points to the parent. */
  readonly pred: Int32Array
  readonly up: Uint8Array
  /** Size of the subtree of each node, including the node: an ancestor always has a larger one. */
  readonly size: Int32Array
  /** The first child of each node, and the next child of the same parent; -1: none. */
  readonly child: Int32Array
  readonly next: Int32Array
  readonly #previous: Int32Array

  /** The root alone; every other node has to be planted. */
  constructor(nodes: number) {
    this.parent = new Int32Array(nodes).fill(-1)
    this.pred = new Int32Array(nodes).fill(-1)
    this.up = new Uint8Array(nodes)
    this.size = new Int32Array(nodes).fill(1)
    this.size[0] = nodes
    this.child = new Int32Array(nodes).fill(-1)
    this.next = new Int32Array(nodes).fill(-1)
    this.#previous = new Int32Array(nodes).fill(-1)
  }

  /** Makes the node a child of the root by an arc that points to the root. */
  plant(node: number, arc: number): void {
    this.pred[node] = arc
    this.up[node] = 1
    this.#attach(node, 0)
  }

  /** The child of the root whose subtree holds the node, which must not be the root. */
  topOf(node: number): number {
    const parent = this.parent
    let top = node
    while (parent[top] !== 0) top = parent[top]!
    return top
  }

  /** The last common node of the paths from two nodes to the root. */
  joinOf(a: number, b: number): number {
    const { parent, size } = this
    let u = a
    let v = b
    while (u !== v) {
      if (size[u]! < size[v]!) u = parent[u]!
      else v = parent[v]!
    }
    return u
  }

  /**
   * Cuts the subtree at `cut`, reroots it at `top`, and attaches it under `under` by `arc`, which points to `under` if
   * `up` is 1. Nothing changes above `join`.
   */
  rehang(cut: number, top: number, under: number, arc: number, up: 0 | 1, join: number): void {
    const { size, parent, pred } = this
    const moved = size[cut]!
    for (let node = parent[cut]!; node !== join; node = parent[node]!) size[node] = size[node]! - moved
    let node = top
    let newParent = under
    let newPred = arc
    let newUp: number = up
    let below = 0
    for (;;) {
      const oldParent = parent[node]!
      const oldPred = pred[node]!
      const oldUp = this.up[node]!
      const oldSize = size[node]!
      this.#detach(node)
      this.#attach(node, newParent)
      pred[node] = newPred
      this.up[node] = newUp
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
    const first = this.child[parent]!
    this.parent[node] = parent
    this.next[node] = first
    this.#previous[node] = -1
    if (first >= 0) this.#previous[first] = node
    this.child[parent] = node
  }

  #detach(node: number): void {
    const next = this.next[node]!
    const previous = this.#previous[node]!
    if (previous >= 0) this.next[previous] = next
    else this.child[this.parent[node]!] = next
    if (next >= 0) this.#previous[next] = previous
  }
}
