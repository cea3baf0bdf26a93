import { and, eq, gt, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { mergedInto, teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { type Actor, type Reach, reachesNothing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { freeLogins } from '../logins.ts'
import { identifiable, makerPermit, managerPermit, openerPermit } from '../manage.ts'
import { officersAmong } from '../officers.ts'
import type { Permit } from '../permits.ts'
import { firstPhonesOf } from '../phones/phones.ts'
import { activations, users } from '../schema.ts'
import { areaOf, districtsBelow, grantsWithAreas, type HeldGrant } from '../scope-areas.ts'
import { boundOf, mayGrant, type ScopeArea } from '../scopes.ts'
import type { RoleName } from '../words.ts'

export interface Asked {
  /** Only this unit and the units below it, or only this district. */
  unitId?: string
  districtCode?: string
  liaisons: boolean
  leaders: boolean
  by: Actor
}

/** A role that a person is to be given. */
export interface IntendedRole {
  personId: string
  role: 'unit_administrator' | 'team_leader'
  unitId: string | null
  teamId: string | null
  over: string
  /** See `roleGrants.withinDistrict`. */
  withinDistrict: string | null
  area: ScopeArea
}

/**
 * The roles to be given: to each unit's liaison and each team's leader, within the requested part and within what the
 * caller may grant.
 */
export async function intendedRolesOf(
  tx: Reader,
  { liaisons, leaders, by, ...part }: Asked,
): Promise<IntendedRole[]> {
  const asked = await askedFor(tx, part)
  const reach = reachOf(by, 'accounts.edit')
  const intended = [
    ...(liaisons ? await liaisonRoles(tx, by, and(unitsWithin(reach), unitsWithin(asked))) : []),
    ...(leaders ? await leaderRoles(tx, by, and(teamsWithin(tx, reach), teamsWithin(tx, asked))) : []),
  ]
  const became = await mergedInto(
    tx,
    intended.map(({ personId }) => personId),
  )
  return intended.map((each) => ({ ...each, personId: became.get(each.personId) ?? each.personId }))
}

async function liaisonRoles(tx: Reader, by: Actor, within: SQL | undefined): Promise<IntendedRole[]> {
  const rows = await tx
    .select({
      id: units.id,
      over: units.name,
      personId: units.liaisonPersonId,
      unitPath: units.path,
    })
    .from(units)
    .where(and(isNull(units.closedAt), isNotNull(units.liaisonPersonId), within))
  const role = 'unit_administrator'
  const below = await districtsBelow(
    tx,
    rows.map(({ unitPath }) => unitPath),
  )
  return rows.flatMap(({ id, over, personId, unitPath }) => {
    const area: ScopeArea = { kind: 'unit', unitPath, districts: below.get(unitPath) ?? [], teamId: null }
    if (!mayGrant(by.grants, role, area)) return []
    const withinDistrict = boundOf(by.grants, role, area)
    return [{ role, unitId: id, teamId: null, over, personId: personId as string, withinDistrict, area }]
  })
}

async function leaderRoles(tx: Reader, by: Actor, within: SQL | undefined): Promise<IntendedRole[]> {
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
  return rows.flatMap(({ id, over, personId, unitPath, districtCode }) => {
    const area: ScopeArea = { kind: 'team', unitPath, districts: [districtCode], teamId: id }
    if (!mayGrant(by.grants, role, area)) return []
    const about = { over, personId: personId as string, withinDistrict: null, area }
    return [{ role, unitId: null, teamId: id, ...about }]
  })
}

/** The most bodies that an answer names. */
const namedMax = 500

export interface Nobody {
  kind: 'team' | 'unit'
  id: string
  name: string
}

/** Open teams without a leader and units without a liaison in the requested part: nobody can be invited for them. */
export async function nobodyFor(tx: Reader, { liaisons, leaders, by, ...part }: Asked): Promise<Nobody[]> {
  const asked = await askedFor(tx, part)
  const reach = reachOf(by, 'accounts.edit')
  const led = and(
    isNull(teams.closedAt),
    isNull(teams.leaderPersonId),
    teamsWithin(tx, reach),
    teamsWithin(tx, asked),
  )
  const looked = and(
    isNull(units.closedAt),
    isNull(units.liaisonPersonId),
    unitsWithin(reach),
    unitsWithin(asked),
  )
  const ofTeams = leaders
    ? await tx.select({ id: teams.id, name: teams.name }).from(teams).where(led).limit(namedMax)
    : []
  const ofUnits = liaisons
    ? await tx.select({ id: units.id, name: units.name }).from(units).where(looked).limit(namedMax)
    : []
  return [
    ...ofTeams.map((each) => ({ kind: 'team' as const, ...each })),
    ...ofUnits.map((each) => ({ kind: 'unit' as const, ...each })),
  ]
}

async function askedFor(
  tx: Reader,
  { unitId, districtCode }: { unitId?: string; districtCode?: string },
): Promise<Reach> {
  if (unitId) return { ...reachesNothing, paths: [(await areaOf(tx, { unitId })).unitPath as string] }
  return districtCode ? { ...reachesNothing, codes: [districtCode] } : { everything: true }
}

export interface KnownPerson {
  id: string
  name: string
  pinyin: string
  volunteerNumber: string
  /** The login of the account, or of the account to be created. */
  login: string
  /** The number for an account created now. */
  phone: string | null
  user: typeof users.$inferSelect | undefined
  /**
   * The permit to change the account, or the one to be created; undefined if the caller does not manage the account.
   */
  permit: Permit<'manager' | 'maker'> | undefined
  /** The permit to issue links; also undefined for officers. */
  opener: Permit<'opener' | 'maker'> | undefined
  /** Whether the caller may identify the person. Needed to create an account and to show a link in a list. */
  identifiable: boolean
  roles: RoleName[]
  /** All grants of the account, also revoked ones. */
  grants: readonly HeldGrant[]
  /** `role scope` of each active grant. */
  scopes: Set<string>
  linkWaits: boolean
}

/** Everything needed to decide whether `by` may invite these people; five queries for every 500. */
export async function peopleOf(
  tx: Reader,
  keys: KeyRing,
  personIds: string[],
  { by, at }: { by: Actor; at: DateTime },
): Promise<Map<string, KnownPerson>> {
  const known = new Map<string, KnownPerson>()
  await inChunks(personIds, 500, async (ids) => {
    const phones = await firstPhonesOf(tx, keys, ids)
    const accounts = await accountsOf(tx, ids, at)
    const own = await identifiable(tx, by, ids)
    const userIds = [...accounts.values()].map(({ user }) => user.id)
    const officers = await officersAmong(tx, userIds, at)
    for (const person of await tx.select().from(persons).where(inArray(persons.id, ids))) {
      const account = accounts.get(person.id)
      known.set(person.id, {
        ...person,
        login: account?.user.login ?? '',
        phone: phones.get(person.id) ?? null,
        user: account?.user,
        ...permitsOf(by, account, officers),
        identifiable: own.has(person.id),
        roles: account?.live.map((grant) => grant.role) ?? [],
        grants: account?.grants ?? [],
        scopes: new Set(account?.live.map((grant) => `${grant.role} ${grant.scope}`)),
        linkWaits: account?.linkWaits ?? false,
      })
    }
  })
  const logins = await freeLogins(
    tx,
    [...known.values()].filter(({ user }) => !user),
  )
  for (const [id, login] of logins) (known.get(id) as KnownPerson).login = login
  return known
}

function permitsOf(
  by: Actor,
  account: { user: { id: string }; grants: HeldGrant[] } | undefined,
  officers: ReadonlySet<string>,
): Pick<KnownPerson, 'permit' | 'opener'> {
  if (!account) {
    const made = makerPermit(newId())
    return { permit: made, opener: made }
  }
  const permit = managerPermit(by, account.user.id, account.grants)
  return { permit, opener: permit && openerPermit(permit, officers) }
}

async function accountsOf(tx: Reader, personIds: string[], at: DateTime) {
  const found = await tx.select().from(users).where(inArray(users.personId, personIds))
  // A person has at most one account that is not disabled. It is sorted last, so that it wins in the map.
  const accounts = found.sort((a, b) => Number(b.disabledAt !== null) - Number(a.disabledAt !== null))
  const userIds = accounts.map((each) => each.id)
  const grants = await grantsWithAreas(tx, userIds)
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
    accounts.map((user) => {
      const held = grantsBy.get(user.id) ?? []
      const live = held.filter((grant) => grant.live)
      return [user.personId, { user, grants: held, live, linkWaits: waits.has(user.id) }]
    }),
  )
}
