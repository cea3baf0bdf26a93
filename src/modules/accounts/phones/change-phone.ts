import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { contactIdOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { askConfirmation, type Confirmation } from '../confirmations/ask-confirmation.ts'
import { revokeActivations } from '../invitations/activations.ts'
import { endLoginCodes } from '../login-codes.ts'
import { managedToOpen, openerPermit } from '../manage.ts'
import type { Permit } from '../permits.ts'
import { users } from '../schema.ts'
import { openPhone, sealPhone } from '../sealed.ts'
import { endSessionsOf } from '../session-rows.ts'
import { endPhoneChanges } from './own-phone.ts'

export interface PhoneMove {
  permit: Permit<'opener' | 'confirmed' | 'owner' | 'anew'>
  user: typeof users.$inferSelect
  /** In the stored form; null removes the number from the account. */
  phone: string | null
  /** A second officer confirmed it, or its setter manages the account whatever roles it gets: it outlives a new start. */
  confirmed?: boolean
  by: Pick<Actor, 'userId' | 'address'> & { sessionId?: string }
  at: DateTime
}

/**
 * Changes the number of an account. Everything opened through the old number ends (links, codes, all sessions except
 * the current one), and the old number gets a message. Setting the same number changes nothing.
 */
export async function movePhone(
  tx: Writer,
  keys: KeyRing,
  { permit, user, phone, confirmed = false, by, at }: PhoneMove,
): Promise<void> {
  const before = openPhone(keys, user)
  if (before === phone) return
  const own = by.userId === user.id
  const phoneSetBy = own || confirmed || phone === null ? null : by.userId
  await tx
    .update(users)
    .set({ ...sealPhone(keys, user.id, phone), phoneSetBy, phoneFilled: true, version: user.version + 1 })
    .where(eq(users.id, permit.userId))
  const details = { by: own ? 'owner' : 'manager', from: before !== null, to: phone !== null }
  await record(tx, { action: 'user.phone_changed', subject: `user:${user.id}`, by, at, details })
  if (before === null) return
  await revokeActivations(tx, [user.id], at)
  await endLoginCodes(tx, user.id, at)
  await endPhoneChanges(tx, user.id, at)
  await endSessionsOf(tx, user.id, 'phone_changed', at, own ? by.sessionId : undefined)
  const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: before }, at)
  await enqueue(tx, 'accounts.phone_changed', { moveId: newId(), contactId, personId: user.personId })
}

/**
 * Sets or removes the number of an account the actor manages. For an officer's account the change waits until another
 * officer confirms it, except for the first number of an account nobody has signed in to.
 * @returns the confirmation the change waits for, if any
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out_of_reach`
 */
export async function setPhone(
  tx: Writer,
  keys: KeyRing,
  { userId, phone, by, at }: { userId: string; phone: string | null; by: Actor; at: DateTime },
): Promise<Confirmation | undefined> {
  const opened = await managedToOpen(tx, by, userId, at)
  const { user } = opened
  if ('permit' in opened) {
    // Whoever reaches every account manages this one under any roles: their number stays good.
    const confirmed = reachOf(by, 'accounts.edit').everything
    await movePhone(tx, keys, { ...opened, phone, confirmed, by, at })
    return undefined
  }
  const untouched = user.phone === null && user.passwordHash === null && user.lastSignInAt === null
  const permit = untouched ? openerPermit(opened.officer, new Set()) : undefined
  if (!permit) return askConfirmation(tx, keys, opened.officer, { kind: 'phone', phone, by, at })
  await movePhone(tx, keys, { permit, user, phone, by, at })
  return undefined
}
