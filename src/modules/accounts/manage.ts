import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { createPermits } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { accountAnchors } from './anchors.ts'
import { officersAmong } from './officers.ts'
import { type Permit, proof } from './permits.ts'
import { users } from './schema.ts'
import { grantsWithAreas, type HeldGrant } from './scope-areas.ts'
import { covers, mayGrant } from './scopes.ts'

type User = typeof users.$inferSelect

/** A permit, with the account it is for as read when the permit was made. */
export interface Managed {
  user: User
  permit: Permit<'manager'>
}

/** @throws DomainError `user.missing` */
export async function userById(db: Reader, userId: string): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new DomainError('missing', 'user.missing', 'There is no such user.')
  return user
}

/**
 * Whether the actor manages an account with these grants: the actor may grant every role the account holds, over its
 * scope. A role from a hand-over does not count, so handing over a team makes nobody the manager of an existing
 * account; if nothing else is held, all roles ever held count. An account that never had a role is managed by users who
 * manage everything.
 */
export function manages(actor: Actor, grants: readonly HeldGrant[]): boolean {
  const live = grants.filter((grant) => grant.live)
  const deciding = live.some((grant) => !grant.handedOver) ? live : grants
  if (deciding.length > 0) return deciding.every(({ role, area }) => mayGrant(actor.grants, role, area))
  const everything = { kind: 'everything', unitPath: null, districts: [], teamId: null } as const
  return actor.grants.some((grant) => grant.permissions.has('accounts.edit') && covers(grant, everything))
}

/**
 * A user the actor may disable, invite again or sign out. Nobody manages their own account.
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out_of_reach`
 */
export async function managedUser(db: Reader, actor: Actor, userId: string): Promise<Managed> {
  const user = await userById(db, userId)
  if (user.id === actor.userId)
    throw new DomainError('forbidden', 'user.self', 'Somebody else has to do this to your account.')
  if (!manages(actor, await grantsWithAreas(db, [userId]))) throw outOfReach()
  return { user, permit: { userId, [proof]: 'manager' } }
}

/**
 * An account with the permit to issue its links and change its number; for an officer's account, only the permit to
 * request it from another officer.
 */
export type Opened = { user: User; permit: Permit<'opener'> } | { user: User; officer: Permit<'manager'> }

/** `managedUser`, for sending a link to the account's number. @throws DomainError as `managedUser` */
export async function managedToSend(db: Reader, actor: Actor, userId: string, at: DateTime): Promise<Opened> {
  const { user, permit } = await managedUser(db, actor, userId)
  const officer = (await officersAmong(db, [userId], at)).has(userId)
  return officer ? { user, officer: permit } : { user, permit: { userId, [proof]: 'opener' } }
}

/**
 * `managedUser`, for actions by which the actor could open the account: reading its link, changing its number. The
 * holder may be known in other units too and get a role there later, so the actor must also reach everything that ties
 * the person to the organisation.
 * @throws DomainError as `managedUser`
 */
export async function managedToOpen(db: Reader, actor: Actor, userId: string, at: DateTime): Promise<Opened> {
  const opened = await managedToSend(db, actor, userId, at)
  const { personId } = opened.user
  if (personId !== null && !(await identifiable(db, actor, [personId])).has(personId)) throw outOfReach()
  return opened
}

/** Accounts lies directly above organisation, so at this level its anchors are the only ones to add. */
export const peoplePermits = createPermits([accountAnchors])

/**
 * The people among these whom the actor may identify: everything that ties them to the organisation is within the
 * actor's reach.
 */
export function identifiable(db: Reader, actor: Actor, personIds: readonly string[]): Promise<Set<string>> {
  return peoplePermits.identifiable(db, reachOf(actor, 'accounts.edit'), personIds)
}

/** A permit for an account whose grants are `grants`; undefined if the actor does not manage it. */
export function managerPermit(
  actor: Actor,
  userId: string,
  grants: readonly HeldGrant[],
): Permit<'manager'> | undefined {
  return userId !== actor.userId && manages(actor, grants) ? { userId, [proof]: 'manager' } : undefined
}

/** A permit for the links of a managed account that is not an officer's. */
export function openerPermit(
  { userId }: Permit<'manager'>,
  officers: ReadonlySet<string>,
): Permit<'opener'> | undefined {
  return officers.has(userId) ? undefined : { userId, [proof]: 'opener' }
}

/** A permit after another officer's approval. */
export function confirmedPermit({ userId }: { userId: string }): Permit<'confirmed'> {
  return { userId, [proof]: 'confirmed' }
}

/** A permit for an account created in this transaction. */
export function makerPermit(userId: string): Permit<'maker'> {
  return { userId, [proof]: 'maker' }
}

/** A permit for the user's own account. */
export function ownerPermit({ userId }: Actor): Permit<'owner'> {
  return { userId, [proof]: 'owner' }
}

/** A permit to revoke a role the actor could have granted. */
export function takerPermit(userId: string): Permit<'taker'> {
  return { userId, [proof]: 'taker' }
}

/** A permit for an account that starts anew. */
export function anewPermit({ userId }: { userId: string }): Permit<'anew'> {
  return { userId, [proof]: 'anew' }
}

/** A permit for the account of the person a team is handed to. */
export function handOverPermit(userId: string): Permit<'hand_over'> {
  return { userId, [proof]: 'hand_over' }
}

/** A permit for commands run by the operator of the server. */
export function commandLinePermit(userId: string): Permit<'command_line'> {
  return { userId, [proof]: 'command_line' }
}

function outOfReach(): DomainError {
  return new DomainError(
    'forbidden',
    'user.out_of_reach',
    'This user holds roles that you cannot give, or belongs to units out of your reach as well.',
  )
}
