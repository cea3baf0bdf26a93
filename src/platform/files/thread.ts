/** Runs work on files in worker threads, off the event loop, with limits on memory, time and number of threads. */
import { parentPort, workerData } from 'node:worker_threads'
import { DomainError, type ErrorKind } from '../errors.ts'
import { startThread } from '../thread.ts'
import { tooLarge } from './limits.ts'

export interface ThreadOptions<Part> {
  /** Called with each partial result of the thread, in order. */
  onPart?: (part: Part) => void
  /** The thread is ended after this time, in milliseconds. */
  maxMs: number
  /** Heap limit of the thread, in MB. */
  maxHeapMb?: number
  /** Buffers that are transferred to the thread instead of copied. */
  transfer?: ArrayBuffer[]
}

type Message<Part, Result> =
  | { part: Part }
  | { result: Result }
  | { refused: { kind: ErrorKind; code: string; message: string; details: Record<string, unknown> } }
  | { failed: string }

/** Threads that run at the same time in this process. It limits the memory they use together. */
const threadsMax = 2
let running = 0
const waiting: (() => void)[] = []

async function acquireSlot(): Promise<void> {
  if (running >= threadsMax) await new Promise<void>((turn) => waiting.push(turn))
  else running++
}

function releaseSlot(): void {
  const next = waiting.shift()
  if (next) next()
  else running--
}

/**
 * Runs the module at `url` in a thread and returns its result. The module must call `answerFromThread`.
 * @throws DomainError as thrown in the thread; `file.too_large` when it takes too much time or memory
 */
export async function inThread<Input, Part, Result>(
  url: URL,
  input: Input,
  options: ThreadOptions<Part>,
): Promise<Result> {
  await acquireSlot()
  try {
    return await runThread<Input, Part, Result>(url, input, options)
  } finally {
    releaseSlot()
  }
}

function runThread<Input, Part, Result>(
  url: URL,
  input: Input,
  { onPart, maxMs, maxHeapMb = 256, transfer = [] }: ThreadOptions<Part>,
): Promise<Result> {
  const worker = startThread(url, { input, maxHeapMb, transfer })
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

/** Called by a thread's module: runs `work` with the thread's input, and posts its result or its error. */
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
