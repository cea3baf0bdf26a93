import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { districtHolds } from '#modules/organisation/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { askConfirmation, type Confirmation } from './confirmations/ask-confirmation.ts'
import { anewPermit, commandLinePermit, managedUser, takerPermit, userById } from './manage.ts'
import { rolesElsewhere } from './one-human.ts'
import type { Permit } from './permits.ts'
import { officers } from './roles.ts'
import { alarmOfRolesTogether } from './roles-together.ts'
import { roleGrants } from './schema.ts'
import { areaOf, grantsWithAreas, type HeldGrant } from './scope-areas.ts'
import {
  assertScopeFits,
  boundOf,
  clashOf,
  mayGrant,
  type Scope,
  type ScopeArea,
  scopeText,
} from './scopes.ts'
import { forgetUsers } from './session-cache.ts'
import { isBeyond, startAnew } from './start-anew.ts'
import { type RoleName, roleNames } from './words.ts'

export interface GrantRole extends Scope {
  userId: string
  role: RoleName
  by: Actor
  at: DateTime
}

/**
 * Grants a role to a user the actor manages. A role decides who sees and manages the account afterwards, so a user may
 * grant one only if they could have granted all the other roles of the account too.
 * @throws DomainError `user.missing`; forbidden `user.out_of_reach`; everything `addGrant` throws
 */
export async function grantRole(
  tx: Writer,
  keys: KeyRing,
  { userId, ...grant }: GrantRole,
): Promise<Confirmation | undefined> {
  return addGrant(tx, keys, (await managedUser(tx, grant.by, userId)).permit, grant)
}

/**
 * Grants a role over a scope. Granting it again changes nothing, except that it may extend the scope
 * (`withinDistrict`). An officer role waits until another officer confirms it.
 * @returns the confirmation it waits for, if any
 * @throws DomainError `grant.scope`, `grant.scope_unfit`, `unit.missing`, `team.missing`; forbidden `grant.refused`
 *   if the actor may not grant it over this scope; conflict `grant.clash` with a role that must be kept apart
 */
export async function addGrant(
  tx: Writer,
  keys: KeyRing,
  permit: Permit<'manager' | 'maker'>,
  { role, by, at, ...scope }: Omit<GrantRole, 'userId'>,
): Promise<Confirmation | undefined> {
  const area = await areaOf(tx, scope)
  assertScopeFits(role, area.kind)
  if (!mayGrant(by.grants, role, area)) {
    throw new DomainError('forbidden', 'grant.refused', 'You cannot give this role there.', { role })
  }
  if (officers.includes(role)) {
    const held = await liveGrants(tx, permit.userId)
    if (held.some((each) => each.role === role)) return undefined
    await assertApart(tx, permit.userId, { held, role, by })
    return askConfirmation(tx, keys, permit, { kind: 'grant', role, by, at })
  }
  const before = await grantsWithAreas(tx, [permit.userId])
  await insertGrant(tx, permit, { role, scope, withinDistrict: boundOf(by.grants, role, area), by, at })
  await anewIfBeyond(tx, keys, permit, { before, area, by, at })
  return undefined
}

/** Starts the account anew if the role is outside the reach of the users who managed the account before. */
export async function anewIfBeyond(
  tx: Writer,
  keys: KeyRing,
  { userId }: Permit<'manager' | 'maker' | 'hand_over'>,
  { before, area, by, at }: Doing & { before: readonly HeldGrant[]; area: ScopeArea },
): Promise<void> {
  if (!isBeyond(before, area)) return
  await startAnew(tx, keys, anewPermit({ userId }), { user: await userById(tx, userId), by, at })
}

/**
 * Grants a role at the command line. The operator of the server may grant any role over any scope.
 * @throws DomainError as `addGrant`, except `grant.refused`
 */
export async function grantAtCommandLine(
  tx: Writer,
  { userId, role, at, ...scope }: Omit<GrantRole, 'by'>,
): Promise<void> {
  assertScopeFits(role, (await areaOf(tx, scope)).kind)
  await insertGrant(tx, commandLinePermit(userId), { role, scope, by: 'command line', at })
}

/** Who gives a role; a second officer who confirms it is known without grants. */
type Giver = (Pick<Actor, 'userId'> & { address?: string; grants?: Actor['grants'] }) | 'command line'

interface NewGrant {
  role: RoleName
  scope: Scope
  withinDistrict?: string | null
  handedOver?: boolean
  by: Giver
  at: DateTime
}

/** The row of a grant, not yet written. */
export function grantRow(
  permit: Permit<'manager' | 'maker' | 'command_line' | 'hand_over' | 'confirmed'>,
  { role, scope, withinDistrict = null, handedOver = false, by, at }: NewGrant,
): typeof roleGrants.$inferInsert & { id: string; scope: string } {
  const { unitId = null, districtCode = null, teamId = null } = scope
  return {
    id: newId(),
    userId: permit.userId,
    role,
    unitId,
    districtCode,
    teamId,
    withinDistrict,
    handedOver,
    scope: scopeText(scope),
    grantedBy: by === 'command line' ? null : by.userId,
    grantedAt: at,
  }
}

