import { DomainError } from '../errors.ts'
import { type FileProcess, tickMs } from './file-process.ts'
import type { Chunks } from './work.ts'

export interface PoolRun<Part> {
  /** Called with each partial result, in order. */
  onPart?: (part: Part) => void
  /** The next bytes of a file that the work reads (`Work`). */
  chunk?: Chunks
  /** The work is ended after this time of its processor, in milliseconds, */
  maxMs: number
  /** with this error. */
  late: () => Error
  /** The error when its process ends before it answers. */
  ended: () => Error
  /** Aborted when nobody waits for the result any more: the work is ended. */
  signal?: AbortSignal
}

/**
 * On a machine that is busy with others, work takes longer and asks for no more: it is ended by the clock only after so many
 * times its limit.
 */
const patience = 4

/** Calls `late` when a process has spent `maxMs` of its processor. @returns what stops looking */
function limited(own: FileProcess, maxMs: number, late: () => void): () => void {
  const began = performance.now()
  const before = own.processorMs() ?? 0
  const look = () => {
    const passed = performance.now() - began
    const spent = own.processorMs()
    const left = spent === undefined ? 0 : Math.min(maxMs - (spent - before), patience * maxMs - passed)
    if (left <= 0) late()
    else timer = setTimeout(look, Math.max(left, tickMs))
  }
  let timer = setTimeout(look, maxMs)
  return () => clearTimeout(timer)
}

/** Processes of one kind, of which some work at the same time; others wait for their turn. */
export class ProcessPool {
  readonly #make: () => FileProcess
  readonly #max: number
  #running = 0
  readonly #waiting: (() => void)[] = []
  /** Processes without work. */
  #resting: FileProcess[] = []

  constructor(make: () => FileProcess, max: number) {
    this.#make = make
    this.#max = max
  }

  /** Runs the work that the module at `url` offers. @throws DomainError as thrown there, `late` or `ended` */
  async run<Input, Part, Result>(url: URL, input: Input, run: PoolRun<Part>): Promise<Result> {
    await this.#acquire()
    try {
      run.signal?.throwIfAborted()
      return await this.#perform<Input, Part, Result>(url, input, run)
    } finally {
      this.#release()
    }
  }

  async #acquire(): Promise<void> {
    if (this.#running >= this.#max) await new Promise<void>((turn) => this.#waiting.push(turn))
    else this.#running++
  }

  #release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running--
  }

  #aProcess(): FileProcess {
    this.#resting = this.#resting.filter(({ alive }) => alive)
    return this.#resting.pop() ?? this.#make()
  }

  async #perform<Input, Part, Result>(
    url: URL,
    input: Input,
    { onPart, chunk, maxMs, late, ended, signal }: PoolRun<Part>,
  ): Promise<Result> {
    const own = this.#aProcess()
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    let answered = false
    const stop = limited(own, maxMs, () => reject(late()))
    const left = () => reject(signal?.reason)
    signal?.addEventListener('abort', left, { once: true })
    own.begin(
      { url: url.href, input },
      {
        ended: () => reject(ended()),
        heard(message) {
          if ('part' in message) return onPart?.(message.part as Part)
          if ('wants' in message)
            return void Promise.resolve(chunk?.(message.wants)).then((bytes) => own.give(bytes), reject)
          answered = true
          if ('result' in message) resolve(message.result as Result)
          else if ('failed' in message) reject(new Error(message.failed))
          else {
            const { kind, code, message: text, details } = message.refused
            reject(new DomainError(kind, code, text, details))
          }
        },
      },
    )
    try {
      return await promise
    } finally {
      stop()
      signal?.removeEventListener('abort', left)
      if (answered) {
        own.rest()
        this.#resting.push(own)
      } else own.kill()
    }
  }
}
