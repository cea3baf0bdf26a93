/** Who may change what identifies somebody: whoever reaches all that ties them to the organisation. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountAnchors } from '#modules/accounts/index.ts'
import { roleGrants } from '#modules/accounts/schema.ts'
import { createPermits } from '#modules/organisation/index.ts'
import { memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import type { Reach } from '#platform/http/access.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const permits = createPermits([accountAnchors])
let app: TestApp
let [unitId, elsewhere] = ['', '']
let [team, far] = ['', '']
let reach: Reach
let liaison: SignedIn

beforeAll(async () => {
  app = await startApp({ worker: false })
  unitId = (await aUnit(app.db)).id
  elsewhere = (await aUnit(app.db, { districtCode: '210503' })).id
  team = (await aTeam(app.db, { unitId })).id
  far = (await aTeam(app.db, { unitId: elsewhere })).id
  reach = { everything: false, paths: [`/${unitId}/`], codes: [], ids: [] }
  liaison = await app.signIn({ role: 'unit_administrator', unitId })
})
afterAll(() => app[Symbol.asyncDispose]())

const mayIdentify = async (personId: string, by = reach) =>
  (await permits.identifiable(app.db.read, by, [personId])).has(personId)

test('a person of one unit belongs to it alone, although they left other units or those are closed', async () => {
  const { id } = await aPerson(app, { memberships: [{ teamId: team }, { teamId: far }] })
  expect(await mayIdentify(id)).toBe(false)
  await app.db.transaction((tx) =>
    tx.update(memberships).set({ leftAt: app.clock.now() }).where(eq(memberships.teamId, far)),
  )
  expect(await mayIdentify(id)).toBe(true)

  const shut = await aTeam(app.db, { unitId: elsewhere })
  const other = await aPerson(app, { memberships: [{ teamId: team }, { teamId: shut.id }] })
  expect(await mayIdentify(other.id)).toBe(false)
  await app.db.transaction((tx) =>
    tx.update(teams).set({ closedAt: app.clock.now() }).where(eq(teams.id, shut.id)),
  )
  expect(await mayIdentify(other.id)).toBe(true)
})

test('if all teams of a person are closed, the closed ones decide', async () => {
  const here = await aTeam(app.db, { unitId })
  const there = await aTeam(app.db, { unitId: elsewhere })
  const own = await aPerson(app, { teamId: here.id })
  const both = await aPerson(app, { memberships: [{ teamId: here.id }, { teamId: there.id }] })
  for (const { id } of [here, there])
    await app.db.transaction((tx) =>
      tx.update(teams).set({ closedAt: app.clock.now() }).where(eq(teams.id, id)),
    )
  expect([await mayIdentify(own.id), await mayIdentify(both.id)]).toEqual([true, false])
})

test('an office in another unit, a team led there, and a role of the account there each tie a person to that unit', async () => {
  const [answers, leads, acts] = [
    await aPerson(app, { teamId: team }),
    await aPerson(app, { teamId: team }),
    await aPerson(app, { teamId: team }),
  ]
  const all = async () => {
    const found = await permits.identifiable(app.db.read, reach, [answers.id, leads.id, acts.id])
    return [answers, leads, acts].map(({ id }) => found.has(id))
  }
  expect(await all()).toEqual([true, true, true])
  await app.db.transaction(async (tx) => {
    await tx.update(units).set({ liaisonPersonId: answers.id }).where(eq(units.id, elsewhere))
    await tx.update(teams).set({ leaderPersonId: leads.id }).where(eq(teams.id, far))
  })
  const grants = [{ role: 'district_office' as const, districtCode: '210503' }]
  const account = await aUser(app.db, { personId: acts.id, grants })
  expect(await all()).toEqual([false, false, false])
  await app.db.transaction((tx) =>
    tx.update(roleGrants).set({ revokedAt: app.clock.now() }).where(eq(roleGrants.userId, account.id)),
  )
  expect(await all()).toEqual([false, false, true])
  const whole = { everything: false, paths: [`/${unitId}/`], codes: ['210503'], ids: [] } as const
  const wide = { ...whole, paths: [...whole.paths], codes: [...whole.codes], ids: [] }
  expect((await permits.identifiable(app.db.read, wide, [answers.id, leads.id])).size).toBe(2)
})

test('a person with a role over everything, or with no tie, is identified by the city only', async () => {
  const { id } = await aPerson(app, { teamId: team })
  await aUser(app.db, { personId: id, grants: [{ role: 'city_office' }] })
  const loose = await aPerson(app, { memberships: [] })
  expect([await mayIdentify(id), await mayIdentify(loose.id)]).toEqual([false, false])
  expect(await mayIdentify(loose.id, { everything: true })).toBe(true)
})

test('the SQL condition finds exactly the people of the set', async () => {
  const everybody = (await app.db.read.select({ id: persons.id }).from(persons)).map(({ id }) => id)
  const listed = await app.db.read
    .select({ id: persons.id })
    .from(persons)
    .where(permits.identifiableBy(app.db.read, reach))
  const named = await permits.identifiable(app.db.read, reach, everybody)
  expect(listed.map(({ id }) => id).sort()).toEqual([...named].sort())
  expect(named.size).toBeGreaterThan(0)
  expect(named.size).toBeLessThan(everybody.length)
})

test('a user who does not reach all of a person changes only data that does not identify the person', async () => {
  const { id } = await aPerson(app, {
    memberships: [{ teamId: team }, { teamId: far }],
    phone: '13941400001',
  })
  const change = (body: object, version = 1) =>
    app.as(liaison).patch(`/api/persons/${id}`).set('if-match', `"v${version}"`).send(body)
  expect((await change({ residence: '平山区', sex: 'male' })).status).toBe(200)
  for (const body of [{ name: '改名' }, { birthDate: '1990-01-01' }, { identityNumber: null }]) {
    const refused = await change(body, 2)
    expect([refused.status, refused.body.code]).toEqual([403, 'person.not_identifiable'])
  }
  const added = await app
    .as(liaison)
    .post(`/api/persons/${id}/contacts`)
    .send({ kind: 'phone', value: '13941400002' })
  expect([added.status, added.body.code]).toEqual([403, 'person.not_identifiable'])
})
