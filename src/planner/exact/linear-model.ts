import type { HighsSolution } from './highs.ts'

export type Term = readonly [coefficient: number, variable: string]

/** A linear or mixed-integer model as CPLEX LP text, readable by HiGHS, CBC, SCIP, Gurobi and others. */
export class LinearModel {
  readonly #rows: string[] = []
  readonly #bounds = new Map<string, string>()
  readonly #integers = new Set<string>()
  readonly #fixed: string[] = []

  /** Adds a variable in [low, high]. */
  variable(name: string, low: number, high: number, integer = false): string {
    this.#bounds.set(name, `${low} <= ${name} <= ${high}`)
    if (integer) this.#integers.add(name)
    return name
  }

  row(terms: readonly Term[], relation: '<=' | '>=' | '=', right: number): void {
    if (terms.length > 0) this.#rows.push(` c${this.#rows.length}: ${sum(terms)} ${relation} ${right}`)
  }

  /** Adds a constraint to all later solves: this sum must stay at least as good as `value`. */
  keep(terms: readonly Term[], value: number): void {
    if (terms.length > 0) this.#fixed.push(` k${this.#fixed.length}: ${sum(terms)} <= ${value}`)
  }

  /** The text of the model with this sum as the objective (minimized). */
  text(minimize: readonly Term[]): string {
    return [
      'Minimize',
      ` obj: ${minimize.length > 0 ? sum(minimize) : '0 x_none'}`,
      'Subject To',
      ...this.#rows,
      ...this.#fixed,
      'Bounds',
      ...this.#bounds.values(),
      ...(minimize.length > 0 ? [] : ['0 <= x_none <= 0']),
      ...(this.#integers.size > 0 ? ['General', ...this.#integers] : []),
      'End',
      '',
    ].join('\n')
  }
}

function sum(terms: readonly Term[]): string {
  return terms.map(([c, v]) => `${c < 0 ? '-' : '+'} ${Math.abs(c)} ${v}`).join('\n  ')
}

/** The value of a sum in a solution. */
export function amountOf(solution: HighsSolution, terms: readonly Term[]): number {
  return terms.reduce((total, [c, v]) => total + c * (solution.Columns[v]?.Primal ?? 0), 0)
}
