import type { SparseProgram } from './sparse-program.ts'

const termsALine = 8

export interface ProgramTextOptions {
  /** The row to be minimized. */
  goal: number
  constant: number
  /** Comment lines at the top of the file. */
  notes: readonly string[]
}

/**
 * The program as CPLEX LP text, readable by HiGHS, CBC, SCIP, Gurobi and others. The constant of the goal is the
 * coefficient of a column fixed at 1, because solvers differ on constants in an objective. Rows without any bound are
 * left out. Costs O(entries).
 */
export function* programText(program: SparseProgram, options: ProgramTextOptions): Generator<string> {
  const { rows, columns, rowLower, rowUpper, upper, kinds } = program
  const byRow = termsByRow(program)
  for (const note of options.notes) yield `\\ ${note}`
  yield 'Minimize'
  yield ` obj: ${lines([signed(options.constant, 'one'), ...byRow[options.goal]!])}`
  yield 'Subject To'
  for (let row = 0; row < rows; row++) {
    if (byRow[row]!.length === 0) continue
    const sum = lines(byRow[row]!)
    if (rowLower[row] === rowUpper[row]) yield ` r${row}: ${sum} = ${rowUpper[row]}`
    else {
      if (Number.isFinite(rowUpper[row])) yield ` r${row}: ${sum} <= ${rowUpper[row]}`
      if (Number.isFinite(rowLower[row])) yield ` l${row}: ${sum} >= ${rowLower[row]}`
    }
  }
  yield 'Bounds'
  yield ' 1 <= one <= 1'
  for (let column = 0; column < columns; column++) yield ` 0 <= ${kinds[column]}${column} <= ${upper[column]}`
  yield 'End'
}

function termsByRow({ rows, columns, starts, indices, values, kinds }: SparseProgram): string[][] {
  const byRow = Array.from({ length: rows }, (): string[] => [])
  for (let column = 0; column < columns; column++)
    for (let at = starts[column]!; at < starts[column + 1]!; at++)
      byRow[indices[at]!]!.push(signed(values[at]!, `${kinds[column]}${column}`))
  return byRow
}

function lines(terms: readonly string[]): string {
  const broken: string[] = []
  for (let at = 0; at < terms.length; at += termsALine)
    broken.push(terms.slice(at, at + termsALine).join(' '))
  return broken.join('\n   ')
}

function signed(value: number, name: string): string {
  return `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`
}
