import { and, eq, gt, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { UserDetail } from '../contract.ts'
import { identifiable, manages } from '../manage.ts'
import { presentUser } from '../present.ts'
import { factsOf, readUser, type UserRow } from '../queries.ts'
import { activations } from '../schema.ts'
import { grantsWithAreas, type HeldGrant } from '../scope-areas.ts'
import { mayGrant } from '../scopes.ts'
import type { UserOperation } from '../words.ts'

/**
 * One user with what the actor may do with the account, by the rules that the operations themselves ask (`manages`,
 * `identifiable`, `mayGrant`).
 * @throws DomainError `user.missing` when there is none, or they are out of reach
 */
export async function readUserDetail(
  db: Reader,
  actor: Actor,
  userId: string,
  at: DateTime,
): Promise<UserDetail> {
  const reach = reachOf(actor, 'accounts.read')
  const user = await readUser(db, reach, userId)
  const view = presentUser(user, await factsOf(db, [user], reach))
  const held = await grantsWithAreas(db, [userId])
  const mine = userId === actor.userId
  return {
    ...view,
    grants: view.grants.map((grant) => ({ ...grant, mayRevoke: !mine && mayTake(actor, held, grant.id) })),
    linkUntil: view.whole ? await linkUntil(db, userId, at) : null,
    allowed: [
      ...(view.whole ? (['listUserSessions'] as const) : []),
      ...(await operationsOf(db, actor, user, held)),
    ],
  }
}

function mayTake(actor: Actor, held: readonly HeldGrant[], grantId: string): boolean {
  const grant = held.find(({ id }) => id === grantId)
  return grant !== undefined && mayGrant(actor.grants, grant.role, grant.area)
}

async function operationsOf(
  db: Reader,
  actor: Actor,
  { id, personId }: UserRow,
  held: readonly HeldGrant[],
): Promise<UserOperation[]> {
  if (id === actor.userId || !manages(actor, held)) return []
  const opens = personId === null || (await identifiable(db, actor, [personId])).has(personId)
  const managing = [
    'renameUser',
    'disableUser',
    'enableUser',
    'grantRole',
    'inviteUser',
    'endSession',
  ] as const
  return opens ? [...managing, 'setUserPhone'] : [...managing]
}

/** Until when the link that waits to be used is good; null when none waits. */
async function linkUntil(db: Reader, userId: string, at: DateTime): Promise<string | null> {
  const [link] = await db
    .select({ expiresAt: activations.expiresAt })
    .from(activations)
    .where(
      and(
        eq(activations.userId, userId),
        isNull(activations.usedAt),
        isNull(activations.revokedAt),
        gt(activations.expiresAt, at),
      ),
    )
  return link ? isoOf(link.expiresAt) : null
}
