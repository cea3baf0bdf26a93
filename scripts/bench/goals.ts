/** Goals of a benchmark and what was measured, as a table or as one object of JSON. */
export interface Goal {
  name: string
  goal: string
  measured: string
  met: boolean
}

const rounded = (value: number) => Math.round(value * 100) / 100

export class Goals {
  readonly #goals: Goal[] = []
  readonly #figures: Record<string, unknown> = {}

  /** A figure that has to be at most so much. What could not be measured is not met. */
  atMost(name: string, goal: number, measured: number, unit: string): void {
    this.#figures[name] = rounded(measured)
    const met = measured <= goal
    this.#goals.push({ name, goal: `≤ ${goal} ${unit}`, measured: `${rounded(measured)} ${unit}`, met })
    process.stderr.write(`  ${met ? '✓' : '✗'} ${name}: ${rounded(measured)} ${unit} (≤ ${goal})\n`)
  }

  /** A figure without a goal. */
  note(name: string, figure: unknown): void {
    this.#figures[name] = figure
  }

  /** Prints everything on standard output, and says by the exit code whether every goal was met. */
  print(json: boolean): void {
    if (json) process.stdout.write(`${JSON.stringify({ figures: this.#figures, goals: this.#goals })}\n`)
    else
      for (const { name, goal, measured, met } of this.#goals)
        process.stdout.write(`${met ? '✓' : '✗'} ${name}  ${measured}  (${goal})\n`)
    process.exitCode = this.#goals.every(({ met }) => met) ? 0 : 1
  }
}
