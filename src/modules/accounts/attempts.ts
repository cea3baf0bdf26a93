import { eq, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { attempts } from './schema.ts'

/** A limit with growing waiting times: this many attempts are free, then each needs a longer wait. */
export interface AttemptLimit {
  free: number
  firstWaitSeconds: number
  longestWaitSeconds: number
  /** After this time without an attempt, the count starts again at zero. */
  forgetAfterSeconds: number
}

/**
 * Counts one attempt under `key` before it is made, so that concurrent attempts cannot all pass. The row is locked
 * first. Use it in a transaction of isolation `statement`: there concurrent attempts queue instead of failing.
 * @throws DomainError throttled `attempts.wait` while the caller has to wait; such a call is not counted
 */
export async function takeAttempt(tx: Writer, key: string, limit: AttemptLimit, at: DateTime): Promise<void> {
  const known = await lockedRow(tx, key, at)
  if (known.lockedUntil && known.lockedUntil > at) {
    const seconds = Math.ceil(known.lockedUntil.diff(at).as('seconds'))
    throw new DomainError('throttled', 'attempts.wait', `Too many tries. Try again in ${seconds} seconds.`, {
      seconds,
    })
  }
  await count(tx, known, limit.forgetAfterSeconds, at, (tries) => waitAfter(tries, limit, at))
}

/** Counts one attempt under `key` and refuses none. @returns the number of attempts, including this one */
export async function countAttempt(
  tx: Writer,
  key: string,
  forgetAfterSeconds: number,
  at: DateTime,
): Promise<number> {
  return count(tx, await lockedRow(tx, key, at), forgetAfterSeconds, at, () => null)
}

async function count(
  tx: Writer,
  known: typeof attempts.$inferSelect,
  forgetAfterSeconds: number,
  at: DateTime,
  lockedAfter: (tries: number) => DateTime | null,
): Promise<number> {
  const fresh = known.forgetAt <= at
  const tries = fresh ? 1 : known.count + 1
  const lockedUntil = lockedAfter(tries)
  const since = fresh ? at : known.since
  const forgetAt = (lockedUntil ?? at).plus({ seconds: forgetAfterSeconds })
  await tx
    .update(attempts)
    .set({ count: tries, since, lockedUntil, forgetAt })
    .where(eq(attempts.key, known.key))
  return tries
}

/** The row of a key, created if missing, locked until the transaction ends. */
async function lockedRow(tx: Writer, key: string, at: DateTime): Promise<typeof attempts.$inferSelect> {
  for (;;) {
    await tx.insert(attempts).values({ key, count: 0, since: at, forgetAt: at }).onConflictDoNothing()
    const [locked] = await tx.update(attempts).set({ key }).where(eq(attempts.key, key)).returning()
    if (locked) return locked
    // A successful attempt deleted the row between the two statements; create it again.
  }
}

function waitAfter(tries: number, limit: AttemptLimit, at: DateTime): DateTime | null {
  if (tries < limit.free) return null
  const seconds = Math.min(
    limit.longestWaitSeconds,
    limit.firstWaitSeconds * 2 ** Math.min(30, tries - limit.free),
  )
  return at.plus({ seconds })
}

/** Deletes the attempts under `keys` after a success. */
export async function clearAttempts(tx: Writer, keys: readonly string[]): Promise<void> {
  for (const key of keys) await tx.delete(attempts).where(eq(attempts.key, key))
}

/** Deletes expired rows. */
export async function forgetAttempts(tx: Writer, at: DateTime): Promise<void> {
  await tx.delete(attempts).where(lt(attempts.forgetAt, at))
}
