import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'

export interface LogOutputOptions {
  /** Lines are buffered up to this many characters, then written together. */
  batchChars?: number
  /** The buffer is written at least this often. */
  everyMs?: number
  /** When more than this is waiting for the reader, further lines are dropped and counted. */
  waitingCharsMax?: number
  /** How long the process waits for the reader when it exits. */
  exitMs?: number
}

/** How soon a write to a full pipe is retried. */
const againMs = 10

/**
 * A non-blocking descriptor of the same file, pipe or terminal. The given descriptor is shared with the parent process,
 * so it is opened a second time; where that is not possible (a socket of systemd, a pipe of another user), the shared one
 * is set to non-blocking.
 */
function nonBlocking(fd: number): number {
  if (fstatSync(fd).isFile()) return fd
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    try {
      new Socket({ fd, readable: false }).unref()
    } catch {
      // It cannot be made non-blocking (for example a device): use it as it is.
    }
    return fd
  }
}

/**
 * Writes lines to a descriptor and never blocks the caller. Lines are buffered while the reader is slow, up to a limit;
 * beyond it they are dropped and counted, and the count is written as soon as there is room. When the reader has closed
 * the pipe, nothing is buffered.
 */
export class LogOutput {
  /** Lines dropped since the start. */
  dropped = 0
  readonly #fd: number
  readonly #options: Required<LogOutputOptions>
  #waiting = ''
  /** The chunk being written: its rest is written before anything else, so that no line is cut. */
  #chunk = Buffer.alloc(0)
  #timer: NodeJS.Timeout | undefined
  #unsaid = 0
  #readerGone = false

  constructor(fd: number, options: LogOutputOptions = {}) {
    this.#fd = nonBlocking(fd)
    this.#options = {
      batchChars: 8_192,
      everyMs: 500,
      waitingCharsMax: 4 * 1024 * 1024,
      exitMs: 1_000,
      ...options,
    }
  }

  /** Writes one line, with its line break. Never blocks, never throws. */
  write(line: string): void {
    if (this.#readerGone || this.#waiting.length + line.length > this.#options.waitingCharsMax) {
      this.dropped++
      this.#unsaid++
      return
    }
    this.#waiting += line
    if (this.#chunk.length > 0) return
    if (this.#waiting.length >= this.#options.batchChars) this.#flush()
    else this.#later(this.#options.everyMs)
  }

  /**
   * Writes the rest of the buffer at process exit. Nothing else runs any more, so this may block, but only for a short
   * time, and not when the reader has closed the pipe.
   */
  end(): void {
    const until = performance.now() + this.#options.exitMs
    const clock = new Int32Array(new SharedArrayBuffer(4))
    while (!this.#flush() && performance.now() < until) Atomics.wait(clock, 0, 0, 10)
    clearTimeout(this.#timer)
  }

  /** Writes as much as the reader accepts. @returns whether the buffer is empty */
  #flush(): boolean {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (;;) {
      if (this.#chunk.length === 0) this.#nextChunk()
      if (this.#chunk.length === 0) return true
      const written = this.#hand(this.#chunk)
      if (written === undefined) return true
      this.#chunk = this.#chunk.subarray(written)
      if (written > 0) continue
      this.#later(againMs)
      return false
    }
  }

  #nextChunk(): void {
    if (this.#unsaid > 0) this.#waiting += this.#droppedLine()
    this.#chunk = Buffer.from(this.#waiting)
    this.#waiting = ''
  }

  #droppedLine(): string {
    const lines = this.#unsaid
    this.#unsaid = 0
    return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lines, msg: 'log lines dropped' })}\n`
  }

  /** Bytes written; 0 when the pipe is full, undefined when the reader has closed it. */
  #hand(chunk: Buffer): number | undefined {
    try {
      return writeSync(this.#fd, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return 0
      // A full disk may have space again later; a pipe without a reader never will.
      if (code === 'EPIPE') this.#readerGone = true
      const lines = chunk.toString().split('\n').length - 1
      this.dropped += lines
      this.#unsaid += lines
      this.#chunk = Buffer.alloc(0)
      return undefined
    }
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => this.#flush(), ms).unref()
  }
}

let standard: LogOutput | undefined

/** The log output of the process, shared by all loggers. */
export function standardOutput(): LogOutput {
  if (standard) return standard
  const made = new LogOutput(1)
  process.on('exit', () => made.end())
  standard = made
  return made
}
