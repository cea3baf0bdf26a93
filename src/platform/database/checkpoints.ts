import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../thread.ts'
import type { Report } from './notices.ts'

/** The thread starts after this many commits: a command that writes little does not need one. */
const commitsMinDefault = 200

/** A thread that ended is replaced after later commits, but not more often than this. */
const restartMsDefault = 5000

/**
 * Runs the WAL checkpoints of a SQLite file on a separate thread. A checkpoint inside a commit would block every
 * waiting transaction until the disk is done: several hundred milliseconds under load.
 */
export class Checkpoints {
  readonly #file: string
  readonly #report: Report
  readonly #restartMs: number
  readonly #commitsMin: number
  #commits = 0
  #startedAtMs = Number.NEGATIVE_INFINITY
  #closing = false
  #thread: Worker | undefined

  constructor(
    file: string,
    report: Report,
    { restartMs = restartMsDefault, commitsMin = commitsMinDefault } = {},
  ) {
    this.#file = file
    this.#report = report
    this.#restartMs = restartMs
    this.#commitsMin = commitsMin
  }

  /** Call after each commit. */
  committed(): void {
    if (this.#thread || this.#closing || ++this.#commits < this.#commitsMin) return
    if (performance.now() - this.#startedAtMs < this.#restartMs) return
    this.#start()
  }

  /** While there is no thread, the writing connection runs the checkpoint itself, but later (`backstopPages`). */
  #start(): void {
    this.#startedAtMs = performance.now()
    const thread = startThread(new URL('./checkpoint-thread.ts', import.meta.url), {
      input: { file: this.#file },
    })
    const failed = (failure: string) => this.#report({ event: 'log not copied', failure })
    thread.on('message', ({ failure }: { failure: string }) => failed(failure))
    thread.on('error', (error) => failed(String(error)))
    thread.on('exit', () => {
      this.#thread = undefined
      this.#commits = 0
    })
    thread.unref()
    this.#thread = thread
  }

  async close(): Promise<void> {
    this.#closing = true
    if (!this.#thread) return
    const ended = once(this.#thread, 'exit')
    this.#thread.ref()
    this.#thread.postMessage('end')
    await ended
  }
}
