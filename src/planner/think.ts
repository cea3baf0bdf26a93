import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { PlannerError } from './errors.ts'
import type { Problem } from './format/problem-format.ts'
import type { Proposal } from './format/proposal.ts'
import type { Stage } from './format/vocabulary.ts'
import type { ThreadInput, ThreadMessage } from './plan-thread.ts'

export interface Thinking {
  /** Called when the thread reports progress. */
  onProgress?: (stage: Stage, done: number) => void
  /** Stops the planner; if the thread does not stop within 200 ms, it is terminated. */
  signal?: AbortSignal
}

export interface Thought {
  /** The last complete plan the validator accepted; null: it was stopped before there was one. */
  proposal: Proposal | null
  stopped: boolean
}

const graceMs = 200

/**
 * Plans in a worker thread, so that the service stays responsive.
 * @throws PlannerError `plan.problem_invalid`, `plan.invalid` if the planner broke a rule, `plan.crashed`
 */
export async function think(problem: Problem, { onProgress, signal }: Thinking = {}): Promise<Thought> {
  const stop = new SharedArrayBuffer(4)
  // Node names the folder of its own version, within the one that was asked for.
  const cache = getCompileCacheDir()
  const input: ThreadInput = { problem, stop, ...(cache ? { compileCache: dirname(cache) } : {}) }
  const worker = new Worker(new URL('./begin-thread.ts', import.meta.url), {
    workerData: input,
    // Some flags of the process are not valid for a thread, and an unknown flag is an error.
    execArgv: [],
  })
  const thought: Thought = { proposal: null, stopped: false }
  const { promise, resolve, reject } = Promise.withResolvers<Thought>()
  let grace: NodeJS.Timeout | undefined
  const halt = () => {
    thought.stopped = true
    Atomics.store(new Int32Array(stop), 0, 1)
    grace = setTimeout(() => resolve(thought), graceMs)
  }
  if (signal?.aborted) halt()
  signal?.addEventListener('abort', halt, { once: true })
  worker.on('message', (message: ThreadMessage) => {
    if ('plan' in message) thought.proposal = message.plan
    else if ('stage' in message) onProgress?.(message.stage, message.done)
    else if ('ended' in message) resolve(thought)
    else {
      const { code, message: text, details } = message.refused
      reject(new PlannerError(code, text, details))
    }
  })
  const crashed = (cause?: unknown) =>
    reject(new PlannerError('plan.crashed', 'The planner ended without an answer.', {}, { cause }))
  worker.on('error', crashed)
  worker.on('exit', () => crashed())
  try {
    return await promise
  } finally {
    clearTimeout(grace)
    signal?.removeEventListener('abort', halt)
    await worker.terminate()
  }
}
