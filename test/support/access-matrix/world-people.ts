/** Units, teams, people and accounts of the matrix. */
import { eq } from 'drizzle-orm'
import { grantAtCommandLine } from '#modules/accounts/grant-role.ts'
import { phoneChanges, roleGrants, sessions, users } from '#modules/accounts/schema.ts'
import { disclosures } from '#modules/minors/schema.ts'
import {
  memberships,
  merges,
  personContacts,
  personRequests,
  persons,
  teams,
  unitAliases,
  units,
} from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aConsent, aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

export const since = instantFrom('2026-02-01T00:00:00Z')

export interface OrganisationThings {
  unit: string
  unitName: string
  district: string
  /** A unit below it with nothing in it, and a closed one. */
  leaf: string
  leafName: string
  shutLeaf: string
  alias: string
}

/** What hangs on a unit. */
export async function unitThings(
  { db }: TestApp,
  { unit, unitName, district }: { unit: string; unitName: string; district: string },
): Promise<OrganisationThings> {
  const leafName = `${unitName}下属`
  const leaf = await aUnit(db, { name: leafName, parentId: unit, districtCode: district })
  const shutLeaf = await aUnit(db, { parentId: unit, districtCode: district })
  const alias = newId()
  await db.transaction(async (tx) => {
    await tx.update(units).set({ closedAt: since }).where(eq(units.id, shutLeaf.id))
    const text = `别名${alias}`
    await tx
      .insert(unitAliases)
      .values({ id: alias, unitId: unit, alias: text, searchAlias: text, confirmedAt: since })
  })
  return { unit, unitName, district, leaf: leaf.id, leafName, shutLeaf: shutLeaf.id, alias }
}

export interface PersonThings {
  person: string
  personName: string
  volunteerNumber: string
  phone: string
  contact: string
  consent: string
  /** Somebody asked for the contact to be taken away. */
  request: string
}

export interface TeamThings extends PersonThings {
  team: string
  teamName: string
  /** Leads it, without an account. */
  leader: string
  deputy: string
  /** In the team and nowhere else, without a place in any event. */
  spare: string
  /** A namesake of `person` in the same team, known by the same phone. */
  twin: string
  /** Somebody who became `spare`. */
  merge: string
  /** Somebody else asked to see the data of its minors. */
  disclosure: string
}

/** Somebody with a phone and a guardian's consent. */
async function aWholePerson(app: TestApp, teamIds: string[], name: string): Promise<PersonThings> {
  const phone = aPhone()
  const { id } = await aPerson(app, { name, phone, memberships: teamIds.map((teamId) => ({ teamId })) })
  const { id: consent } = await aConsent(app, { personId: id, guardianName: '张大', givenAt: since })
  const [person] = await app.db.read.select().from(persons).where(eq(persons.id, id))
  const volunteerNumber = person?.volunteerNumber ?? ''
  const contact = await contactOf(app, id)
  const request = newId()
  const asked = { kind: 'contact_removal' as const, personId: id, contactId: contact, state: 'open' as const }
  const filed = { ...asked, id: request, requestedBy: newId(), requestedAt: since }
  await app.db.transaction((tx) => tx.insert(personRequests).values(filed))
  return { person: id, personName: name, volunteerNumber, phone, contact, consent, request }
}

async function contactOf({ db }: TestApp, personId: string): Promise<string> {
  const [link] = await db.read.select().from(personContacts).where(eq(personContacts.personId, personId))
  return link?.contactId ?? ''
}

