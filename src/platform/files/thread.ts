/** Work on files in threads of their own: bounded in memory, time and number, never on the event loop. */
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { DomainError, type ErrorKind } from '../errors.ts'
import { tooLarge } from './limits.ts'

export interface ThreadOptions<Part> {
  /** What the thread tells while it works; a part is handled before the next one is taken. */
  onPart?: (part: Part) => void
  /** Ended after this long. */
  maxMs: number
  /** Heap of the thread. */
  maxHeapMb?: number
  /** Buffers that move to the thread instead of being copied. */
  transfer?: ArrayBuffer[]
}

type Message<Part, Result> =
  | { part: Part }
  | { result: Result }
  | { refused: { kind: ErrorKind; code: string; message: string; details: Record<string, unknown> } }
  | { failed: string }

/** Threads at work at once in this process; more would need more memory than one machine promises. */
const threadsMax = 2
let running = 0
const waiting: (() => void)[] = []

async function takeTurn(): Promise<void> {
  if (running >= threadsMax) await new Promise<void>((turn) => waiting.push(turn))
  else running++
}

function giveTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else running--
}

/**
 * Runs the module at `url`, whose last act is `answerFromThread`, and resolves with its result.
 * @throws DomainError as thrown there; `file.too_large` when it takes too long or too much memory
 */
export async function inThread<Input, Part, Result>(
  url: URL,
  input: Input,
  options: ThreadOptions<Part>,
): Promise<Result> {
  await takeTurn()
  try {
    return await runThread<Input, Part, Result>(url, input, options)
  } finally {
    giveTurn()
  }
}

function runThread<Input, Part, Result>(
  url: URL,
  input: Input,
  { onPart, maxMs, maxHeapMb = 256, transfer = [] }: ThreadOptions<Part>,
): Promise<Result> {
  const worker = new Worker(url, {
    workerData: input,
    transferList: transfer,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // Flags of the process, such as an inspector's port, are not for its threads.
    execArgv: [],
  })
  return new Promise<Result>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(tooLarge('readMs', maxMs, 'Reading the file takes too long. Split it.'))
    }, maxMs)
    const fail = (error: unknown) => {
      const exhausted = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(
        exhausted
          ? tooLarge('heapMb', maxHeapMb, 'Reading the file takes too much memory. Split it.')
          : error,
      )
    }
    worker.on('message', (message: Message<Part, Result>) => {
      if ('part' in message) onPart?.(message.part)
      else if ('result' in message) resolve(message.result)
      else if ('failed' in message) reject(new Error(message.failed))
      else {
        const { kind, code, message: text, details } = message.refused
        reject(new DomainError(kind, code, text, details))
      }
    })
    worker.on('error', fail)
    worker.on('exit', () => reject(new Error('the thread ended without an answer')))
    worker.on('exit', () => clearTimeout(late))
  }).finally(() => worker.terminate())
}

/** What a thread's module calls: does `work` with what the thread was given and posts what comes of it. */
export async function answerFromThread<Input, Part, Result>(
  work: (input: Input, tell: (part: Part) => void) => Promise<Result>,
): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('this module runs in a thread')
  const post = (message: Message<Part, Result>) => port.postMessage(message)
  try {
    post({ result: await work(workerData as Input, (part) => post({ part })) })
  } catch (error) {
    if (!(error instanceof DomainError)) {
      post({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return
    }
    const { kind, code, message, details } = error
    post({ refused: { kind, code, message, details } })
  }
}
