import { and, desc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { issueActivation } from './activations.ts'
import { loginFor } from './logins.ts'
import { phoneOf } from './phones.ts'
import { roleGrants, users } from './schema.ts'
import { clashOf } from './scopes.ts'
import { forgetUsers } from './session-cache.ts'

export interface HandOver {
  teamId: string
  /** The deputy who leads from now on. */
  personId: string
  version: number
  by: Actor
  at: DateTime
}

/**
 * Hands a team to one of its deputies in one step: the leader becomes a deputy, the deputy the leader; the role over
 * the team moves with it (a deputy without an account gets one, with a one-time link by message). Pages that show the
 * team's contact follow by themselves. Handing it to whoever leads already changes nothing.
 * @throws DomainError `team.missing`; stale `version.stale`; conflict
 *   `leadership.not-a-deputy`, `team.closed`, `user.disabled`, `grant.clash`
 */
export async function handOverTeam(tx: Writer, keys: KeyRing, input: HandOver): Promise<{ version: number }> {
  const { teamId, personId, version, by, at } = input
  const [team] = await tx.select().from(teams).where(eq(teams.id, teamId))
  if (!team) throw new DomainError('missing', 'team.missing', 'There is no such team.')
  if (team.closedAt) throw new DomainError('conflict', 'team.closed', 'The team is closed.')
  if (team.version !== version)
    throw new DomainError('stale', 'version.stale', 'Somebody changed this team since you looked.')
  if (team.leaderPersonId === personId) return { version }
  await swapMemberships(tx, teamId, team.leaderPersonId, personId)
  await tx
    .update(teams)
    .set({ leaderPersonId: personId, version: version + 1 })
    .where(eq(teams.id, teamId))
  await takeRole(tx, input)
  await giveRole(tx, keys, input)
  const details = { from: team.leaderPersonId, to: personId }
  await record(tx, { action: 'team.handed-over', subject: `team:${teamId}`, by, at, details })
  return { version: version + 1 }
}

async function swapMemberships(tx: Writer, teamId: string, from: string | null, to: string): Promise<void> {
  const of = (personId: string) =>
    and(eq(memberships.teamId, teamId), eq(memberships.personId, personId), isNull(memberships.leftAt))
  const risen = await tx
    .update(memberships)
    .set({ role: 'leader' })
    .where(and(of(to), eq(memberships.role, 'deputy')))
    .returning({ id: memberships.id })
  if (risen.length === 0) {
    throw new DomainError('conflict', 'leadership.not-a-deputy', 'A team is handed to one of its deputies.')
  }
  if (from)
    await tx
      .update(memberships)
      .set({ role: 'deputy' })
      .where(and(of(from), eq(memberships.role, 'leader')))
}

const liveRoleOver = (teamId: string) =>
  and(eq(roleGrants.role, 'team_leader'), eq(roleGrants.teamId, teamId), isNull(roleGrants.revokedAt))

/** Takes the leader's role over the team from everybody who holds it. */
async function takeRole(tx: Writer, { teamId, by, at }: HandOver): Promise<void> {
  const taken = await tx
    .update(roleGrants)
    .set({ revokedAt: at, revokedBy: by.userId })
    .where(liveRoleOver(teamId))
    .returning({ userId: roleGrants.userId })
  for (const { userId } of taken) {
    const details = { role: 'team_leader', scope: `team:${teamId}`, because: 'handed over' }
    await record(tx, { action: 'role.revoked', subject: `user:${userId}`, by, at, details })
  }
  forgetUsers(
    tx,
    taken.map((grant) => grant.userId),
  )
}

/** Gives it to the new leader's account; whoever hands over needs no right to give roles. */
async function giveRole(tx: Writer, keys: KeyRing, { teamId, personId, by, at }: HandOver): Promise<void> {
  const [known] = await tx
    .select({ id: users.id, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.personId, personId))
    .orderBy(desc(isNull(users.disabledAt)))
  if (known?.disabledAt)
    throw new DomainError('conflict', 'user.disabled', 'The account of this deputy is disabled.')
  const userId = known?.id ?? (await accountFor(tx, keys, personId, by, at))
  const held = await tx
    .select({ role: roleGrants.role })
    .from(roleGrants)
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
  const clash = clashOf([...held.map((grant) => grant.role), 'team_leader'])
  if (clash)
    throw new DomainError('conflict', 'grant.clash', `${clash[0]} and ${clash[1]} must be different people.`)
  const scope = `team:${teamId}`
  const grant = {
    id: newId(),
    userId,
    role: 'team_leader' as const,
    teamId,
    scope,
    grantedBy: by.userId,
    grantedAt: at,
  }
  await tx.insert(roleGrants).values(grant)
  const details = { role: 'team_leader', scope, because: 'handed over' }
  await record(tx, { action: 'role.granted', subject: `user:${userId}`, by, at, details })
  forgetUsers(tx, [userId])
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
  await tx.insert(users).values({ id, login: loginFor(person), name: person.name, personId, createdAt: at })
  await record(tx, { action: 'user.created', subject: `user:${id}`, by, at })
  const activation = await issueActivation(tx, keys, { userId: id, by, at })
  if (await phoneOf(tx, personId))
    await enqueue(tx, 'accounts.activation-requested', { activationId: activation.id })
  return id
}
