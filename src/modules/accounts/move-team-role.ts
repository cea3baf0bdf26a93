import { and, desc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { persons } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { anewIfBeyond, insertGrant } from './grant-role.ts'
import { issueActivation } from './invitations/activations.ts'
import { freeLogins } from './logins.ts'
import { handOverPermit, makerPermit } from './manage.ts'
import { firstPhoneOf } from './phones/phones.ts'
import { roleGrants, users } from './schema.ts'
import { areaOf, grantsWithAreas } from './scope-areas.ts'
import { sealPhone } from './sealed.ts'
import { forgetUsers } from './session-cache.ts'

export interface MoveTeamRole extends Doing {
  teamId: string
  /** The new leader. */
  personId: string
}

/**
 * Moves the role over a team to the account of one person. Previous holders lose it and get a message. The user who
 * hands the team over needs no right to grant roles and does not manage the account afterwards: an existing account
 * gets only this role, and no link. Exception: if the team lies outside the reach of the users who managed the account
 * so far, the account starts anew, with a link to its own number. A person without an account gets one, with a one-time
 * link by message.
 * @throws DomainError `person.missing`; conflict `user.disabled`, `grant.clash`
 */
export async function moveTeamRole(tx: Writer, keys: KeyRing, move: MoveTeamRole): Promise<void> {
  const taken = await takeRole(tx, move)
  const given = await giveRole(tx, keys, move)
  for (const { id, userId } of taken)
    if (userId !== given) await enqueue(tx, 'accounts.team_handed_over', { grantId: id })
}

const liveRoleOver = (teamId: string) =>
  and(eq(roleGrants.role, 'team_leader'), eq(roleGrants.teamId, teamId), isNull(roleGrants.revokedAt))

/** Revokes the leader's role over the team from everybody who holds it. */
async function takeRole(tx: Writer, { teamId, by, at }: MoveTeamRole) {
  const taken = await tx
    .update(roleGrants)
    .set({ revokedAt: at, revokedBy: by.userId })
    .where(liveRoleOver(teamId))
    .returning({ id: roleGrants.id, userId: roleGrants.userId })
  for (const { userId } of taken) {
    const details = { role: 'team_leader', scope: `team:${teamId}`, because: 'handed over' }
    await record(tx, { action: 'role.revoked', subject: `user:${userId}`, by, at, details })
  }
  forgetUsers(
    tx,
    taken.map((grant) => grant.userId),
  )
  return taken
}

/** Grants the role to the new leader's account. @returns the user id */
async function giveRole(
  tx: Writer,
  keys: KeyRing,
  { teamId, personId, by, at }: MoveTeamRole,
): Promise<string> {
  const [known] = await tx
    .select({ id: users.id, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.personId, personId))
    .orderBy(desc(isNull(users.disabledAt)))
  if (known?.disabledAt)
    throw new DomainError('conflict', 'user.disabled', 'The account of this person is disabled.')
  const userId = known?.id ?? (await accountFor(tx, keys, personId, by, at))
  const before = await grantsWithAreas(tx, [userId])
  const grant = { role: 'team_leader' as const, scope: { teamId }, handedOver: true, by, at }
  const permit = handOverPermit(userId)
  await insertGrant(tx, permit, grant)
  if (known) await anewIfBeyond(tx, keys, permit, { before, area: await areaOf(tx, { teamId }), by, at })
  return userId
}

async function accountFor(
  tx: Writer,
  keys: KeyRing,
  personId: string,
  by: Actor,
  at: DateTime,
): Promise<string> {
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId))
  if (!person) throw new DomainError('missing', 'person.missing', 'There is no such person.')
  const id = newId()
  const phone = await firstPhoneOf(tx, keys, personId)
  const { name } = person
  const login = (await freeLogins(tx, [person])).get(personId) as string
  const sealed = sealPhone(keys, id, phone)
  await tx.insert(users).values({ id, login, name, personId, ...sealed, createdAt: at })
  await record(tx, { action: 'user.created', subject: `user:${id}`, by, at })
  const activation = await issueActivation(tx, keys, makerPermit(id), { by, at })
  if (phone !== null) await enqueue(tx, 'accounts.activation_requested', { activationId: activation.id })
  return id
}
