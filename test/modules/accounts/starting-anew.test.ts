/** Whoever opened an account while its roles were theirs alone does not keep it when it gets roles elsewhere. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knownBrowsers, users } from '#modules/accounts/schema.ts'
import { saveUnits } from '#modules/organisation/index.ts'
import { memberships } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { bindPhone, goodPassword, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** A leader whose liaison made the account, read its link off the list and chose the password. */
async function anOpenedAccount() {
  const [here, there] = [await aUnit(app.db), await aUnit(app.db)]
  const [team, beyond] = [await aTeam(app.db, { unitId: here.id }), await aTeam(app.db, { unitId: there.id })]
  const phone = aPhone()
  const person = await aPerson(app, { teamId: team.id })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: here.id })
  const grants = [{ role: 'team_leader', teamId: team.id }]
  const login = `leader-${team.id.slice(-8)}`
  const { body: user } = await app
    .as(liaison)
    .post('/api/users')
    .send({ login, name: '王队长', personId: person.id, grants })
    .expect(201)
  await bindPhone(app, user.id, phone)
  const listed = await app.as(liaison).post(`/api/users/${user.id}/activations`).send({ deliver: 'list' })
  const token = (listed.body.link as string).split('/').at(-1)
  await app.request.put(`/api/activations/${token}/password`).send({ password: goodPassword }).expect(200)
  const signIn = () =>
    app.request.post('/api/sessions').send({ login, password: goodPassword, kind: 'bearer' })
  const session = { userId: user.id as string, token: (await signIn().expect(201)).body.token as string }
  return { here, there, team, beyond, phone, person, liaison, userId: user.id as string, signIn, session }
}

type Opened = Awaited<ReturnType<typeof anOpenedAccount>>

async function expectAnew({ signIn, session, phone, userId }: Opened) {
  expect((await signIn()).status).toBe(401)
  expect((await app.as(session).get('/api/me')).status).toBe(401)
  expect(await app.db.read.select().from(knownBrowsers).where(eq(knownBrowsers.userId, userId))).toEqual([])
  const messages = (await told(app)).filter(({ to }) => to === phone)
  expect(messages.map(({ kind }) => kind)).toEqual(['account.activation'])
  const text = /王队长请于3月6日前设置密码 \S+\/a\/[0-9A-Z]{16}$/
  expect(messages[0]?.text).toMatch(text)
  const token = messages[0]?.text.match(/\/a\/([0-9A-Z]{16})/)?.[1]
  const shown = await app.request.get(`/api/activations/${token}`)
  expect(shown.body.office).toEqual({ over: expect.any(String), role: 'team_leader' })
  const chosen = await app.request
    .put(`/api/activations/${token}/password`)
    .send({ password: `${goodPassword}-anew` })
  expect(chosen.status).toBe(200)
}

test('an account starts anew when an office over both units gives it a role of another unit', async () => {
  const opened = await anOpenedAccount()
  const grant = (body: object) =>
    app.as('city_office').post(`/api/users/${opened.userId}/grants`).send(body).expect(201)
  // Within the reach of those who managed it, nothing ends.
  await grant({ role: 'viewer', unitId: opened.here.id })
  expect((await opened.signIn()).status).toBe(201)
  await grant({ role: 'viewer', unitId: opened.there.id })
  await expectAnew(opened)
})

test('an account starts anew when it gets a team of another unit', async () => {
  const opened = await anOpenedAccount()
  const { beyond, person } = opened
  const city = app.as('city_office')
  const member = { id: newId(), personId: person.id, teamId: beyond.id, role: 'member' as const }
  await app.db.transaction((tx) => tx.insert(memberships).values({ ...member, joinedAt: app.clock.now() }))
  const { headers } = await city.get(`/api/teams/${beyond.id}`)
  const handed = await city
    .put(`/api/teams/${beyond.id}/leadership`)
    .set('if-match', headers.etag as string)
    .send({ personId: person.id })
  expect([handed.status, handed.body.leaderPersonId]).toEqual([200, person.id])
  await expectAnew(opened)
})

test('an account starts anew when a bulk invitation gives it the role of a liaison elsewhere', async () => {
  const opened = await anOpenedAccount()
  const { there, person } = opened
  await app.db.transaction((tx) =>
    saveUnits(tx, [{ id: there.id, name: '市住建局', liaisonPersonId: person.id }], app.clock.now()),
  )
  const bulk = await app
    .as('city_office')
    .post('/api/accounts/bulk-invitations')
    .send({ unitId: there.id, deliver: 'list' })
  expect([bulk.status, bulk.body.invited]).toEqual([200, []])
  await expectAnew(opened)
  const [user] = await app.db.read.select().from(users).where(eq(users.id, opened.userId))
  expect(user?.disabledAt).toBeNull()
})

test('a number that an old manager set gets neither the link nor a code of an account that started anew', async () => {
  const opened = await anOpenedAccount()
  const { liaison, userId, phone, there } = opened
  const theirs = aPhone()
  await app.as(liaison).put(`/api/users/${userId}/phone`).send({ phone: theirs }).expect(200)
  const city = app.as('city_office')
  const grant = { role: 'unit_administrator', unitId: there.id }
  await city.post(`/api/users/${userId}/grants`).send(grant).expect(201)
  expect((await opened.signIn()).status).toBe(401)
  const sent = (await told(app)).filter(({ to }) => to === theirs || to === phone)
  expect(sent.map(({ to, kind }) => [to, kind])).toEqual([
    [phone, 'account.phone_changed'],
    [theirs, 'account.phone_changed'],
  ])
  expect((await city.get(`/api/users/${userId}`)).body.reachable).toBe(false)
  await app.request.post('/api/login-codes').send({ phone: theirs })
  expect((await told(app)).filter(({ to }) => to === theirs)).toHaveLength(1)
  // Whoever gave the role gives the number, and the link goes there.
  await city.put(`/api/users/${userId}/phone`).send({ phone }).expect(200)
  await city.post(`/api/users/${userId}/activations`).send({ deliver: 'message' }).expect(201)
  expect(
    (await told(app)).filter(({ to, kind }) => to === phone && kind === 'account.activation'),
  ).toHaveLength(1)
})
