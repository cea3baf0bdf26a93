import { Readable } from 'node:stream'
import type { AppContext } from '#src/context.ts'
import { Watch } from './watch.ts'

/** Milliseconds without anything to say after which a reader is told that the stream is alive. */
const heartbeatMs = 15_000
/** Bytes that wait for a reader, and milliseconds in which none of them are taken, until the reader is given up. */
const unsentMax = 256 * 1024
const patience = { stuckMs: 30_000, waitingMax: 64 * 1024, ageMs: 40_000, askMs: 2_500 }
/** Milliseconds over which readers are spread that all come back at once. */
const spreadMs = 10_000
/** Milliseconds after which the reader of a stream that is old enough comes back: at once. */
const againMs = 50
/** Milliseconds for which an event is watched after its last reader left: whoever comes back goes on where they were. */
const lingerMs = 5_000

interface Wish {
  eventId: string
  /** The id of what was read last, as the reader sent it back. */
  lastId: string | undefined
  /** What a reader reads with, and whether it still holds. All who read with the same one are asked for once. */
  right: { key: string; holds: () => Promise<boolean> }
  /** Ends by itself after so many seconds. */
  seconds: number | undefined
}

/** One reader: a stream, the change it was told last, and since when it takes nothing. */
interface OpenStream extends Wish {
  out: Readable
  told: number
  toldAt: number
  stuckSince: number | null
  /** When the stream is old enough to end. */
  endsAt: number
}

/** An event that is watched, and its readers. */
interface Place {
  watch: Watch
  readers: Set<OpenStream>
  leaving: NodeJS.Timeout | undefined
}

/**
 * 实时推送: everybody who watches an event, through one watch for each event. What is sent is state and not a log: a reader
 * who is slow is told less often, and never an old figure.
 */
export class Streams {
  #watches = new Map<string, Place>()
  #asking: NodeJS.Timeout | undefined
  readonly context: Pick<AppContext, 'db' | 'now' | 'log' | 'random'>

  /**
   * `waitingMax`: bytes that may wait for a reader who is still told what is new. `ageMs`: how old a stream becomes; the
   * reader goes on where it was. `askMs`: how often it is asked whether somebody may still read; what was taken away has
   * ended within three seconds. The network takes megabytes for a reader who stopped reading, so nothing else shows it.
   */
  readonly patience: { stuckMs: number; waitingMax: number; ageMs: number; askMs: number }

  constructor(context: Streams['context'], given: Partial<typeof patience> = {}) {
    this.context = context
    this.patience = { ...patience, ...given }
  }

  /** Opens a stream. It is not begun before there is something to send. */
  async open(wish: Wish): Promise<Readable> {
    const place = this.#placeOf(wish.eventId)
    const reader: OpenStream = {
      ...wish,
      out: new Readable({ highWaterMark: this.patience.waitingMax, read: () => takes(reader) }),
      told: -1,
      toldAt: performance.now(),
      stuckSince: null,
      // Not all at once: they were opened together when the service started.
      endsAt: performance.now() + this.patience.ageMs * (0.8 + 0.2 * this.context.random()),
    }
    place.readers.add(reader)
    reader.out.once('close', () => this.#leave(reader))
    try {
      await place.watch.ready
    } catch (error) {
      this.#leave(reader)
      // It would fail for the next one, too.
      if (place.readers.size === 0) this.#stop(wish.eventId)
      throw error
    }
    reader.told = knownTo(place.watch, wish.lastId)
    this.#tell(reader, place.watch, reader.told === -1)
    if (wish.seconds !== undefined) setTimeout(() => this.#end(reader), wish.seconds * 1000).unref()
    this.#asking ??= setInterval(() => void this.#ask(), this.patience.askMs).unref()
    return reader.out
  }

  /** Ends all streams, each with another time to come back after. */
  endAll(): void {
    const readers = [...this.#watches.values()].flatMap(({ readers }) => [...readers])
    for (const [at, reader] of readers.entries()) {
      const retry = 1_000 + Math.round((at * spreadMs) / readers.length)
      reader.out.push(`retry: ${retry}\n\n`)
      this.#end(reader)
    }
    for (const eventId of [...this.#watches.keys()]) this.#stop(eventId)
    clearInterval(this.#asking)
    this.#asking = undefined
  }

  /** How many read at this moment. */
  get readers(): number {
    return [...this.#watches.values()].reduce((sum, { readers }) => sum + readers.size, 0)
  }

  #placeOf(eventId: string) {
    const known = this.#watches.get(eventId)
    if (known) {
      clearTimeout(known.leaving)
      return known
    }
    const { db, now, log } = this.context
    const failed = (err: unknown) => log.error({ err, eventId }, 'live figures not read')
    const readers = new Set<OpenStream>()
    const watch = new Watch(eventId, { db, now, failed }, () => {
      for (const reader of readers) this.#tell(reader, watch)
    })
    const place: Place = { watch, readers, leaving: undefined }
    this.#watches.set(eventId, place)
    return place
  }

  #tell(reader: OpenStream, watch: Watch, whole = false): void {
    const { out } = reader
    if (reader.stuckSince !== null) {
      const stuck = performance.now() - reader.stuckSince > this.patience.stuckMs
      if (stuck || out.readableLength > unsentMax) out.destroy()
      return
    }
    if (!whole && watch.n <= reader.told) {
      if (performance.now() - reader.toldAt >= heartbeatMs) this.#push(reader, ': \n\n')
      return
    }
    const text = whole ? watch.told() : watch.told(reader.told)
    reader.told = watch.n
    this.#push(reader, text)
  }

  #push(reader: OpenStream, text: string): void {
    reader.toldAt = performance.now()
    if (!reader.out.push(text)) reader.stuckSince ??= performance.now()
  }

  #end(reader: OpenStream): void {
    if (!reader.out.destroyed && !reader.out.readableEnded) reader.out.push(null)
    this.#leave(reader)
  }

  #leave(reader: OpenStream): void {
    const place = this.#watches.get(reader.eventId)
    if (!place?.readers.delete(reader) || place.readers.size > 0) return
    place.leaving = setTimeout(() => this.#stop(reader.eventId), lingerMs).unref()
  }

  #stop(eventId: string): void {
    const place = this.#watches.get(eventId)
    clearTimeout(place?.leaving)
    place?.watch.stop()
    this.#watches.delete(eventId)
  }

  /** Ends a stream that is old: its reader goes on at once. What was not taken until now would keep the connection for ever. */
  #retire(reader: OpenStream): void {
    if (reader.out.readableLength > 0) {
      reader.out.destroy()
      return
    }
    reader.out.push(`retry: ${againMs}\n\n`)
    this.#end(reader)
  }

  async #ask(): Promise<void> {
    const holding = new Map<string, boolean>()
    for (const { readers } of [...this.#watches.values()]) {
      for (const reader of [...readers]) {
        const { key, holds } = reader.right
        const may = holding.get(key) ?? (await holds().catch(() => false))
        holding.set(key, may)
        if (!may) this.#end(reader)
        else if (performance.now() >= reader.endsAt) this.#retire(reader)
      }
    }
  }
}

/** Whatever waited was taken. */
function takes(reader: OpenStream): void {
  reader.stuckSince = null
}

/** The change a reader knows already; -1 when it is none of this watch. */
function knownTo({ boot, n }: Watch, lastId: string | undefined): number {
  if (!lastId?.startsWith(`${boot}-`)) return -1
  const known = Number(lastId.slice(boot.length + 1))
  return Number.isInteger(known) && known >= 0 && known <= n ? known : -1
}
