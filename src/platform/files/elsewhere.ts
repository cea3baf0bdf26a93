/**
 * Runs work on files outside of the service's process, with limits on memory, time and number. A process that takes too
 * much is ended, and the next file gets another one.
 */
import { DomainError } from '../errors.ts'
import { FileProcess, heapMb } from './file-process.ts'
import { tooLarge } from './limits.ts'

export interface ElsewhereOptions<Part> {
  /** Called with each partial result, in order. */
  onPart?: (part: Part) => void
  /** The work is ended after this time, in milliseconds. */
  maxMs: number
}

/** Files that are worked on at the same time, each in a process of its own. It limits the memory they use together. */
const processesMax = 2
let running = 0
const waiting: (() => void)[] = []

async function acquireSlot(): Promise<void> {
  if (running >= processesMax) await new Promise<void>((turn) => waiting.push(turn))
  else running++
}

function releaseSlot(): void {
  const next = waiting.shift()
  if (next) next()
  else running--
}

/** Processes without work. */
let resting: FileProcess[] = []

function aProcess(): FileProcess {
  resting = resting.filter(({ alive }) => alive)
  return resting.pop() ?? new FileProcess()
}

/**
 * Runs the work that the module at `url` offers (`offerWork`) in another process and returns its result.
 * @throws DomainError as thrown there; `file.too_large` when it takes too much time or memory
 */
export async function elsewhere<Input, Part, Result>(
  url: URL,
  input: Input,
  options: ElsewhereOptions<Part>,
): Promise<Result> {
  await acquireSlot()
  try {
    return await perform<Input, Part, Result>(url, input, options)
  } finally {
    releaseSlot()
  }
}

async function perform<Input, Part, Result>(
  url: URL,
  input: Input,
  { onPart, maxMs }: ElsewhereOptions<Part>,
): Promise<Result> {
  const own = aProcess()
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  let answered = false
  const late = () => reject(tooLarge('readMs', maxMs, 'Reading the file takes too long. Split it.'))
  const timer = setTimeout(late, maxMs)
  const ended = () => reject(tooLarge('heapMb', heapMb, 'Reading the file takes too much memory. Split it.'))
  own.begin(
    { url: url.href, input },
    {
      ended,
      heard(message) {
        if ('part' in message) return onPart?.(message.part as Part)
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
    clearTimeout(timer)
    if (answered) {
      own.rest()
      resting.push(own)
    } else own.kill()
  }
}
