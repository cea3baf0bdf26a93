import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from '#platform/jobs/worker.ts'
import type { Service } from './app.ts'
import type { AppContext } from './context.ts'

/** Grace period for open connections and for calls to message providers, from the beginning of the shutdown. */
const cutMs = 3_000
/** Longer than `cutMs`, so that jobs can still record the answers of the providers. */
const jobsMs = 3_400
/** Limit of the whole shutdown. With one second for writing the log at exit it stays under five. */
const allMs = 3_900

export interface Stopping {
  service: Service
  context: AppContext
  worker: Worker<AppContext> | undefined
}

/**
 * Graceful shutdown: accepts no new requests, answers running ones, releases jobs, closes the database. Everything that
 * was acknowledged is already durable, so steps that exceed the limit are abandoned and the process ends.
 */
export async function shutDown({ service, context, worker }: Stopping): Promise<void> {
  const left = new Set<string>()
  const step = async (name: string, work: () => Promise<void> | undefined) => {
    left.add(name)
    await work()
    left.delete(name)
  }
  const orderly = async () => {
    await Promise.all([
      step('requests', () => answerAndHangUp(service)),
      step('jobs', () => worker?.stop({ graceMs: jobsMs })),
    ])
    await step('channels', () => service.close())
    await step('database', () => context.close())
  }
  await Promise.race([orderly(), pause(allMs, undefined, { ref: false })])
  if (left.size > 0) context.log.warn({ left: [...left] }, 'service stopped before everything had ended')
  else context.log.info({}, 'service stopped')
}

async function answerAndHangUp({ app }: Service): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), cutMs)
  await app.close()
  clearTimeout(cut)
}
