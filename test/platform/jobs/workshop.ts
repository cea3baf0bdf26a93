import { eq } from 'drizzle-orm'
import { DateTime } from 'luxon'
import Type from 'typebox'
import { expect } from 'vitest'
import type { Database } from '#platform/database/port.ts'
import type { Jobs } from '#platform/jobs/definition.ts'
import { createQueue } from '#platform/jobs/queue.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker, type WorkerContext, type WorkerOptions } from '#platform/jobs/worker.ts'
import { createLogger } from '#platform/logger.ts'
import { SimulatedClock } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'

export const start = DateTime.fromISO('2026-03-04T05:30:00Z', { zone: 'utc' })

export async function workshop(options?: { databaseConnections?: number }) {
  const made = await openTestDatabase(options)
  const clock = new SimulatedClock(start)
  const queue = createQueue(made.db, clock)
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const context: WorkerContext = { db: made.db, log, jobs: queue }
  const stops: (() => Promise<void>)[] = []
  return {
    db: made.db,
    clock,
    queue,
    lines,
    worker(definitions: Jobs<WorkerContext>, options: WorkerOptions = {}) {
      const worker = startWorker(context, definitions, { pollMs: 20, ...options })
      stops.push(() => worker.stop())
      return worker
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) await stop()
      await made[Symbol.asyncDispose]()
    },
  }
}

export const nothing = Type.Object({})

export async function stateOf(db: Database, kind: string) {
  const rows = await db.read.select().from(jobs).where(eq(jobs.kind, kind)).orderBy(jobs.id)
  return rows.map(({ state, attempts, lastError }) => ({ state, attempts, lastError }))
}

export function until(condition: () => boolean): Promise<void> {
  return expect.poll(condition, { interval: 5 }).toBe(true)
}

/** As if the process had ended under each job that runs. */
export async function interrupt(db: Database, times: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .update(jobs)
      .set({ state: 'running', interruptions: times - 1, claim: 'of the dead', leaseUntil: start })
      .returning(),
  )
}
