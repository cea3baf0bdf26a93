import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import type { Doing } from '#platform/http/access.ts'
import { askConfirmation, type Confirmation } from './confirmations/ask-confirmation.ts'
import { revokeActivations } from './invitations/activations.ts'
import { managedToSend, managedUser } from './manage.ts'
import type { Permit } from './permits.ts'
import { alarmOfRolesTogether } from './roles-together.ts'
import { users } from './schema.ts'
import { endSessionsOf } from './session-rows.ts'

interface About extends Doing {
  userId: string
}

/**
 * Disables a user at once: sessions end, links and codes become invalid. Repeating changes nothing. An officer is
 * disabled only after another officer has confirmed it, so that no officer alone can remove the one who supervises
 * them.
 * @returns the confirmation it waits for, if any
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out_of_reach`
 */
export async function disableUser(
  tx: Writer,
  keys: KeyRing,
  { userId, by, at }: About,
): Promise<Confirmation | undefined> {
  const opened = await managedToSend(tx, by, userId, at)
  if (opened.user.disabledAt) return undefined
  if ('officer' in opened) return askConfirmation(tx, keys, opened.officer, { kind: 'suspension', by, at })
  await suspend(tx, opened, { by, at })
  return undefined
}

/**
 * Enables a user again, with the previous roles and password; for an officer after another officer has confirmed it.
 */
export async function enableUser(
  tx: Writer,
  keys: KeyRing,
  { userId, by, at }: About,
): Promise<Confirmation | undefined> {
  const opened = await managedToSend(tx, by, userId, at)
  if (!opened.user.disabledAt) return undefined
  if ('officer' in opened) return askConfirmation(tx, keys, opened.officer, { kind: 'restoration', by, at })
  await restore(tx, opened, { by, at })
  return undefined
}

/** An account that may be disabled or enabled: not an officer's, or confirmed by a second officer. */
interface Suspendable {
  user: typeof users.$inferSelect
  permit: Permit<'opener' | 'confirmed'>
}

/** Disables the account; nothing changes if it is disabled already. */
export async function suspend(tx: Writer, suspendable: Suspendable, { by, at }: Doing): Promise<void> {
  const { user, permit } = suspendable
  if (user.disabledAt) return
  await setDisabled(tx, suspendable, at)
  await revokeActivations(tx, [permit.userId], at)
  const sessions = await endSessionsOf(tx, permit.userId, 'user_disabled', at)
  const subject = `user:${permit.userId}`
  await record(tx, { action: 'user.disabled', subject, by, at, details: { sessions } })
}

/** Enables the account; nothing changes if it is enabled already. */
export async function restore(tx: Writer, suspendable: Suspendable, { by, at }: Doing): Promise<void> {
  if (!suspendable.user.disabledAt) return
  await setDisabled(tx, suspendable, null)
  const { userId } = suspendable.permit
  await record(tx, { action: 'user.enabled', subject: `user:${userId}`, by, at })
  await alarmOfRolesTogether(tx, { userIds: [userId], at })
}

async function setDisabled(
  tx: Writer,
  { user, permit }: Suspendable,
  disabledAt: DateTime | null,
): Promise<void> {
  await tx
    .update(users)
    .set({ disabledAt, version: user.version + 1 })
    .where(eq(users.id, permit.userId))
}

/** Changes a user's display name. @throws DomainError stale `version.stale`, and as `disableUser` */
export async function renameUser(
  tx: Writer,
  { userId, by, at, name, version }: About & { name: string; version: number },
): Promise<typeof users.$inferSelect> {
  await managedUser(tx, by, userId)
  const user = await updateVersioned(tx, users, userId, version, { name })
  await record(tx, { action: 'user.renamed', subject: `user:${userId}`, by, at })
  return user
}
