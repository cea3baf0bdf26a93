import { eq, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { attempts } from './schema.ts'

/** How often something may be tried before each further try has to wait, ever longer. */
export interface AttemptLimit {
  free: number
  firstWaitSeconds: number
  longestWaitSeconds: number
  /** After this long without a try all is forgotten. */
  forgetAfterSeconds: number
}

/**
 * Takes one try under `key` before the trying is done, so that many at once cannot all slip through. The row is
 * locked first: right in a transaction of isolation `statement`, where tries at once queue up instead of failing.
 * @throws DomainError throttled `attempts.wait` while it must wait; then nothing is counted
 */
export async function takeAttempt(tx: Writer, key: string, limit: AttemptLimit, at: DateTime): Promise<void> {
  const mine = eq(attempts.key, key)
  await tx.insert(attempts).values({ key, count: 0, since: at, forgetAt: at }).onConflictDoNothing()
  const [locked] = await tx.update(attempts).set({ key }).where(mine).returning()
  const known = locked as typeof attempts.$inferSelect
  if (known.lockedUntil && known.lockedUntil > at) {
    const seconds = Math.ceil(known.lockedUntil.diff(at).as('seconds'))
    throw new DomainError('throttled', 'attempts.wait', `Too many tries. Try again in ${seconds} seconds.`, {
      seconds,
    })
  }
  const fresh = known.forgetAt <= at
  const count = fresh ? 1 : known.count + 1
  const since = fresh ? at : known.since
  const lockedUntil = waitAfter(count, limit, at)
  const forgetAt = (lockedUntil ?? at).plus({ seconds: limit.forgetAfterSeconds })
  await tx.update(attempts).set({ count, since, lockedUntil, forgetAt }).where(mine)
}

function waitAfter(count: number, limit: AttemptLimit, at: DateTime): DateTime | null {
  if (count < limit.free) return null
  const seconds = Math.min(
    limit.longestWaitSeconds,
    limit.firstWaitSeconds * 2 ** Math.min(30, count - limit.free),
  )
  return at.plus({ seconds })
}

/** Forgets the tries under `keys`: it worked. */
export async function clearAttempts(tx: Writer, keys: readonly string[]): Promise<void> {
  for (const key of keys) await tx.delete(attempts).where(eq(attempts.key, key))
}

/** Deletes what is old enough to be forgotten. */
export async function forgetAttempts(tx: Writer, at: DateTime): Promise<void> {
  await tx.delete(attempts).where(lt(attempts.forgetAt, at))
}
