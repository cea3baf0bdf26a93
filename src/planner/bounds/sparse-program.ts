/**
 * An integer linear program: rowLower ≤ A·x ≤ rowUpper, 0 ≤ x ≤ upper. The matrix is stored in compressed columns:
 * the entries of column j are at starts[j] up to, not including, starts[j + 1]. The first rows are the goals; the
 * objective is one of these rows plus its constant.
 */
export interface SparseProgram {
  readonly rows: number
  readonly columns: number
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly upper: Float64Array
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
  /** The kind of each column, as a short word for exported files. */
  readonly kinds: readonly string[]
}

/** Builder of a program. A column gets all its entries at once, so its rows must exist already. */
export class ProgramBuilder {
  readonly #rowLower: number[] = []
  readonly #rowUpper: number[] = []
  readonly #upper: number[] = []
  readonly #starts: number[] = [0]
  readonly #indices: number[] = []
  readonly #values: number[] = []
  readonly #kinds: string[] = []

  get columns(): number {
    return this.#upper.length
  }

  row(lower: number, upper: number): number {
    this.#rowLower.push(lower)
    return this.#rowUpper.push(upper) - 1
  }

  /**
   * Adds a column in [0, upper]; `entries` are pairs of row and coefficient. A column that could only be 0 is left
   * out.
   */
  column(kind: string, upper: number, ...entries: readonly (readonly number[])[]): void {
    if (upper <= 0) return
    this.#kinds.push(kind)
    this.#upper.push(upper)
    for (const pairs of entries)
      for (let at = 0; at < pairs.length; at += 2) {
        this.#indices.push(pairs[at]!)
        this.#values.push(pairs[at + 1]!)
      }
    this.#starts.push(this.#indices.length)
  }

  build(): SparseProgram {
    return {
      rows: this.#rowUpper.length,
      columns: this.#upper.length,
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      upper: Float64Array.from(this.#upper),
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values),
      kinds: this.#kinds,
    }
  }
}

/** The coefficients of one row, one for each column. */
export function rowOf({ columns, starts, indices, values }: SparseProgram, row: number): Float64Array {
  const found = new Float64Array(columns)
  for (let column = 0; column < columns; column++)
    for (let at = starts[column]!; at < starts[column + 1]!; at++)
      if (indices[at] === row) found[column] = values[at]!
  return found
}
