import { setTimeout as pause } from 'node:timers/promises'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

/** How long to wait for a lock held by another process: a restore, a key rotation, a migration. */
const waitMs = 5000
const pauseMaxMs = 25

function isLocked(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (String((at as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return true
  }
  return false
}

/**
 * Runs `work` and retries it with backoff while another process holds the lock on the file. Does not block the event
 * loop, as SQLite's own `busy_timeout` would. Retries: twice at once, then after 1, 2, 4 … 25 ms, for up to 5 s.
 * @returns the value itself, not a promise, when the first try succeeds
 * @throws Error SQLITE_BUSY after 5 s
 */
export function whenFree<T>(work: () => T): T | Promise<T> {
  try {
    return work()
  } catch (error) {
    if (!isLocked(error)) throw error
    return again(work)
  }
}

async function again<T>(work: () => T): Promise<T> {
  const deadline = performance.now() + waitMs
  for (let ms = 1; ; ms = Math.min(pauseMaxMs, ms * 2)) {
    try {
      return work()
    } catch (error) {
      if (!isLocked(error) || performance.now() > deadline) throw error
    }
    await pause(ms)
  }
}

type Run = (...args: unknown[]) => unknown
interface Internals {
  session: { prepareQuery: (...args: unknown[]) => Record<'all' | 'get' | 'run', Run>; values: Run }
}

/** The same database, but each statement waits with `whenFree` while the file is locked. Callers need no change. */
export function patient(db: BetterSQLite3Database): BetterSQLite3Database {
  const { session } = db as unknown as Internals
  const prepareQuery = session.prepareQuery.bind(session)
  session.prepareQuery = (...args) => {
    const query = prepareQuery(...args)
    for (const how of ['all', 'get', 'run'] as const) {
      const run = query[how].bind(query)
      query[how] = (...values) => whenFree(() => run(...values))
    }
    return query
  }
  // What counting goes by.
  const values = session.values.bind(session)
  session.values = (...args) => whenFree(() => values(...args))
  return db
}
