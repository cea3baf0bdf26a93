/**
 * Nearest-neighbour search on a grid with about four points per cell. `near(x, y)` yields positions in order of
 * distance, lazily.
 */
export class NearestPoints {
  readonly #x: ArrayLike<number>
  readonly #y: ArrayLike<number>
  readonly #cells = new Map<number, number[]>()
  readonly #west: number
  readonly #south: number
  readonly #side: number
  readonly #columns: number
  readonly #rows: number

  /** `ids` are positions in `x` and `y`. */
  constructor(x: ArrayLike<number>, y: ArrayLike<number>, ids: readonly number[]) {
    this.#x = x
    this.#y = y
    let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e300, -1e300]
    for (const id of ids) {
      west = Math.min(west, x[id]!)
      east = Math.max(east, x[id]!)
      south = Math.min(south, y[id]!)
      north = Math.max(north, y[id]!)
    }
    const area = Math.max(1, east - west) * Math.max(1, north - south)
    // A long, thin area would have many more cells than points, so each side has at most 1000 cells.
    const least = Math.max(1, (east - west) / 1000, (north - south) / 1000)
    this.#side = Math.max(least, Math.sqrt((area * 4) / Math.max(1, ids.length)))
    this.#west = west
    this.#south = south
    this.#columns = ids.length === 0 ? 0 : Math.floor((east - west) / this.#side) + 1
    this.#rows = ids.length === 0 ? 0 : Math.floor((north - south) / this.#side) + 1
    for (const id of ids) {
      const cell = this.#row(y[id]!) * this.#columns + this.#column(x[id]!)
      const list = this.#cells.get(cell)
      if (list) list.push(id)
      else this.#cells.set(cell, [id])
    }
  }

  *near(x: number, y: number): Generator<number> {
    if (this.#cells.size === 0) return
    const column = this.#column(x)
    const row = this.#row(y)
    const rings = Math.max(
      Math.abs(column),
      Math.abs(row),
      Math.abs(this.#columns - column),
      Math.abs(this.#rows - row),
    )
    let waiting: { id: number; metres: number }[] = []
    // For a query point outside the grid the first rings are empty.
    const first = Math.max(0, -column, column - this.#columns + 1, -row, row - this.#rows + 1)
    for (let ring = first; ring <= rings; ring++) {
      for (const id of this.#ring(column, row, ring))
        waiting.push({ id, metres: Math.hypot(this.#x[id]! - x, this.#y[id]! - y) })
      // All points outside the visited rings are farther away than `ring` whole cells.
      const sure = ring === rings ? Number.POSITIVE_INFINITY : ring * this.#side
      const ready = waiting.filter(({ metres }) => metres <= sure)
      if (ready.length === 0) continue
      waiting = waiting.filter(({ metres }) => metres > sure)
      ready.sort((a, b) => a.metres - b.metres || a.id - b.id)
      for (const { id } of ready) yield id
    }
  }

  *#ring(column: number, row: number, ring: number): Generator<number> {
    for (let r = Math.max(0, row - ring); r <= Math.min(this.#rows - 1, row + ring); r++) {
      const left = column - ring
      const right = column + ring
      if (Math.abs(r - row) === ring) {
        const last = Math.min(this.#columns - 1, right)
        for (let c = Math.max(0, left); c <= last; c++) yield* this.#cells.get(r * this.#columns + c) ?? []
        continue
      }
      if (left >= 0) yield* this.#cells.get(r * this.#columns + left) ?? []
      if (right < this.#columns && right !== left) yield* this.#cells.get(r * this.#columns + right) ?? []
    }
  }

  #column(x: number): number {
    return Math.floor((x - this.#west) / this.#side)
  }

  #row(y: number): number {
    return Math.floor((y - this.#south) / this.#side)
  }
}
