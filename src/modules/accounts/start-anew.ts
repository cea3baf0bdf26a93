import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { districtHolds } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { issueActivation, revokeActivations } from './invitations/activations.ts'
import type { Permit } from './permits.ts'
import { movePhone } from './phones/change-phone.ts'
import { knownBrowsers, users } from './schema.ts'
import type { HeldGrant } from './scope-areas.ts'
import type { ScopeArea } from './scopes.ts'
import { endSessionsOf } from './session-rows.ts'

type User = typeof users.$inferSelect

/**
 * Whether a role over this area is outside the reach of a user who managed the account so far. Such a user may know its
 * password or hold one of its links. The smallest possible reach of a manager is the scopes of the account's roles; if
 * it holds none any more, the managers of its earlier roles count.
 */
export function isBeyond(before: readonly HeldGrant[], area: ScopeArea): boolean {
  const live = before.filter((grant) => grant.live)
  if (live.length > 0) return !live.some((grant) => holds(grant.area, area))
  return !before.every((grant) => holds(grant.area, area))
}

/** Whether a user who reaches all of the first area also reaches all of the second. */
function holds(one: ScopeArea, other: ScopeArea): boolean {
  if (one.kind === 'everything') return true
  if (one.teamId !== null && one.teamId === other.teamId) return true
  if (one.kind !== 'district')
    return one.unitPath !== null && (other.unitPath?.startsWith(one.unitPath) ?? false)
  const [code] = one.districts
  const inDistrict = (each: string | null) => each !== null && code != null && districtHolds(code, each)
  return other.kind !== 'everything' && other.districts.length > 0 && other.districts.every(inDistrict)
}

/** Whether the number of an account was set by another manager than this one: it may be that manager's own. */
export function setByAnother({ phoneSetBy }: Pick<User, 'phoneSetBy'>, by: { userId: string }): boolean {
  return phoneSetBy !== null && phoneSetBy !== by.userId
}

/** Deletes everything the account can be opened with: its password, its known browsers, its sessions. */
export async function forgetOpeners(tx: Writer, userId: string, at: DateTime): Promise<void> {
  await tx.update(users).set({ passwordHash: null, passwordChangedAt: null }).where(eq(users.id, userId))
  await tx.delete(knownBrowsers).where(eq(knownBrowsers.userId, userId))
  await endSessionsOf(tx, userId, 'password_changed', at)
}

/**
 * Starts an account anew, because its roles now reach further than the users who could open it so far: only its holder
 * can open it again, with a link to the account's number. A number that another manager set is taken off: it may be
 * theirs, and neither links nor codes go to it any more.
 */
export async function startAnew(
  tx: Writer,
  keys: KeyRing,
  permit: Permit<'anew'>,
  { user, by, at }: Doing & { user: User },
): Promise<void> {
  await forgetOpeners(tx, permit.userId, at)
  await record(tx, { action: 'user.started_anew', subject: `user:${permit.userId}`, by, at })
  if (setByAnother(user, by)) return movePhone(tx, keys, { permit, user, phone: null, by, at })
  if (user.phone === null) return revokeActivations(tx, [permit.userId], at)
  const activation = await issueActivation(tx, keys, permit, { by, at })
  await enqueue(tx, 'accounts.activation_requested', { activationId: activation.id })
}
