/**
 * Runs work on files outside of the service's process, with limits on memory, time and number. A process that takes too
 * much is ended, and the next file gets another one.
 */
import { FileProcess, fileLimits } from './file-process.ts'
import { tooLarge } from './limits.ts'
import { ProcessPool } from './process-pool.ts'
import type { Chunks } from './work.ts'

export interface ElsewhereOptions<Part> {
  /** Called with each partial result, in order. */
  onPart?: (part: Part) => void
  /** The next bytes of a file that the work reads, undefined at its end. */
  chunk?: Chunks
  /** The work is ended after this time of its processor, in milliseconds. */
  maxMs: number
  /** Aborted when nobody waits for the result any more: the work is ended. */
  signal?: AbortSignal
}

/** Files that are worked on at the same time, each in a process of its own. It limits the memory they use together. */
const processesMax = 2
const pool = new ProcessPool(() => new FileProcess(), processesMax)
const { heapMb } = fileLimits

/**
 * Runs the work that the module at `url` offers (`offerWork`) in another process and returns its result.
 * @throws DomainError as thrown there; `file.too_large` when it takes too much time or memory
 */
export function elsewhere<Input, Part, Result>(
  url: URL,
  input: Input,
  { onPart, chunk, maxMs, signal }: ElsewhereOptions<Part>,
): Promise<Result> {
  return pool.run(url, input, {
    ...(onPart ? { onPart } : {}),
    ...(chunk ? { chunk } : {}),
    ...(signal ? { signal } : {}),
    maxMs,
    late: () => tooLarge('readMs', maxMs, 'Reading the file takes too long. Split it.'),
    ended: () => tooLarge('heapMb', heapMb, 'Reading the file takes too much memory. Split it.'),
  })
}
