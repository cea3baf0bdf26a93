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
 * Retry with exponential backoff and full jitter: a random wait in ms, up to a bound that doubles with every attempt,
 * so that jobs that failed together do not retry together. `random` gives [0, 1).
 */
export function backoffMs(attempts: number, random: () => number): number {
  return Math.round(random() * Math.min(backoffMaxMs, backoffFirstMs * 2 ** attempts))
}

/** The text of a failure for operators, without addresses and long numbers, which may be personal data. */
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

export type Outcome =
  | { done: true }
  | { done: false; error: string; retryAt: DateTime | undefined }
  /** It stopped because its worker is stopping; the next worker continues it, and this run is not counted. */
  | { released: true }

/** Records how a job ended, in one transaction; false when another worker has taken it over meanwhile. */
export async function settle(
  tx: Writer,
  job: Job,
  outcome: Outcome,
  { now, nextAt }: { now: DateTime; nextAt: DateTime | undefined },
): Promise<boolean> {
  if ('released' in outcome) return release(tx, job, now)
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
    const { kind, key, about, params } = job
    const next = {
      id: newId(),
      kind,
      key,
      about,
      params,
      state: 'waiting' as const,
      runAt: nextAt,
      createdAt: now,
    }
    await tx.insert(jobs).values(next).onConflictDoNothing()
  }
  return true
}

async function release(tx: Writer, job: Job, now: DateTime): Promise<boolean> {
  const again = await isAskedAgain(tx, job)
  const set = again
    ? { state: 'done' as const, finishedAt: now }
    : { state: 'waiting' as const, runAt: now, attempts: Math.max(0, job.attempts - 1) }
  const released = await tx
    .update(jobs)
    .set({ ...set, claim: null, leaseUntil: null })
    .where(and(eq(jobs.id, job.id), eq(jobs.claim, job.claim ?? '')))
    .returning({ id: jobs.id })
  return released.length > 0
}

/** Another job with the same key is already waiting and will do the same work. */
async function isAskedAgain(tx: Writer, { key }: Job): Promise<boolean> {
  if (!key) return false
  const waiting = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.key, key), eq(jobs.state, 'waiting')))
  return waiting.length > 0
}
