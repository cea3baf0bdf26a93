import { AsyncLocalStorage } from 'node:async_hooks'
import { channel } from 'node:diagnostics_channel'
import type { TestApp } from './app.ts'

const methods = ['select', 'selectDistinct', '$count'] as const

interface Counted {
  reads: number
}

/**
 * How many selects the handler of a request builds outside of transactions, subqueries included. What is read before
 * it (the session, every three seconds) and beside it (workers, timers) is not the request's own and not counted.
 * @throws Error when it does not answer 200
 */
export async function selectsOf(
  { db }: TestApp,
  request: () => PromiseLike<{ status: number }>,
): Promise<number> {
  const counted: Counted = { reads: 0 }
  const handling = new AsyncLocalStorage<Counted>()
  const handlers = channel('tracing:fastify.request.handler:start')
  handlers.bindStore(handling, () => counted)
  const read = db.read as unknown as Record<string, (...args: unknown[]) => unknown>
  const originals = methods.map((name) => read[name]!)
  for (const [at, name] of methods.entries()) {
    read[name] = (...args) => {
      const store = handling.getStore()
      if (store) store.reads += 1
      return originals[at]!.apply(read, args)
    }
  }
  try {
    const { status } = await request()
    if (status !== 200) throw new Error(`answered ${status}`)
    return counted.reads
  } finally {
    handlers.unbindStore(handling)
    for (const name of methods) delete read[name]
  }
}
