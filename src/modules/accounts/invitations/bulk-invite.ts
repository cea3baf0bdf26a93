import type { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueueAll } from '#platform/jobs/queue.ts'
import { grantRow, reachesEverybody } from '../grant-role.ts'
import { anewPermit } from '../manage.ts'
import { rolesElsewhere } from '../one-human.ts'
import type { Permit } from '../permits.ts'
import { alarmOfRolesTogether } from '../roles-together.ts'
import { activations, roleGrants, users } from '../schema.ts'
import { clashOf, scopeText } from '../scopes.ts'
import { sealPhone } from '../sealed.ts'
import { isBeyond, setByAnother, startAnew } from '../start-anew.ts'
import type { NotInvited, RoleName } from '../words.ts'
import { activationToken, newActivation, revokeActivations } from './activations.ts'
import {
  type Asked,
  type IntendedRole,
  intendedRolesOf,
  type KnownPerson,
  type Nobody,
  nobodyFor,
  peopleOf,
} from './bulk-candidates.ts'

export interface BulkInvite extends Asked {
  /** Also replaces links that were not used yet. */
  renew: boolean
  /** `message` sends the links to the phones; `list` returns them to the caller, once. */
  deliver: 'message' | 'list'
  at: DateTime
}

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
  /** Teams and units that name nobody to invite. */
  nobody: Nobody[]
}

/**
 * Creates accounts for the liaisons of units and the leaders of teams, each with a role and a one-time link. A repeated
 * call invites only people who were not invited yet. An account the caller does not manage is not changed. All or
 * nothing.
 */
export async function bulkInvite(tx: Writer, keys: KeyRing, input: BulkInvite): Promise<BulkInvited> {
  const { by, at } = input
  const intended = await intendedRolesOf(tx, input)
  const known = await peopleOf(tx, keys, [...new Set(intended.map((each) => each.personId))], input)
  const elsewhere = reachesEverybody(by)
    ? await rolesElsewhere(tx, [...known.keys()])
    : new Map<string, RoleName[]>()
  const rows: Rows = { users: [], grants: [], activations: [], anew: new Map() }
  const result: BulkInvited = { created: 0, invited: [], skipped: [], nobody: await nobodyFor(tx, input) }
  for (const [personId, of] of Map.groupBy(intended, (each) => each.personId)) {
    const person = known.get(personId)
    if (!person) continue
    const roles = [...person.roles, ...(elsewhere.get(personId) ?? [])]
    const because = reasonAgainst({ ...person, roles }, of, input)
    if (because) result.skipped.push({ personId, name: person.name, because })
    const { permit } = person
    if (!permit || (because && !keepsRoles.has(because))) continue
    prepareUser(rows, keys, { person, permit, intended: of, by, at })
    // Who gets a link now has no password yet, and loses any earlier link by it.
    const { user } = person
    const beyond = missingOf(person, of).some(({ area }) => isBeyond(person.grants, area))
    // The new link would go to a number that whoever managed the account before has set.
    const foreign = user !== undefined && beyond && setByAnother(user, by)
    if (user && beyond && (because || foreign)) rows.anew.set(permit.userId, user)
    if (foreign && !because) result.skipped.push({ personId, name: person.name, because: 'no_phone' })
    if (because || foreign || !person.opener) continue
    const { userId } = permit
    const activation = newActivation(keys, person.opener, { purpose: 'activation', by: by.userId, at })
    rows.activations.push(activation)
    const { id: activationId, expiresAt } = activation
    const { login } = person
    const given = of.map(({ role, over }) => ({ role, over }))
    const token = activationToken(keys, activation)
    result.invited.push({
      userId,
      personId,
      name: person.name,
      login,
      activationId,
      expiresAt,
      token,
      roles: given,
    })
  }
  result.created = rows.users.length
  await write(tx, rows, input)
  for (const [userId, user] of rows.anew) await startAnew(tx, keys, anewPermit({ userId }), { user, by, at })
  const given = new Set(rows.grants.map(({ userId }) => userId))
  await alarmOfRolesTogether(tx, { userIds: [...given], at })
  return result
}

/** In these cases no link is issued, but missing roles are still granted. */
const keepsRoles = new Set<NotInvited>(['active', 'link_waiting'])

interface Rows {
  users: (typeof users.$inferInsert)[]
  grants: (typeof roleGrants.$inferInsert)[]
  activations: (typeof activations.$inferInsert)[]
  /** Accounts that get a role beyond the reach of whoever managed them so far. */
  anew: Map<string, typeof users.$inferSelect>
}

interface Preparing {
  person: KnownPerson
  permit: Permit<'manager' | 'maker'>
  intended: readonly IntendedRole[]
  by: Actor
  at: DateTime
}

function prepareUser(rows: Rows, keys: KeyRing, { person, permit, intended, by, at }: Preparing): void {
  if (!person.user) rows.users.push(newUser(keys, permit.userId, person, at))
  const missing = missingOf(person, intended)
  rows.grants.push(
    ...missing.map(({ role, withinDistrict, unitId, teamId }) =>
      grantRow(permit, { role, scope: { unitId, teamId }, withinDistrict, by, at }),
    ),
  )
}

const missingOf = ({ scopes }: KnownPerson, intended: readonly IntendedRole[]) =>
  intended.filter((each) => !scopes.has(grantKey(each)))

function reasonAgainst(
  person: KnownPerson,
  intended: readonly IntendedRole[],
  { renew, deliver, by }: Pick<BulkInvite, 'renew' | 'deliver' | 'by'>,
): NotInvited | undefined {
  const { user, roles, linkWaits, permit, opener, identifiable } = person
  // The caller's own account: users cannot grant themselves a role. If no role is missing, report `active`, not
  // `out_of_reach`.
  if (user?.id === by.userId && missingOf(person, intended).length === 0) return 'active'
  if (!permit) return 'out_of_reach'
  if (!identifiable && (!user || deliver === 'list')) return 'out_of_reach'
  if (user?.disabledAt) return 'disabled'
  if (clashOf([...roles, ...intended.map((each) => each.role)])) return 'role_clash'
  if (user?.passwordHash || (deliver === 'list' && user?.lastSignInAt)) return 'active'
  if (!opener) return 'out_of_reach'
  if (linkWaits && !renew) return 'link_waiting'
  const phone = user ? user.phone : person.phone
  if (deliver === 'message' && phone === null) return 'no_phone'
  return undefined
}

const grantKey = (each: IntendedRole) =>
  `${each.role} ${scopeText({ unitId: each.unitId, teamId: each.teamId })}`

function newUser(keys: KeyRing, id: string, person: KnownPerson, at: DateTime): typeof users.$inferInsert {
  return {
    id,
    login: person.login,
    name: person.name,
    personId: person.id,
    ...sealPhone(keys, id, person.phone),
    createdAt: at,
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
  await enqueueAll(tx, 'accounts.activation_requested', each)
}
