import { Counter, type Registry } from 'prom-client'

/** What takes longer is slow. */
export const slowFromMs = 100

/** How many occurrences are remembered, and for how long. */
const rememberedMax = 500
const rememberedMs = 3_600_000
/** Names that are counted apart; what has another one is counted as `other`. */
const namesMax = 60

interface Occurrence {
  name: string
  ms: number
  atMs: number
}

/** The slow ones of one kind of thing: counted since the start, remembered for an hour. */
export class Slow {
  readonly #counter: Counter<'of'>
  readonly #names = new Set<string>()
  #latest: Occurrence[] = []

  /** @param name of the counter in the metrics */
  constructor(registry: Registry, { name, help }: { name: string; help: string }) {
    this.#counter = new Counter({ name, help, labelNames: ['of'], registers: [registry] })
  }

  note(name: string, ms: number): void {
    const known = this.#names.has(name) || this.#names.size < namesMax
    if (known) this.#names.add(name)
    const told = known ? name : 'other'
    this.#counter.inc({ of: told })
    this.#latest.push({ name: told, ms, atMs: performance.now() })
    if (this.#latest.length > rememberedMax) this.#latest.shift()
  }

  /** The longest of each name within the last hour, in ms. */
  lately(): { name: string; longestMs: number }[] {
    const since = performance.now() - rememberedMs
    this.#latest = this.#latest.filter(({ atMs }) => atMs >= since)
    const longest = new Map<string, number>()
    for (const { name, ms } of this.#latest) longest.set(name, Math.max(ms, longest.get(name) ?? 0))
    return [...longest].map(([name, longestMs]) => ({ name, longestMs }))
  }
}

/** What is remembered of slow things in one process. */
export interface SlowThings {
  statements: Slow
  turns: Slow
}

export function slowThings(registry: Registry): SlowThings {
  return {
    statements: new Slow(registry, {
      name: 'muster_slow_statements_total',
      help: `Statements that took more than ${slowFromMs} ms, by what they do`,
    }),
    turns: new Slow(registry, {
      name: 'muster_slow_turns_total',
      help: `Turns of the event loop of more than ${slowFromMs} ms, by what was begun last before`,
    }),
  }
}
