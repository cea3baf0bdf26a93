import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
})

/** What each operation on an account answers to somebody: nothing it would change is sent. */
const calls: Record<
  string,
  (as: ReturnType<TestApp['as']>, userId: string) => PromiseLike<{ status: number }>
> = {
  renameUser: (as, id) => as.patch(`/api/users/${id}`).set('if-match', '"v99"').send({ name: '李四' }),
  grantRole: (as, id) => as.post(`/api/users/${id}/grants`).send({ role: 'viewer', unitId: nowhere }),
  inviteUser: (as, id) => as.post(`/api/users/${id}/activations`).send({}),
  setUserPhone: (as, id) => as.put(`/api/users/${id}/phone`).send({ phone: '15400001111' }),
  listUserSessions: (as, id) => as.get(`/api/users/${id}/sessions`),
  enableUser: (as, id) => as.delete(`/api/users/${id}/suspension`),
  disableUser: (as, id) => as.put(`/api/users/${id}/suspension`).send({}),
}
const nowhere = '00000000-0000-7000-8000-000000000000'

test('of an account somebody reads what they may do with it, and each of it is what the operations answer', async () => {
  const unit = await aUnit(app.db)
  const other = await aUnit(app.db)
  const known = await aPerson(app, { teamId: (await aTeam(app.db, { unitId: other.id })).id })
  const office = app.as('city_office')
  const admin = app.as(await app.signIn({ role: 'unit_administrator', unitId: unit.id }))
  const stranger = app.as(await app.signIn({ role: 'unit_administrator', unitId: other.id }))
  const users = {
    viewer: await aUser(app.db, { grants: [{ role: 'viewer', unitId: unit.id }] }),
    both: await aUser(app.db, {
      grants: [
        { role: 'viewer', unitId: unit.id },
        { role: 'viewer', unitId: other.id },
      ],
    }),
    elsewhere: await aUser(app.db, { personId: known.id, grants: [{ role: 'viewer', unitId: unit.id }] }),
  }
  const managing = ['renameUser', 'disableUser', 'enableUser', 'grantRole', 'inviteUser', 'endSession']
  const expected: [ReturnType<TestApp['as']>, string, string[] | undefined][] = [
    [office, users.viewer.id, ['listUserSessions', ...managing, 'setUserPhone']],
    [admin, users.viewer.id, ['listUserSessions', ...managing, 'setUserPhone']],
    [admin, users.both.id, []],
    [stranger, users.both.id, []],
    [office, users.both.id, ['listUserSessions', ...managing, 'setUserPhone']],
    // The person is known to another unit too: their number is not this one’s to change.
    [admin, users.elsewhere.id, ['listUserSessions', ...managing]],
    [stranger, users.viewer.id, undefined],
  ]
  for (const [as, userId, allowed] of expected) {
    const { body, status } = await as.get(`/api/users/${userId}`)
    expect([status, body.allowed]).toEqual([allowed ? 200 : 404, allowed])
    for (const [name, call] of Object.entries(calls)) {
      const answer = await call(as, userId)
      const missing = name === 'grantRole' && allowed?.includes(name) ? [400, 403] : []
      const refused = (answer.status === 403 || answer.status === 404) && !missing.includes(answer.status)
      // A role over a unit that does not exist is `unit.missing`, to whoever may give roles to this account.
      const isMissingUnit =
        name === 'grantRole' && (answer as { body?: { code?: string } }).body?.code === 'unit.missing'
      expect([name, refused && !isMissingUnit]).toEqual([name, !allowed?.includes(name)])
    }
  }
})

test('a role tells who gave it, and whether the reader may take it back', async () => {
  const unit = await aUnit(app.db)
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const made = await app
    .as(admin)
    .post('/api/users')
    .send({ login: 'hall.screen', name: '大厅', grants: [{ role: 'viewer', unitId: unit.id }] })
    .expect(201)
  const path = `/api/users/${made.body.id}`
  const read = async (as: ReturnType<TestApp['as']>) => (await as.get(path).expect(200)).body
  expect((await read(app.as(admin))).grants).toMatchObject([
    { role: 'viewer', grantedBy: { id: admin.userId }, mayRevoke: true },
  ])
  // The system administrator sees all accounts, and gives officers’ roles only.
  const { grants, allowed } = await read(app.as('system_administrator'))
  expect([grants[0].mayRevoke, allowed]).toEqual([false, ['listUserSessions']])
  const mine = await app.as(admin).get(`/api/users/${admin.userId}`).expect(200)
  expect([mine.body.allowed, mine.body.grants[0].mayRevoke, mine.body.grants[0].grantedBy]).toEqual([
    ['listUserSessions'],
    false,
    null,
  ])
})

test('a link that waits tells until when, and no longer once it was used or replaced', async () => {
  const user = await aUser(app.db, { password: null, grants: [{ role: 'viewer' }] })
  const office = app.as('city_office')
  const until = async () => (await office.get(`/api/users/${user.id}`)).body.linkUntil
  expect(await until()).toBeNull()
  const link = await office.post(`/api/users/${user.id}/activations`).send({ deliver: 'list' }).expect(201)
  expect(await until()).toBe(link.body.expiresAt)
  const token = link.body.link.split('/').at(-1)
  await app.request
    .put(`/api/activations/${token}/password`)
    .send({ password: 'Haikuo-ping-yu-yue-2026' })
    .expect(200)
  expect(await until()).toBeNull()
})

test('accounts are found by the unit and the district that their roles are over', async () => {
  const above = await aUnit(app.db, { districtCode: '219901' })
  const below = await aUnit(app.db, { parentId: above.id, districtCode: '219901' })
  const inUnit = await aUser(app.db, { grants: [{ role: 'viewer', unitId: below.id }] })
  const inDistrict = await aUser(app.db, { grants: [{ role: 'viewer', districtCode: '219901' }] })
  const office = app.as('city_office')
  const found = async (query: object, as = office) =>
    (await as.get('/api/users').query(query).expect(200)).body.items.map((each: { id: string }) => each.id)
  expect(await found({ unitId: above.id })).toEqual([inUnit.id])
  expect((await found({ districtCode: '219901' })).sort()).toEqual([inUnit.id, inDistrict.id].sort())
  expect(await found({ districtCode: '219901', unitId: above.id, role: 'viewer' })).toEqual([inUnit.id])
  expect(await found({ unitId: above.id, role: 'team_leader' })).toEqual([])
  const missing = await office.get('/api/users').query({ unitId: nowhere })
  expect([missing.status, missing.body.code]).toEqual([404, 'unit.missing'])
})
