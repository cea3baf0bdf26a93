import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** From so many commits on a thread is worth starting: a command that writes little needs none. */
const commitsMin = 32

/**
 * Has the write-ahead log of a SQLite file copied into the file by a thread of its own. A commit that does it makes
 * everybody wait for as long as the disk takes, several hundred milliseconds in a rush.
 */
export class Checkpoints {
  readonly #file: string
  #commits = 0
  #thread: Worker | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** Told after each commit. */
  committed(): void {
    if (++this.#commits !== commitsMin) return
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
      workerData: { file: this.#file },
      execArgv: [],
    })
    // Without it, the connection that writes copies the log by itself, only later (`backstopPages`).
    thread.on('error', () => {})
    thread.on('exit', () => {
      this.#thread = undefined
    })
    thread.unref()
    this.#thread = thread
  }

  async close(): Promise<void> {
    this.#commits = commitsMin
    if (!this.#thread) return
    const ended = once(this.#thread, 'exit')
    this.#thread.ref()
    this.#thread.postMessage('end')
    await ended
  }
}
