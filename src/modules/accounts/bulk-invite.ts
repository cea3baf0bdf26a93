import type { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueueAll } from '#platform/jobs/queue.ts'
import { activationToken, newActivation, revokeActivations } from './activations.ts'
import { type Asked, type KnownPerson, peopleOf, type Task, tasksOf } from './bulk-candidates.ts'
import { loginFor } from './logins.ts'
import { activations, roleGrants, users } from './schema.ts'
import { clashOf } from './scopes.ts'
import type { RoleName } from './words.ts'

export interface BulkInvite extends Asked {
  /** Also replaces links that wait to be used. */
  renew: boolean
  /** `message` sends the links; `list` hands them to the caller, once. */
  deliver: 'message' | 'list'
  at: DateTime
}

/** Why somebody got no link. */
export type NotInvited = 'active' | 'link_waiting' | 'disabled' | 'role_clash' | 'no_phone'

export interface Invited {
  userId: string
  personId: string
  name: string
  login: string
  activationId: string
  expiresAt: DateTime
  token: string
  roles: { role: RoleName; over: string }[]
}

export interface BulkInvited {
  created: number
  invited: Invited[]
  skipped: { personId: string; name: string; because: NotInvited }[]
}

/**
 * Accounts for the liaisons of units and the leaders of teams, each with their role and a single-use link. Running
 * it again invites only whoever was missed. All or nothing.
 */
export async function bulkInvite(tx: Writer, keys: KeyRing, input: BulkInvite): Promise<BulkInvited> {
  const { by, at, renew, deliver } = input
  const tasks = await tasksOf(tx, input)
  const known = await peopleOf(tx, [...new Set(tasks.map((task) => task.personId))], at)
  const rows: Rows = { users: [], grants: [], activations: [] }
  const result: BulkInvited = { created: 0, invited: [], skipped: [] }
  for (const [personId, of] of Map.groupBy(tasks, (task) => task.personId)) {
    const person = known.get(personId)
    if (!person) continue
    const because = reasonAgainst(person, of, { renew, deliver })
    if (because) result.skipped.push({ personId, name: person.name, because })
    if (because && !keepsRoles.has(because)) continue
    const userId = prepareUser(rows, person, of, by, at)
    if (because) continue
    const activation = newActivation(keys, { userId, purpose: 'activation', by: by.userId, at })
    rows.activations.push(activation)
    const { id: activationId, expiresAt } = activation
    const login = person.user?.login ?? loginFor(person)
    const roles = of.map(({ role, over }) => ({ role, over }))
    const token = activationToken(keys, activation)
    result.invited.push({ userId, personId, name: person.name, login, activationId, expiresAt, token, roles })
  }
  result.created = rows.users.length
  await write(tx, rows, input)
  return result
}

/** Who needs no link still gets the roles that were missing. */
const keepsRoles = new Set<NotInvited>(['active', 'link_waiting'])

interface Rows {
  users: (typeof users.$inferInsert)[]
  grants: (typeof roleGrants.$inferInsert)[]
  activations: (typeof activations.$inferInsert)[]
}

function prepareUser(
  rows: Rows,
  person: KnownPerson,
  tasks: readonly Task[],
  by: Actor,
  at: DateTime,
): string {
  const userId = person.user?.id ?? newId()
  if (!person.user) rows.users.push(newUser(userId, person, at))
  const missing = tasks.filter((task) => !person.scopes.has(grantKey(task)))
  rows.grants.push(...missing.map((task) => newGrant(userId, task, by, at)))
  return userId
}

function reasonAgainst(
  { user, roles, linkWaits, hasPhone }: KnownPerson,
  tasks: readonly Task[],
  { renew, deliver }: Pick<BulkInvite, 'renew' | 'deliver'>,
): NotInvited | undefined {
  if (user?.disabledAt) return 'disabled'
  if (clashOf([...roles, ...tasks.map((task) => task.role)])) return 'role_clash'
  if (user?.passwordHash) return 'active'
  if (linkWaits && !renew) return 'link_waiting'
  if (deliver === 'message' && !hasPhone) return 'no_phone'
  return undefined
}

const scopeOf = (task: Task) => (task.teamId ? `team:${task.teamId}` : `unit:${task.unitId}`)
const grantKey = (task: Task) => `${task.role} ${scopeOf(task)}`

function newUser(id: string, person: KnownPerson, at: DateTime): typeof users.$inferInsert {
  return {
    id,
    login: loginFor(person),
    name: person.name,
    personId: person.id,
    createdAt: at,
  }
}

function newGrant(userId: string, task: Task, by: Actor, at: DateTime): typeof roleGrants.$inferInsert {
  const { role, unitId, teamId } = task
  return {
    id: newId(),
    userId,
    role,
    unitId,
    teamId,
    scope: scopeOf(task),
    grantedBy: by.userId,
    grantedAt: at,
  }
}

async function write(tx: Writer, rows: Rows, { by, at, deliver }: BulkInvite): Promise<void> {
  const invited = rows.activations.map((activation) => activation.userId)
  await inChunks(invited, 200, (userIds) => revokeActivations(tx, userIds, at))
  await inChunks(rows.users, 200, (values) => tx.insert(users).values(values))
  await inChunks(rows.grants, 200, (values) => tx.insert(roleGrants).values(values))
  await inChunks(rows.activations, 200, (values) => tx.insert(activations).values(values))
  await recordAll(tx, [
    ...rows.users.map(({ id }) => ({ action: 'user.created', subject: `user:${id}`, by, at })),
    ...rows.grants.map(({ userId, role, scope }) => ({
      action: 'role.granted',
      subject: `user:${userId}`,
      by,
      at,
      details: { role, scope },
    })),
    ...invited.map((userId) => ({
      action: 'activation.issued',
      subject: `user:${userId}`,
      by,
      at,
      details: { deliver },
    })),
  ])
  if (deliver === 'list') return
  const each = rows.activations.map(({ id }) => ({ params: { activationId: id }, key: `activation:${id}` }))
  await enqueueAll(tx, 'accounts.activation-requested', each)
}
