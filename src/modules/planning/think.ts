import { Worker } from 'node:worker_threads'
import { DomainError } from '#platform/errors.ts'
import type { ThreadInput, ThreadMessage } from './plan-thread.ts'
import type { Problem } from './problem-format.ts'
import type { Proposal } from './proposal.ts'
import type { PlanStage } from './words.ts'

export interface Thinking {
  /** Called when the thread reports. */
  onProgress?: (stage: PlanStage, done: number) => void
  /** Asks the planner to stop; when the thread does not within 200 ms, it is ended. */
  signal?: AbortSignal
}

export interface Thought {
  /** The last complete plan that the validator let pass; null: none was ready when it was stopped. */
  proposal: Proposal | null
  stopped: boolean
}

const graceMs = 200

/**
 * Plans in a thread of its own, so that the service goes on answering.
 * @throws DomainError `plan.problem_invalid`, `plan.invalid` when the planner broke a rule, `plan.crashed`
 */
export async function think(problem: Problem, { onProgress, signal }: Thinking = {}): Promise<Thought> {
  const stop = new SharedArrayBuffer(4)
  const input: ThreadInput = { problem, stop }
  const worker = new Worker(new URL('./plan-thread.ts', import.meta.url), {
    workerData: input,
    // Flags of the process are not all flags of a thread, and a thread refuses those it does not know.
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
      const { kind, code, message: text, details } = message.refused
      reject(new DomainError(kind, code, text, details))
    }
  })
  const crashed = (cause?: unknown) =>
    reject(
      new DomainError('unavailable', 'plan.crashed', 'The planner ended without an answer.', {}, { cause }),
    )
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
