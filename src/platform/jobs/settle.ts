import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Job } from './claim.ts'
import { jobs } from './schema.ts'

export const attemptsDefault = 8
const backoffFirstMs = 2_000
const backoffMaxMs = 15 * 60_000

/**
 * How long to wait before the next try: "full jitter", anything up to a bound that doubles with every try,
 * so that jobs that failed together do not come back together. `random` gives [0, 1).
 */
export function backoffMs(attempts: number, random: () => number): number {
  return Math.round(random() * Math.min(backoffMaxMs, backoffFirstMs * 2 ** attempts))
}

/** What an operator may read of a failure: never an address or a long number, which may be somebody's. */
export function describeFailure(error: unknown): string {
  if (error instanceof DomainError) return error.code
  let innermost = error
  while (innermost instanceof Error && innermost.cause) innermost = innermost.cause
  const said = innermost instanceof Error ? `${innermost.name}: ${innermost.message}` : String(innermost)
  return said
    .replace(/\S+@\S+/g, '…')
    .replace(/\d[\d -]{5,}\d/g, '…')
    .slice(0, 300)
}

export type Outcome = { done: true } | { done: false; error: string; retryAt: DateTime | undefined }

/** Records how a job ended, in one transaction; false when another worker has taken it over meanwhile. */
export async function settle(
  tx: Writer,
  job: Job,
  outcome: Outcome,
  { now, nextAt }: { now: DateTime; nextAt: DateTime | undefined },
): Promise<boolean> {
  const waits = !outcome.done && outcome.retryAt !== undefined && !(await isAskedAgain(tx, job))
  const set = {
    state: waits
      ? ('waiting' as const)
      : outcome.done || outcome.retryAt
        ? ('done' as const)
        : ('dead' as const),
    lastError: outcome.done ? null : outcome.error,
    ...(waits && !outcome.done ? { runAt: outcome.retryAt } : { finishedAt: now }),
    claim: null,
    leaseUntil: null,
  }
  const held = and(eq(jobs.id, job.id), eq(jobs.claim, job.claim ?? ''))
  const settled = await tx.update(jobs).set(set).where(held).returning({ id: jobs.id })
  if (settled.length === 0) return false
  if (nextAt && !waits) {
    const { kind, key, params } = job
    const next = { id: newId(), kind, key, params, state: 'waiting' as const, runAt: nextAt, createdAt: now }
    await tx.insert(jobs).values(next).onConflictDoNothing()
  }
  return true
}

/** Another job with the same key waits already and will do what this one could not. */
async function isAskedAgain(tx: Writer, { key }: Job): Promise<boolean> {
  if (!key) return false
  const waiting = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.key, key), eq(jobs.state, 'waiting')))
  return waiting.length > 0
}
