import { Worker } from 'node:worker_threads'

export interface ThreadStart {
  /** Copied to the thread as its `workerData`. */
  input: unknown
  /** Heap limit of the thread. */
  maxHeapMb?: number
  /** Buffers that move to the thread instead of being copied. */
  transfer?: ArrayBuffer[]
}

/** Threads get the same preload as the service: half of their start is loading modules. */
const quickStart = new URL('./quick-start.ts', import.meta.url).href

/**
 * Starts the module at `url` in a new thread. Flags of the process, such as the inspector's port, are not passed on,
 * because a thread refuses flags it does not know.
 */
export function startThread(url: URL, { input, maxHeapMb, transfer = [] }: ThreadStart): Worker {
  return new Worker(url, {
    workerData: input,
    transferList: transfer,
    execArgv: ['--import', quickStart],
    ...(maxHeapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } }),
  })
}
