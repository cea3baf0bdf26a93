/** The service's side of the processes that read and write files: `process-main.ts` is the other. */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FromProcess, Task, ToProcess } from './process-main.ts'

const main = fileURLToPath(new URL('./process-main.ts', import.meta.url))
/** What a process may take of the machine. */
export interface ProcessLimits {
  heapMb: number
  /** Memory outside of the heap included (RLIMIT_DATA), in bytes. */
  dataBytesMax: number
}

const quickStart = new URL('../quick-start.ts', import.meta.url).href

/** Of util-linux. It sets a limit and becomes the program it is given. */
const prlimit = '/usr/bin/prlimit'
const isLimited = existsSync(prlimit)
/** Of a process that reads a file. */
export const fileLimits: ProcessLimits = { heapMb: 256, dataBytesMax: 900 * 2 ** 20 }

/** Without `prlimit` its memory is looked at this often. */
const pollMs = 100
const pageBytes = 4096
/** The unit of the times of a process. */
export const tickMs = 10

/** A process without work ends after this time and gives its memory back. */
const idleMs = 60_000

export interface Listening {
  heard(message: FromProcess): void
  /** The process ended while it worked: what it was given took too much memory, or the system ended it. */
  ended(): void
}

/**
 * A process that does one task after the other. Whatever its input does to it, the service lives: the heap limit of a thread
 * does not protect the process of the thread (buffers lie outside of it, and V8 may abort).
 */
export class FileProcess {
  readonly #child: ChildProcess
  readonly #dataBytesMax: number
  #listening: Listening | undefined
  #timer: NodeJS.Timeout | undefined
  #alive = true

  constructor({ heapMb, dataBytesMax }: ProcessLimits = fileLimits) {
    this.#dataBytesMax = dataBytesMax
    const node = [`--max-old-space-size=${heapMb}`, '--import', quickStart]
    const how = isLimited
      ? { execPath: prlimit, execArgv: [`--data=${dataBytesMax}`, process.execPath, ...node] }
      : { execArgv: node }
    this.#child = fork(main, {
      ...how,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child.on('message', (message: FromProcess) => this.#listening?.heard(message))
    for (const end of ['exit', 'error', 'disconnect'] as const) this.#child.on(end, () => this.#over())
    this.#child.unref()
    this.#child.channel?.unref()
  }

  /** False once it has ended. */
  get alive(): boolean {
    return this.#alive
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** What its processor has spent so far, in milliseconds; undefined where the system does not tell. */
  processorMs(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      // After its name, which may hold anything: the times are the 14th and 15th field of all.
      const [user, system] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11)
      return (Number(user) + Number(system)) * tickMs
    } catch {
      return undefined
    }
  }

  begin(task: Task, listening: Listening): void {
    clearTimeout(this.#timer)
    if (!isLimited) this.#timer = setInterval(() => this.#watchMemory(), pollMs)
    this.#listening = listening
    this.#child.channel?.ref()
    this.#send(task)
  }

  /** The bytes that it wanted; undefined at the end of the file. */
  give(chunk: Uint8Array | undefined): void {
    this.#send({ chunk })
  }

  #send(told: ToProcess): void {
    if (this.#alive) this.#child.send(told, (error) => error && this.#over())
  }

  /** The task is done; the process waits for the next one. */
  rest(): void {
    clearTimeout(this.#timer)
    this.#listening = undefined
    this.#child.channel?.unref()
    this.#timer = setTimeout(() => this.kill(), idleMs)
    this.#timer.unref()
  }

  kill(): void {
    clearTimeout(this.#timer)
    this.#listening = undefined
    this.#alive = false
    this.#child.kill('SIGKILL')
  }

  #watchMemory(): void {
    try {
      const [, pages] = readFileSync(`/proc/${this.pid}/statm`, 'utf8').split(' ')
      if (Number(pages) * pageBytes > this.#dataBytesMax) this.#child.kill('SIGKILL')
    } catch {
      // Not Linux, or it has just ended.
    }
  }

  #over(): void {
    clearTimeout(this.#timer)
    this.#alive = false
    const listening = this.#listening
    this.#listening = undefined
    listening?.ended()
  }
}