/** Writes a grant after it was checked that it may be given. @throws DomainError conflict `grant.clash` */
export async function insertGrant(
  tx: Writer,
  permit: Permit<'manager' | 'maker' | 'command_line' | 'hand_over' | 'confirmed'>,
  grant: NewGrant,
): Promise<string> {
  const row = grantRow(permit, grant)
  const { userId } = permit
  const held = await liveGrants(tx, userId)
  await assertApart(tx, userId, { held, ...grant })
  const known = held.find((each) => each.role === row.role && each.scope === row.scope)
  const by: AuditActor = grant.by === 'command line' ? 'system' : grant.by
  if (known) {
    if (!(await widen(tx, known, row.withinDistrict ?? null))) return known.id
  } else await tx.insert(roleGrants).values(row)
  const details = {
    role: row.role,
    scope: row.scope,
    ...(row.withinDistrict ? { withinDistrict: row.withinDistrict } : {}),
    ...(row.handedOver ? { because: 'handed over' } : {}),
  }
  await record(tx, { action: 'role.granted', subject: `user:${userId}`, by, at: grant.at, details })
  forgetUsers(tx, [userId])
  await alarmOfRolesTogether(tx, { userIds: [userId], at: grant.at })
  return known?.id ?? row.id
}

/**
 * Asserts that a role is not held together with one that another must hold; by whichever of their accounts, where that may be
 * told: to officers, who reach everything.
 * @throws DomainError conflict `grant.clash`, which does not name a role that the caller may not know of
 */
async function assertApart(
  tx: Writer,
  userId: string,
  { held, role, by }: { held: readonly { role: RoleName }[]; role: RoleName; by: Giver },
): Promise<void> {
  const own = held.map((each) => each.role)
  const elsewhere = officers.includes(role) || reachesEverybody(by) ? await rolesOfRecords(tx, userId) : []
  if (clashOf([...own, ...elsewhere, role])) {
    const message = 'The user holds a role that somebody else must hold than whoever holds this one.'
    throw new DomainError('conflict', 'grant.clash', message)
  }
}

/** Whether somebody who gives roles reaches every account. */
export function reachesEverybody(by: Giver): boolean {
  if (by === 'command line') return true
  return (
    by.grants?.some(({ scope, permissions }) => scope === null && permissions.has('accounts.edit')) ?? false
  )
}

async function rolesOfRecords(tx: Writer, userId: string): Promise<RoleName[]> {
  const { personId } = await userById(tx, userId)
  return personId === null ? [] : ((await rolesElsewhere(tx, [personId])).get(personId) ?? [])
}

/**
 * Extends an existing grant to the reach of the user who grants it again.
 * @returns false if it reached as far already
 */
async function widen(
  tx: Writer,
  known: typeof roleGrants.$inferSelect,
  bound: string | null,
): Promise<boolean> {
  const before = known.withinDistrict
  if (before === null || before === bound || (bound !== null && !districtHolds(bound, before))) return false
  await tx.update(roleGrants).set({ withinDistrict: bound }).where(eq(roleGrants.id, known.id))
  return true
}

function liveGrants(tx: Writer, userId: string) {
  return tx
    .select()
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
}

/**
 * Revokes a role; it has no effect from the holder's next request on. A user who may grant the role may revoke it, even
 * from an account with roles elsewhere, so that an office always decides about its own roles. An officer role is
 * revoked only after another officer has confirmed it.
 * @returns the confirmation it waits for, if any
 * @throws DomainError `grant.missing`; forbidden `grant.refused`, `user.self`
 */
export async function revokeGrant(
  tx: Writer,
  keys: KeyRing,
  { userId, grantId, by, at }: { userId: string; grantId: string; by: Actor; at: DateTime },
): Promise<Confirmation | undefined> {
  const grants = await grantsWithAreas(tx, [userId])
  const grant = grants.find((each) => each.id === grantId && each.live)
  if (!grant) throw new DomainError('missing', 'grant.missing', 'There is no such grant.')
  if (by.userId === userId)
    throw new DomainError('forbidden', 'user.self', 'Nobody takes a role from themselves.')
  const { role } = grant
  if (!roleNames.includes(role) || !mayGrant(by.grants, role, grant.area)) {
    throw new DomainError('forbidden', 'grant.refused', 'You cannot take this role back.')
  }
  const permit = takerPermit(userId)
  if (officers.includes(role)) return askConfirmation(tx, keys, permit, { kind: 'revocation', role, by, at })
  await takeBack(tx, permit, grant, { by, at })
  return undefined
}

/** Revokes an officer role after another officer has confirmed it; nothing changes if it is no longer held. */
export async function takeOfficerRole(
  tx: Writer,
  permit: Permit<'confirmed'>,
  { role, by, at }: Doing & { role: RoleName },
): Promise<void> {
  const held = await liveGrants(tx, permit.userId)
  for (const grant of held) if (grant.role === role) await takeBack(tx, permit, grant, { by, at })
}

async function takeBack(
  tx: Writer,
  { userId }: Permit<'taker' | 'confirmed'>,
  { id, role, scope }: { id: string; role: RoleName; scope: string },
  { by, at }: Doing,
): Promise<void> {
  await tx.update(roleGrants).set({ revokedAt: at, revokedBy: by.userId }).where(eq(roleGrants.id, id))
  const subject = `user:${userId}`
  await record(tx, { action: 'role.revoked', subject, by, at, details: { role, scope } })
  forgetUsers(tx, [userId])
}
