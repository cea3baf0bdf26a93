/**
 * An inspector's phone without a screen: the code that keeps and sends visits is the one of the phone's pages; the browser around
 * it is played, with a disk that outlives it and a network that is none of its own.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type MeView, readMyVisits, type VisitReceipt } from '#src/web/api/operations.ts'
import { addressOf, type Input, type Operation } from '#src/web/core/operation.ts'
import { refusalOf, Unreachable } from '#src/web/core/refused.ts'
import { type Disk, memoryDisk } from '#src/web/phone/kept/disk.ts'
import { type Keeping, keepingOf } from '#src/web/phone/kept/keeping.ts'
import type { Queue } from '#src/web/phone/kept/queue.ts'
import { bringingHome } from '#src/web/phone/visits/bring-home.ts'
import * as kept from '#src/web/phone/visits/kept.ts'
import type { KeptVisits, Upload, Work } from '#src/web/phone/visits/kinds.ts'
import { pictureName } from '#src/web/phone/visits/unsent.ts'

interface Given {
  userId: string
  token: string
  /** How to reach the service. */
  url: string
  /** What the clock of the phone shows, and how far it is ahead. */
  now: () => number
  aheadMs: number
}

/** Something of a phone was deleted before the service had said that it has all of it. */
export class TooEarly extends Error {}

export class Phone {
  readonly #given: Given
  readonly #stored = memoryDisk()
  /** The last receipts that reached the phone. */
  readonly #receipts = new Map<string, VisitReceipt>()
  /** All that the disk ever was told to keep: whose picture is whose. */
  readonly #uploadOf = new Map<string, Upload>()
  readonly faults: Error[] = []
  restarts = 0
  #run = 0
  #keeping!: Keeping<KeptVisits>
  #queue!: Queue

  constructor(given: Given) {
    this.#given = given
  }

  get userId(): string {
    return this.#given.userId
  }

  now(): number {
    return this.#given.now()
  }

  get visits(): KeptVisits {
    return this.#keeping.value.get() ?? kept.nothingKept
  }

  /** Opens the page, on what an earlier one left. */
  async open(): Promise<void> {
    this.#queue?.stop()
    const run = ++this.#run
    const disk = this.#diskOf(run)
    const user = { userId: this.#given.userId } as MeView
    this.#keeping = keepingOf<KeptVisits>('visits', disk, () => user)
    const left = (await this.#stored.get('visits')) as { visits: KeptVisits } | undefined
    this.#keeping.value.set(left?.visits ?? kept.nothingKept)
    const { now } = this.#given
    this.#queue = bringingHome({
      ask: (operation, input) => this.#ask(run, operation as Operation, input as Input) as never,
      disk,
      keeping: this.#keeping,
      now,
      retryMs: 20,
    })
  }

  /** The browser is gone, in the middle of whatever it did; another one takes up what is on the disk. */
  async restart(): Promise<void> {
    this.restarts++
    await this.open()
  }

  /** Reads the packet of the day, as often as it takes. */
  async load(): Promise<void> {
    for (;;) {
      const packet = await this.#ask(this.#run, readMyVisits as never, {}).catch(() => undefined)
      if (packet) {
        const { now, aheadMs } = this.#given
        this.change((visits) => kept.packed(visits, packet as never, { at: now(), aheadMs }))
        await this.#keeping.written()
        return
      }
      await pause(10)
    }
  }

  change(by: (visits: KeptVisits) => KeptVisits): void {
    this.#keeping.put(by(this.visits))
  }

  async keepPicture(id: string, bytes: ArrayBuffer): Promise<void> {
    await this.#stored.put(pictureName(id), bytes)
  }

  async finish(work: Work, operationId: string): Promise<void> {
    this.change((visits) => kept.put(visits, work))
    const at = this.#given.now() + 60_000
    this.change((visits) => kept.finished(visits, work.id, { operationId, at, position: null }))
    await this.#keeping.written()
  }

  async send(): Promise<void> {
    await this.#queue.send()
  }

  /** What still lies on its disk, of these pictures. */
  async picturesLeft(ids: readonly string[]): Promise<string[]> {
    const there = await Promise.all(ids.map((id) => this.#stored.get(pictureName(id))))
    return ids.filter((_, n) => there[n] !== undefined)
  }

  /** The disk as one browser sees it: after its end it writes nothing more. What is deleted is looked at. */
  #diskOf(run: number): Disk {
    const dead = () => run !== this.#run
    const never = () => new Promise<never>(() => undefined)
    return {
      get: (name) => (dead() ? never() : this.#stored.get(name)),
      put: async (name, value) => {
        if (dead()) return never()
        if (name === 'visits') this.#watch((value as { visits: KeptVisits }).visits)
        // A disk takes its time, and a browser may end before it is done.
        await pause(1)
        if (dead()) return never()
        await this.#stored.put(name, value)
      },
      remove: async (names) => {
        if (dead()) return never()
        for (const name of names) {
          const upload = this.#uploadOf.get(name)
          if (upload) this.#mustBeHome(upload)
        }
        await this.#stored.remove(names)
      },
    }
  }

  /** Whatever is kept no longer must be at home. */
  #watch({ uploads }: KeptVisits): void {
    const still = new Set(uploads.map(({ operationId }) => operationId))
    for (const upload of new Set(this.#uploadOf.values()))
      if (!still.has(upload.operationId)) this.#mustBeHome(upload)
    for (const upload of uploads)
      for (const name of [upload.operationId, ...upload.pictures.map(({ id }) => pictureName(id))])
        this.#uploadOf.set(name, upload)
  }

  #mustBeHome({ operationId, body, pictures }: Upload): void {
    const receipt = this.#receipts.get(operationId)
    const there = new Set(receipt?.pictures.flatMap(({ id, arrived }) => (arrived ? id : [])))
    const entries = receipt?.entries.filter(({ observationId }) => observationId !== null) ?? []
    const whole =
      receipt?.complete === true &&
      entries.length === body.observations.length &&
      pictures.every(({ id }) => there.has(id))
    if (!whole) this.faults.push(new TooEarly(`${operationId}: ${JSON.stringify(receipt)}`))
  }

  async #ask(run: number, operation: Operation, input: Input): Promise<unknown> {
    const { url, token } = this.#given
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'accept-language': 'zh-CN' }
    const init: RequestInit = { method: operation.method, headers, signal: AbortSignal.timeout(20_000) }
    if (input.body instanceof FormData) init.body = input.body
    else if (input.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(input.body)
    }
    const answer = await fetch(url + addressOf(operation as Operation<never>, input), init).catch(() => {
      throw new Unreachable()
    })
    if (!answer.ok) throw await refusalOf(answer)
    const view: unknown = await answer.json().catch(() => {
      throw new Unreachable()
    })
    // An answer that comes after the end of a browser reaches nobody.
    if (run !== this.#run) return new Promise(() => undefined)
    if (operation.path.endsWith('/receipt')) {
      const receipt = view as VisitReceipt
      this.#receipts.set(receipt.operationId, receipt)
    }
    return view
  }
}
