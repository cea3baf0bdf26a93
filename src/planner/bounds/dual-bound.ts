/** The program of `dualBound`, by columns: min cost·x with rowLower ≤ A·x ≤ rowUpper and 0 ≤ x ≤ upper. */
export interface BoxedProgram {
  readonly rowLower: ArrayLike<number>
  readonly rowUpper: ArrayLike<number>
  readonly upper: ArrayLike<number>
  readonly starts: ArrayLike<number>
  readonly indices: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** Row multipliers are rounded to multiples of 2⁻³²; all sums are integers in this unit. */
const unitBits = 32n
const unit = 2 ** 32
const multiplierMax = 2 ** 16

/**
 * A proven lower bound, as an integer, on cost·x over all integer x of the program, from these row multipliers.
 * For every y, cost·x = y·(A·x) + (cost − Aᵀy)·x. Each of the two sums is at least its value at the worst corner of
 * its box: the bounds of the rows, the bounds of the columns (Neumaier and Shcherbina, Mathematical Programming 99,
 * 2004). So the bound is valid for any y, however it was found; good multipliers make it tight. With y rounded to
 * multiples of 2⁻³² and integer data all sums are exact integers, so there is no rounding error and no tolerance.
 * Costs O(entries).
 * @returns −Infinity when a number would exceed the exact range
 */
export function dualBound(
  program: BoxedProgram,
  cost: ArrayLike<number>,
  multipliers: ArrayLike<number>,
): number {
  const { rowLower, rowUpper, upper, starts, indices, values } = program
  const y = new Float64Array(rowUpper.length)
  let total = 0n
  for (let row = 0; row < y.length; row++) {
    y[row] = rounded(multipliers[row]!)
    const corner = y[row]! > 0 ? rowLower[row]! : rowUpper[row]!
    // A row without a bound on this side proves nothing in this direction.
    if (!Number.isFinite(corner)) y[row] = 0
    else total += product(y[row]!, corner)
  }
  for (let column = 0; column < upper.length; column++) {
    let reduced = cost[column]! * unit
    let exact = Number.isSafeInteger(reduced)
    for (let at = starts[column]!; at < starts[column + 1]!; at++) {
      const part = values[at]! * y[indices[at]!]!
      reduced -= part
      exact &&= Number.isSafeInteger(part) && Number.isSafeInteger(reduced)
    }
    if (!exact) return Number.NEGATIVE_INFINITY
    if (reduced < 0) total += product(reduced, upper[column]!)
  }
  return Number(-(-total >> unitBits))
}

function rounded(multiplier: number): number {
  if (!Number.isFinite(multiplier) || Math.abs(multiplier) > multiplierMax) return 0
  return Math.round(multiplier * unit)
}

function product(a: number, b: number): bigint {
  return a === 0 || b === 0 ? 0n : BigInt(a) * BigInt(b)
}
