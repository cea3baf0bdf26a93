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

/**
 * The only source of what is said about the state of the service: in readiness, in the metrics, in the console. Whoever
 * asks while others are being answered gets the same answer, so that asking often costs no more.
 */
export class Watching<Context> {
  readonly #context: Context
  readonly #watches: Watches<Context>
  #looking: Promise<WatchEntry[]> | undefined

  constructor(context: Context, watches: Watches<Context>) {
    this.#context = context
    this.#watches = watches
  }

  entries(): Promise<WatchEntry[]> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** What cannot be looked at now is left out: the checks of readiness say why. */
  async #look(): Promise<WatchEntry[]> {
    const each = Object.entries(this.#watches).map(async ([name, { unit, title, todo, look }]) => {
      try {
        const looks = await look(this.#context)
        return looks.map(({ of = null, value, alarming = false }) => {
          return { name, of, value, unit, alarming, title, todo }
        })
      } catch {
        return []
      }
    })
    return (await Promise.all(each)).flat()
  }

  /** Shows the entries in the metrics: the values by name, and 1 for each that is alarming. */
  showIn(registry: Registry): void {
    for (const [name, { unit, title }] of Object.entries(this.#watches)) {
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
