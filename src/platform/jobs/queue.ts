import type { DateTime } from 'luxon'
import { afterCommit, type Database, databaseOf, type Writer } from '../database/port.ts'
import { newId } from '../ids.ts'
import { type Clock, systemClock } from '../time.ts'
import { jobs } from './schema.ts'

export interface EnqueueOptions {
  /** Not before this moment; at once when absent. */
  runAt?: DateTime
  /**
   * What the job is about. While a job with this key waits, asking again adds nothing; while one runs, a second
   * waits until it has ended, because the first may already have read what has changed since.
   */
  key?: string
  /** The thing it is about, as `kind:ID`, under which `unfinishedAbout` finds it. */
  about?: string
}

/** Wakes the workers of one database. One queue exists per database. */
export interface Queue {
  readonly clock: Clock
  /** Wakes the workers: after a job was committed, or the simulated clock was moved. */
  wake(): void
  /** Calls `listener` at every wake. @returns a function that removes the listener */
  onWake(listener: () => void): () => void
}

const queues = new WeakMap<Database, Queue>()

/** The queue of a database; jobs enqueued in its transactions take their time from `clock`. */
export function createQueue(db: Database, clock: Clock): Queue {
  const listeners = new Set<() => void>()
  const queue: Queue = {
    clock,
    wake() {
      for (const listener of listeners) listener()
    },
    onWake(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  queues.set(db, queue)
  return queue
}

/**
 * Enqueues a job in the caller's transaction: it runs at least once if the transaction commits, never if it does not.
 * `params` are ids and other plain values, never personal data; handlers look up the rest and are idempotent.
 */
export async function enqueue(
  tx: Writer,
  kind: string,
  params: Record<string, unknown>,
  { runAt, key, about }: EnqueueOptions = {},
): Promise<void> {
  const queue = queues.get(databaseOf(tx))
  const now = (queue?.clock ?? systemClock).now()
  await tx
    .insert(jobs)
    .values({ id: newId(), kind, key, about, params, state: 'waiting', runAt: runAt ?? now, createdAt: now })
    .onConflictDoNothing()
  if (queue) afterCommit(tx, queue.wake)
}

/** As `enqueue`, for many at once: `each` gives parameters and options. */
export async function enqueueAll(
  tx: Writer,
  kind: string,
  each: readonly ({ params: Record<string, unknown> } & EnqueueOptions)[],
): Promise<void> {
  const queue = queues.get(databaseOf(tx))
  const now = (queue?.clock ?? systemClock).now()
  const state = 'waiting' as const
  for (let from = 0; from < each.length; from += 200) {
    const rows = each.slice(from, from + 200).map(({ params, runAt, key, about }) => {
      return { id: newId(), kind, key, about, params, state, runAt: runAt ?? now, createdAt: now }
    })
    await tx.insert(jobs).values(rows).onConflictDoNothing()
  }
  if (queue && each.length > 0) afterCommit(tx, queue.wake)
}
