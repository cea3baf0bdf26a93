import { setTimeout as pause } from 'node:timers/promises'
import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { isoOf } from '#platform/time.ts'
import type { LiveView } from './contract.ts'
import { arrivalsOf, type Counts, countsOf, teamsShortOf } from './read-live.ts'

/** Milliseconds between two reads while something changes, and while nothing does. */
export const changingMs = 200
const quietMs = 1_000
/** The teams are counted anew at most this often: it is the one read over all people. */
const teamsMs = 5_000
const latestShown = 12

/** Part of what is watched: a value, and the change it is of. */
interface Part {
  value: unknown
  text: string
  n: number
}

interface Needs {
  db: { read: Reader }
  now: () => DateTime
  failed: (error: unknown) => void
}

type Latest = LiveView['latest'][number]

/**
 * Watches one event as long as somebody looks: reads its totals, and knows of each part with which change it became as it
 * is. So whoever saw change n is told what differs from then on, however much they missed; there is no log.
 */
export class Watch {
  /** Names this process: change n of another one says nothing. */
  readonly boot = newId()
  n = 0
  at: string
  readonly ready: Promise<void>
  #parts = new Map<string, Part>()
  /** What is told of the present state, by the change its reader knew last: most readers know the same one. */
  #told = new Map<number, string>()
  #latest: Latest[] = []
  #teamsAt = Number.NEGATIVE_INFINITY
  #stopped = false

  readonly eventId: string
  readonly needs: Needs
  readonly changed: () => void

  constructor(eventId: string, needs: Needs, changed: () => void) {
    this.eventId = eventId
    this.needs = needs
    this.changed = changed
    this.at = isoOf(needs.now())
    this.ready = this.#begin()
    this.ready.then(() => this.#run()).catch(needs.failed)
  }

  stop(): void {
    this.#stopped = true
  }

  /** What became different after change n; everything for -1. */
  since(n: number): Partial<LiveView> {
    const later = [...this.#parts].filter(([, part]) => part.n > n)
    // `zones/…`, `minutes/…`: items of a list.
    const lists = Map.groupBy(later, ([name]) => name.split('/')[0] as string)
    const found = [...lists].map(([name, parts]) => {
      const isList = parts[0]![0] !== name
      return [name, isList ? parts.map(([, { value }]) => value) : parts[0]![1].value]
    })
    return { eventId: this.eventId, at: this.at, ...Object.fromEntries(found) } as Partial<LiveView>
  }

  /** Everything, as one read. */
  whole(): LiveView {
    const empty = { zones: [], minutes: [], teamsShort: [], latest: [] }
    return { ...empty, ...this.since(-1) } as unknown as LiveView
  }

  /** The message for a reader who was told change `n` last: what differs since then; without it everything. */
  told(n?: number): string {
    const known = this.#told.get(n ?? -1)
    if (known !== undefined) return known
    const [event, data] = n === undefined ? ['snapshot', this.whole()] : ['change', this.since(n)]
    const text = `id: ${this.boot}-${this.n}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    this.#told.set(n ?? -1, text)
    return text
  }

  async #begin(): Promise<void> {
    const { db } = this.needs
    for (const minute of await arrivalsOf(db.read, this.eventId)) this.#put(`minutes/${minute.at}`, minute)
    await this.#look()
  }

  async #run(): Promise<void> {
    for (let changed = false; !this.#stopped; ) {
      await pause(changed ? changingMs : quietMs, undefined, { ref: false })
      if (this.#stopped) return
      // A database that is away for a moment is no reason to leave everybody without figures from then on.
      changed = await this.#look().catch((error: unknown) => {
        this.needs.failed(error)
        return false
      })
      this.changed()
    }
  }

  /** Reads once. Returns whether anything is different. */
  async #look(): Promise<boolean> {
    const { db, now } = this.needs
    const counts = await countsOf(db.read, this.eventId)
    const at = now()
    this.at = isoOf(at)
    const next = this.n + 1
    this.#note(counts, at)
    let changed = this.#put('total', counts.total, next)
    for (const zone of counts.zones) changed = this.#put(`zones/${zone.id}`, zone, next) || changed
    if ((changed || this.#teamsAt < 0) && performance.now() - this.#teamsAt >= teamsMs) {
      this.#teamsAt = performance.now()
      changed = this.#put('teamsShort', await teamsShortOf(db.read, this.eventId, at), next) || changed
    }
    if (changed) this.n = next
    this.#told.clear()
    return changed
  }

  /** Notes who came since the last read: the minute they came in, and where. */
  #note({ total, zones }: Counts, at: DateTime): void {
    const was = this.#parts.get('total')?.value as Counts['total'] | undefined
    if (!was) return
    const next = this.n + 1
    if (total.present !== was.present) {
      const minute = isoOf(at.startOf('minute'))
      this.#put(`minutes/${minute}`, { at: minute, present: total.present }, next)
    }
    const came = zones.flatMap((zone): Latest[] => {
      const then = this.#parts.get(`zones/${zone.id}`)?.value as typeof zone | undefined
      const arrived = zone.present - (then?.present ?? 0)
      return then && arrived > 0 ? [{ at: isoOf(at), zone: zone.name, arrived }] : []
    })
    if (came.length === 0) return
    this.#latest = [...came, ...this.#latest].slice(0, latestShown)
    this.#put('latest', this.#latest, next)
  }

  #put(name: string, value: unknown, n = this.n): boolean {
    const text = JSON.stringify(value)
    if (this.#parts.get(name)?.text === text) return false
    this.#parts.set(name, { value, text, n })
    return true
  }
}
