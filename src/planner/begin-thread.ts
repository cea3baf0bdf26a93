/**
 * The start of the planning thread. A thread does not inherit V8's compile cache of its process, and without one
 * compiling the planner is half of the processor time of a small plan. So the cache is set first, and the planner
 * imported after it.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'
import type { ThreadInput } from './plan-thread.ts'

const { compileCache } = workerData as ThreadInput
if (compileCache) enableCompileCache(compileCache)
await import('./plan-thread.ts')
flushCompileCache()
