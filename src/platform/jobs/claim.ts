import { and, asc, eq, inArray, lte, notInArray, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { skippingLocked } from '../database/dialect.ts'
import type { Writer } from '../database/port.ts'
import { jobs } from './schema.ts'

export type Job = typeof jobs.$inferSelect

export interface Claim {
  kinds: string[]
  /** Jobs this worker runs at this moment, whose leases it renews itself. */
  running: string[]
  max: number
  /** Identifies this claim; an outcome is recorded only by the worker that still holds it. */
  claim: string
  now: DateTime
  leaseUntil: DateTime
}

/** A job is not claimed while another job with the same key runs: both would do the same work at once. */
const keyIsFree = sql`not exists (select 1 from "jobs" "other" where "other"."key" = ${jobs.key} and "other"."state" = 'running')`

/** Takes up to `max` jobs that are due, oldest first. Each is taken by one worker, for the time of its lease. */
export async function claimDue(tx: Writer, by: Claim): Promise<Job[]> {
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.state, 'waiting'), lte(jobs.runAt, by.now), inArray(jobs.kind, by.kinds), keyIsFree))
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(by.max)
  return take(tx, await skippingLocked(due.$dynamic()), by, { attempts: sql`${jobs.attempts} + 1` })
}

/** Takes up to `max` jobs whose worker has not renewed its lease: it died, or lost the database. */
export async function claimAbandoned(tx: Writer, by: Claim): Promise<Job[]> {
  const abandoned = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.state, 'running'),
        lte(jobs.leaseUntil, by.now),
        inArray(jobs.kind, by.kinds),
        by.running.length > 0 ? notInArray(jobs.id, by.running) : undefined,
      ),
    )
    .limit(by.max)
  const interrupted = { interruptions: sql`${jobs.interruptions} + 1` }
  return take(tx, await skippingLocked(abandoned.$dynamic()), by, interrupted)
}

async function take(
  tx: Writer,
  found: { id: string }[],
  { claim, leaseUntil }: Claim,
  counted: { attempts: SQL } | { interruptions: SQL },
): Promise<Job[]> {
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  return tx
    .update(jobs)
    .set({ state: 'running', claim, leaseUntil, ...counted })
    .where(inArray(jobs.id, ids))
    .returning()
}
