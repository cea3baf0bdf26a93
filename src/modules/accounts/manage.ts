import { eq } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { type HeldGrant, heldGrants } from './places.ts'
import { users } from './schema.ts'
import { covers, mayGrant } from './scopes.ts'

type User = typeof users.$inferSelect

/** @throws DomainError `user.missing` */
export async function userById(db: Reader, userId: string): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new DomainError('missing', 'user.missing', 'There is no such user.')
  return user
}

/**
 * Whether the actor could have appointed this user: every role the user holds is one the actor may give, there.
 * A user without roles is managed by whoever manages everything.
 */
function manages(actor: Actor, held: readonly HeldGrant[]): boolean {
  if (held.length > 0) return held.every(({ role, place }) => mayGrant(actor.grants, role, place))
  const everything = { kind: 'everything', unitPath: null, districtCode: null, teamId: null } as const
  return actor.grants.some((grant) => grant.permissions.has('accounts.edit') && covers(grant, everything))
}

/**
 * A user whom the actor may disable, invite again or sign out. Nobody manages themselves.
 * @throws DomainError `user.missing`; forbidden `user.self`, `user.out-of-reach`
 */
export async function managedUser(db: Reader, actor: Actor, userId: string): Promise<User> {
  const user = await userById(db, userId)
  if (user.id === actor.userId)
    throw new DomainError('forbidden', 'user.self', 'Somebody else has to do this to your account.')
  if (!manages(actor, await heldGrants(db, [userId]))) {
    throw new DomainError('forbidden', 'user.out-of-reach', 'This user holds roles that you cannot give.')
  }
  return user
}