/** A team with its people. */
export async function teamThings(
  app: TestApp,
  { unit, name, closed }: { unit: string; name: string; closed: boolean },
): Promise<TeamThings> {
  const { db } = app
  const teamName = `${name}队`
  const { id: team } = await aTeam(db, { unitId: unit, name: teamName })
  const member = (role: 'leader' | 'deputy' | 'member') =>
    aPerson(app, { memberships: [{ teamId: team, role }] })
  const [leader, deputy, spare] = [await member('leader'), await member('deputy'), await member('member')]
  const whole = await aWholePerson(app, [team], `${name}张三`)
  const twin = await aPerson(app, { name: whole.personName, phone: whole.phone, teamId: team })
  const merge = await aMerge(app, spare.id, team)
  const disclosure = await aDisclosure(app, team)
  const closedAt = closed ? since : null
  await db.transaction((tx) =>
    tx.update(teams).set({ leaderPersonId: leader.id, closedAt }).where(eq(teams.id, team)),
  )
  return {
    team,
    teamName,
    leader: leader.id,
    deputy: deputy.id,
    spare: spare.id,
    ...whole,
    twin: twin.id,
    merge,
    disclosure,
  }
}

async function aDisclosure({ db }: TestApp, teamId: string): Promise<string> {
  const { id: requestedBy } = await aUser(db, { password: null })
  const id = newId()
  const asked = { id, teamId, reason: 'insurance' as const, explanation: '核对三年级学生保险信息', hours: 4 }
  const expiresAt = since.plus({ years: 1 })
  await db.transaction((tx) =>
    tx.insert(disclosures).values({ ...asked, requestedBy, requestedAt: since, expiresAt }),
  )
  return id
}

/** A duplicate of somebody, as a merge leaves it: pointing there, with no membership of its own. */
async function aMerge(app: TestApp, keptId: string, team: string): Promise<string> {
  const { id: mergedId } = await aPerson(app, { teamId: team, phone: aPhone() })
  return merging(app, keptId, mergedId)
}

async function merging({ db }: TestApp, keptId: string, mergedId: string): Promise<string> {
  const none = { personContacts: [], skills: [], consents: [], unitsLed: [], unitsLiaised: [], teamsLed: [] }
  const id = newId()
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(memberships)
      .set({ leftAt: since })
      .where(eq(memberships.personId, mergedId))
      .returning({ id: memberships.id })
    await tx.update(persons).set({ mergedIntoId: keptId }).where(eq(persons.id, mergedId))
    const moves = { ...none, memberships: [], ended: ended.map((row) => row.id), filled: [] }
    await tx.insert(merges).values({ id, keptId, mergedId, moves, mergedAt: since })
  })
  return id
}

/** A duplicate that became `keptId`. */
export async function mergedPerson(app: TestApp, keptId: string, team: string): Promise<PersonThings> {
  const whole = await aWholePerson(app, [team], '并入者李四')
  await merging(app, keptId, whole.person)
  return whole
}

/** Somebody in two teams. */
export function sharedPerson(app: TestApp, teamIds: string[]): Promise<PersonThings> {
  return aWholePerson(app, teamIds, '双报到王五')
}

export interface AccountThings {
  /** Administers the unit. */
  user: string
  login: string
  grant: string
  session: string
  /** They asked to move the account to another number. */
  phoneChange: string
}

/** An account with roles over units, signed in somewhere. */
export async function accountThings({ db }: TestApp, unitIds: string[]): Promise<AccountThings> {
  const [user, session, phoneChange] = [newId(), newId(), newId()]
  const login = `user-${user}`
  await db.transaction(async (tx) => {
    await tx
      .insert(users)
      .values({ id: user, login, name: '测试联络员', passwordHash: 'x', createdAt: since })
    for (const unitId of unitIds) {
      await grantAtCommandLine(tx, {
        userId: user,
        role: 'unit_administrator',
        unitId,
        at: since,
      })
    }
    const expiresAt = since.plus({ years: 1 })
    const times = { createdAt: since, lastSeenAt: since, expiresAt }
    await tx
      .insert(sessions)
      .values({ id: session, userId: user, kind: 'bearer', tokenHash: session, ...times })
    const codes = { phone: 'x', oldCodeHash: 'x', newCodeHash: 'x' }
    await tx
      .insert(phoneChanges)
      .values({ id: phoneChange, userId: user, ...codes, createdAt: since, expiresAt })
  })
  const grants = await db.read.select().from(roleGrants).where(eq(roleGrants.userId, user))
  return { user, login, grant: grants.at(-1)?.id ?? '', session, phoneChange }
}
