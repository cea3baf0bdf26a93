import { and, eq, gt, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { phonesOf } from './phones.ts'
import { placeOf } from './places.ts'
import { activations, roleGrants, users } from './schema.ts'
import { mayGrant } from './scopes.ts'
import type { RoleName } from './words.ts'

export interface Asked {
  /** Only this unit and what is below it, or only this district. */
  unitId?: string
  districtCode?: string
  liaisons: boolean
  leaders: boolean
  by: Actor
}

/** One role that one person is to have. */
export interface Task {
  personId: string
  role: 'unit_administrator' | 'team_leader'
  unitId: string | null
  teamId: string | null
  over: string
}

/** Whom this is about: every unit's liaison and every team's leader within what was asked for and may be given. */
export async function tasksOf(tx: Reader, { liaisons, leaders, by, ...part }: Asked): Promise<Task[]> {
  const asked = await askedFor(tx, part)
  const reach = reachOf(by, 'accounts.edit')
  return [
    ...(liaisons ? await liaisonTasks(tx, by, and(unitsWithin(reach), unitsWithin(asked))) : []),
    ...(leaders ? await leaderTasks(tx, by, and(teamsWithin(tx, reach), teamsWithin(tx, asked))) : []),
  ]
}

async function liaisonTasks(tx: Reader, by: Actor, within: SQL | undefined): Promise<Task[]> {
  const rows = await tx
    .select({
      id: units.id,
      over: units.name,
      personId: units.liaisonPersonId,
      unitPath: units.path,
      districtCode: units.districtCode,
    })
    .from(units)
    .where(and(isNull(units.closedAt), isNotNull(units.liaisonPersonId), within))
  const role = 'unit_administrator'
  return rows
    .filter((row) => mayGrant(by.grants, role, { ...row, kind: 'unit', teamId: null }))
    .map(({ id, over, personId }) => ({ role, unitId: id, teamId: null, over, personId: personId as string }))
}

async function leaderTasks(tx: Reader, by: Actor, within: SQL | undefined): Promise<Task[]> {
  const rows = await tx
    .select({
      id: teams.id,
      over: teams.name,
      personId: teams.leaderPersonId,
      unitPath: units.path,
      districtCode: units.districtCode,
    })
    .from(teams)
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(isNull(teams.closedAt), isNotNull(teams.leaderPersonId), within))
  const role = 'team_leader'
  return rows
    .filter((row) => mayGrant(by.grants, role, { ...row, kind: 'team', teamId: row.id }))
    .map(({ id, over, personId }) => ({ role, unitId: null, teamId: id, over, personId: personId as string }))
}

async function askedFor(
  tx: Reader,
  { unitId, districtCode }: { unitId?: string; districtCode?: string },
): Promise<Reach> {
  const none = { everything: false as const, unitPaths: [], districtCodes: [], teamIds: [] }
  if (unitId) return { ...none, unitPaths: [(await placeOf(tx, { unitId })).unitPath as string] }
  return districtCode ? { ...none, districtCodes: [districtCode] } : { everything: true }
}

export interface KnownPerson {
  id: string
  name: string
  pinyin: string
  volunteerNumber: string
  hasPhone: boolean
  user: typeof users.$inferSelect | undefined
  roles: RoleName[]
  /** `role scope` of every live grant. */
  scopes: Set<string>
  linkWaits: boolean
}

/** Everything about these people that decides whether they are invited, in five queries for every 500. */
export async function peopleOf(
  tx: Reader,
  personIds: string[],
  at: DateTime,
): Promise<Map<string, KnownPerson>> {
  const known = new Map<string, KnownPerson>()
  await inChunks(personIds, 500, async (ids) => {
    const phones = await phonesOf(tx, ids)
    const accounts = await accountsOf(tx, ids, at)
    for (const person of await tx.select().from(persons).where(inArray(persons.id, ids))) {
      const account = accounts.get(person.id)
      known.set(person.id, {
        ...person,
        hasPhone: phones.has(person.id),
        user: account?.user,
        roles: account?.grants.map((grant) => grant.role) ?? [],
        scopes: new Set(account?.grants.map((grant) => `${grant.role} ${grant.scope}`)),
        linkWaits: account?.linkWaits ?? false,
      })
    }
  })
  return known
}

async function accountsOf(tx: Reader, personIds: string[], at: DateTime) {
  const found = await tx.select().from(users).where(inArray(users.personId, personIds))
  // Of a person's accounts at most one is not disabled; put last, it is the one that counts.
  const accounts = found.sort((a, b) => Number(b.disabledAt !== null) - Number(a.disabledAt !== null))
  const userIds = accounts.map((each) => each.id)
  const grants = await tx
    .select()
    .from(roleGrants)
    .where(and(inArray(roleGrants.userId, userIds), isNull(roleGrants.revokedAt)))
  const waiting = await tx
    .select({ userId: activations.userId })
    .from(activations)
    .where(
      and(
        inArray(activations.userId, userIds),
        isNull(activations.usedAt),
        isNull(activations.revokedAt),
        gt(activations.expiresAt, at),
      ),
    )
  const grantsBy = Map.groupBy(grants, (grant) => grant.userId)
  const waits = new Set(waiting.map((each) => each.userId))
  return new Map(
    accounts.map((user) => [
      user.personId,
      { user, grants: grantsBy.get(user.id) ?? [], linkWaits: waits.has(user.id) },
    ]),
  )
}
