import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { revokeActivations } from './activations.ts'
import { managedUser } from './manage.ts'
import { users } from './schema.ts'
import { endSessionsOf } from './session-rows.ts'

interface About {
  userId: string
  by: Actor
  at: DateTime
}

/**
 * Locks a user out at once: sessions end, links and codes stop working. Doing it again changes nothing.
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out-of-reach`
 */
export async function disableUser(tx: Writer, { userId, by, at }: About): Promise<void> {
  const user = await managedUser(tx, by, userId)
  if (user.disabledAt) return
  await tx
    .update(users)
    .set({ disabledAt: at, version: user.version + 1 })
    .where(eq(users.id, userId))
  await revokeActivations(tx, [userId], at)
  const sessions = await endSessionsOf(tx, userId, 'user_disabled', at)
  await record(tx, { action: 'user.disabled', subject: `user:${userId}`, by, at, details: { sessions } })
}

/** Lets a user in again, with the roles and the password they had. */
export async function enableUser(tx: Writer, { userId, by, at }: About): Promise<void> {
  const user = await managedUser(tx, by, userId)
  if (!user.disabledAt) return
  await tx
    .update(users)
    .set({ disabledAt: null, version: user.version + 1 })
    .where(eq(users.id, userId))
  await record(tx, { action: 'user.enabled', subject: `user:${userId}`, by, at })
}

/** Changes the name a user is shown by. @throws DomainError stale `version.stale`, and as `disableUser` */
export async function renameUser(
  tx: Writer,
  { userId, by, at, name, version }: About & { name: string; version: number },
) {
  await managedUser(tx, by, userId)
  const changed = await tx
    .update(users)
    .set({ name, version: version + 1 })
    .where(and(eq(users.id, userId), eq(users.version, version)))
    .returning({ id: users.id })
  if (changed.length === 0) {
    throw new DomainError('stale', 'version.stale', 'Somebody changed this user since you looked.')
  }
  await record(tx, { action: 'user.renamed', subject: `user:${userId}`, by, at })
}
