import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { placeOf } from './places.ts'
import { roleGrants } from './schema.ts'
import { clashOf, mayGrant, refuseUnfitScope, type Scope, scopeText } from './scopes.ts'
import { forgetUsers } from './session-cache.ts'
import { type RoleName, roleNames } from './words.ts'

export interface GrantRole extends Scope {
  userId: string
  role: RoleName
  by: Actor | 'command line'
  at: DateTime
}

/**
 * Gives a role over a part of the organisation; giving it again changes nothing.
 * @throws DomainError `grant.scope`, `grant.scope-unfit`, `unit.missing`, `team.missing`; forbidden `grant.refused`
 *   when the actor cannot give it there, `user.self`; conflict `grant.clash` with a role that must be kept apart
 */
export async function grantRole(tx: Writer, { userId, role, by, at, ...scope }: GrantRole): Promise<string> {
  const place = await placeOf(tx, scope)
  refuseUnfitScope(role, place.kind)
  if (by !== 'command line') {
    if (by.userId === userId)
      throw new DomainError('forbidden', 'user.self', 'Nobody gives a role to themselves.')
    if (!mayGrant(by.grants, role, place)) {
      throw new DomainError('forbidden', 'grant.refused', 'You cannot give this role there.', { role })
    }
  }
  const held = await liveGrants(tx, userId)
  const clash = clashOf([...held.map((grant) => grant.role), role])
  if (clash) {
    throw new DomainError(
      'conflict',
      'grant.clash',
      `${clash[0]} and ${clash[1]} must be different people.`,
      { roles: clash },
    )
  }
  const text = scopeText(scope)
  const known = held.find((grant) => grant.role === role && grant.scope === text)
  if (known) return known.id
  const id = newId()
  const { unitId, districtCode, teamId } = scope
  const grantedBy = by === 'command line' ? null : by.userId
  await tx
    .insert(roleGrants)
    .values({ id, userId, role, unitId, districtCode, teamId, scope: text, grantedBy, grantedAt: at })
  await record(tx, {
    action: 'role.granted',
    subject: `user:${userId}`,
    by: by === 'command line' ? 'system' : by,
    at,
    details: { role, scope: text },
  })
  forgetUsers(tx, [userId])
  return id
}

function liveGrants(tx: Writer, userId: string) {
  return tx
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
}

/**
 * Takes a role back; it ends with the next request of its holder.
 * @throws DomainError `grant.missing`; forbidden `grant.refused`, `user.self`
 */
export async function revokeGrant(
  tx: Writer,
  { userId, grantId, by, at }: { userId: string; grantId: string; by: Actor; at: DateTime },
): Promise<void> {
  const grant = (await liveGrants(tx, userId)).find((each) => each.id === grantId)
  if (!grant) throw new DomainError('missing', 'grant.missing', 'There is no such grant.')
  if (by.userId === userId)
    throw new DomainError('forbidden', 'user.self', 'Nobody takes a role from themselves.')
  if (!roleNames.includes(grant.role) || !mayGrant(by.grants, grant.role, await placeOf(tx, grant))) {
    throw new DomainError('forbidden', 'grant.refused', 'You cannot take this role back.')
  }
  await tx.update(roleGrants).set({ revokedAt: at, revokedBy: by.userId }).where(eq(roleGrants.id, grantId))
  const details = { role: grant.role, scope: grant.scope }
  await record(tx, { action: 'role.revoked', subject: `user:${userId}`, by, at, details })
  forgetUsers(tx, [userId])
}
