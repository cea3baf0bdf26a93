import { Gauge, type Registry } from 'prom-client'

/** A text for people, in Chinese and English. */
export interface Said {
  zh: string
  en: string
}

/** One value that was looked at. */
export interface Look {
  /** Which of several: a kind of job, a route. */
  of?: string
  /** In the unit of its watch. */
  value: number
  /** Whether a person should do something about it. */
  alarming?: boolean
}

export type Unit = 'seconds' | 'milliseconds' | 'megabytes' | 'count'

/** One thing that is watched. Nothing in it is secret or personal: whoever reaches the service may read it. */
export interface Watch<Context> {
  unit: Unit
  title: Said
  /** What to do when it is alarming. */
  todo: Said
  /** Reads few rows, by an index: it is asked every few seconds. */
  look(context: Context): Look[] | Promise<Look[]>
}

/** A slice's watches by name, `jobs.dead`. The metric has the same name: `muster_jobs_dead_count`. */
export type Watches<Context> = Record<string, Watch<Context>>

/** How many watches cannot be looked at: how it stands there is unknown, which nobody should take for good. */
const failedName = 'watch.failed'
const failedTold = {
  unit: 'count' as const,
  title: { zh: '读取不到的监测项', en: 'what is watched and cannot be looked at' },
  todo: {
    zh: '这些项目的情况目前不清楚。请在日志中查“watch failed”，排除原因。',
    en: 'Nobody knows how these stand now. Look for “watch failed” in the log, and remove the cause.',
  },
}

/** How long one look may take, in ms. It goes on, and is not begun again before it has ended. */
const lookMs = 2000

/** A value with what is said about it. */
export interface WatchEntry {
  name: string
  of: string | null
  value: number
  unit: Unit
  alarming: boolean
  title: Said
  todo: Said
}

export interface WatchFailure {
  /** Its name. */
  watch: string
  error: unknown
}

function entryOf(
  name: string,
  { unit, title, todo }: Pick<WatchEntry, 'unit' | 'title' | 'todo'>,
  { of, value, alarming = false }: Look,
): WatchEntry {
  return { name, of: of ?? null, value, unit, alarming, title, todo }
}

/** Also what throws at once is an outcome of the look. */
async function lookNow<Context>(look: Watch<Context>['look'], context: Context): Promise<Look[]> {
  return look(context)
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${lookMs / 1000} s`)), lookMs).unref()
  })
}

/**
 * The only source of what is said about the state of the service: in readiness, in the metrics, in the console. Whoever
 * asks while others are being answered gets the same answer, so that asking often costs no more.
 */
export class Watching<Context> {
  readonly #context: Context
  readonly #watches: Watches<Context>
  readonly #report: (failure: WatchFailure) => void
  readonly #looks = new Map<string, Promise<Look[]>>()
  readonly #failing = new Set<string>()
  #looking: Promise<WatchEntry[]> | undefined

  /** @param report called once when a watch begins to fail */
  constructor(context: Context, watches: Watches<Context>, report: (failure: WatchFailure) => void) {
    this.#context = context
    this.#watches = watches
    this.#report = report
  }

  entries(): Promise<WatchEntry[]> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** What cannot be looked at now is left out, and counted. */
  async #look(): Promise<WatchEntry[]> {
    const each = Object.entries(this.#watches).map(async ([name, watch]) => {
      const looks = await this.#lookAt(name, watch)
      return looks.map((look) => entryOf(name, watch, look))
    })
    const entries = (await Promise.all(each)).flat()
    const failing = this.#failing.size
    return [...entries, entryOf(failedName, failedTold, { value: failing, alarming: failing > 0 })]
  }

  async #lookAt(name: string, { look }: Watch<Context>): Promise<Look[]> {
    try {
      const begun = this.#looks.get(name) ?? lookNow(look, this.#context)
      this.#looks.set(name, begun)
      const forget = () => void this.#looks.delete(name)
      begun.then(forget, forget)
      const looks = await Promise.race([begun, tooLong()])
      if (looks.some(({ value }) => !Number.isFinite(value))) throw new Error('the value is none')
      this.#failing.delete(name)
      return looks
    } catch (error) {
      if (!this.#failing.has(name)) this.#report({ watch: name, error })
      this.#failing.add(name)
      return []
    }
  }

  /** Shows the entries in the metrics: the values by name, and 1 for each that is alarming. */
  showIn(registry: Registry): void {
    for (const [name, { unit, title }] of Object.entries({ ...this.#watches, [failedName]: failedTold })) {
      this.#gauge(registry, {
        name: `muster_${name.replaceAll('.', '_')}_${unit}`,
        help: title.en,
        labelNames: ['of'],
        set: (gauge, entry) => entry.name === name && gauge.set({ of: entry.of ?? '' }, entry.value),
      })
    }
    this.#gauge(registry, {
      name: 'muster_attention',
      help: 'What a person should look at; /health/ready says what to do',
      labelNames: ['name', 'of'],
      set: (gauge, { name, of, alarming }) => alarming && gauge.set({ name, of: of ?? '' }, 1),
    })
  }

  #gauge(
    registry: Registry,
    {
      set,
      ...config
    }: {
      name: string
      help: string
      labelNames: string[]
      set: (gauge: Gauge, entry: WatchEntry) => unknown
    },
  ): void {
    const watching = this
    new Gauge({
      ...config,
      registers: [registry],
      async collect() {
        this.reset()
        for (const entry of await watching.entries()) set(this as unknown as Gauge, entry)
      },
    })
  }
}
