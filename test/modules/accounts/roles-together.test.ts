/** Roles that two humans must hold and one holds by two accounts, where nobody could refuse it: it is told, and not silently so. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { sealPhone } from '#modules/accounts/sealed.ts'
import { type RoleOver, type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** An account of a record of its own; the records are of nobody else as far as is known. */
async function anAccount(grants: RoleOver[], { name, phone }: { name: string; phone?: string }) {
  const { id: personId } = await aPerson(app, { name })
  const user = await app.signIn(...grants)
  const number = phone === undefined ? {} : sealPhone(app.context.keys, user.userId, phone)
  const set = { personId, ...number }
  await app.db.transaction((tx) => tx.update(users).set(set).where(eq(users.id, user.userId)))
  return { ...user, personId }
}

const join = (one: { personId: string }, other: { personId: string }) =>
  app.as('city_office').put(`/api/persons/${one.personId}/other-records/${other.personId}`).expect(200)
const alarms = async (about: SignedIn) => {
  await told(app)
  const { items } = (await app.as('auditor').get('/api/attention').expect(200)).body
  return items.filter(({ subject }: { subject: string }) => subject === `user:${about.userId}`)
}

test('records that are found to be one human after both roles were given: an alarm, and the other officers are told', async () => {
  const { id: unitId } = await aUnit(app.db)
  const [theirs, others] = [aPhone(), aPhone()]
  const auditor = await anAccount([{ role: 'auditor' }], { name: '赵一', phone: theirs })
  const liaison = await anAccount([{ role: 'unit_administrator', unitId }], { name: '赵一' })
  await anAccount([{ role: 'system_administrator' }], { name: '钱二', phone: others })
  expect(await alarms(auditor)).toEqual([])
  await join(liaison, auditor)
  const [alarm] = await alarms(auditor)
  expect(alarm).toMatchObject({ kind: 'roles.together', times: 1, acknowledgedAt: null })
  const messages = (await told(app)).filter(({ kind }) => kind === 'account.roles_together')
  expect(messages.map(({ to }) => to)).toEqual([others])
  expect(messages[0]!.text).toContain(auditor.userId)
  const trail = await app.as('auditor').get('/api/audit?action=roles.together').expect(200)
  expect(trail.body.items[0].details).toEqual({
    roles: ['auditor', 'unit_administrator'],
    otherUserId: liaison.userId,
  })
  const look = (who: Parameters<TestApp['as']>[0]) =>
    app.as(who).put(`/api/attention/${alarm.id}/acknowledgement`).send({ reason: '已核查，收回其一' })
  expect((await look(auditor)).body.code).toBe('attention.own')
  await look('auditor').expect(200)
})

test('a role that an office below gives to another record of an officer is given, told to nobody there, and raises the alarm', async () => {
  const { id: unitId } = await aUnit(app.db, { districtCode: '210502' })
  const keeper = await anAccount([{ role: 'system_administrator' }], { name: '孙三' })
  const viewer = await anAccount([{ role: 'viewer', unitId }], { name: '孙三' })
  await join(keeper, viewer)
  expect(await alarms(keeper)).toEqual([])
  const office = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const give = (who: Parameters<TestApp['as']>[0]) =>
    app.as(who).post(`/api/users/${viewer.userId}/grants`).send({ role: 'unit_administrator', unitId })
  expect((await give('city_office')).body.code).toBe('grant.clash')
  await give(office).expect(201)
  expect(await alarms(keeper)).toMatchObject([{ kind: 'roles.together' }])
})

test('an account that is enabled again beside a role of another record raises it, and roles that go together raise nothing', async () => {
  const { id: unitId } = await aUnit(app.db)
  const keeper = await anAccount([{ role: 'system_administrator' }], { name: '周四' })
  const leader = await anAccount([{ role: 'unit_administrator', unitId }], { name: '周四' })
  const suspension = `/api/users/${leader.userId}/suspension`
  await app.as('city_office').put(suspension).expect(204)
  await join(keeper, leader)
  expect(await alarms(keeper)).toEqual([])
  await app.as('city_office').delete(suspension).expect(204)
  expect(await alarms(keeper)).toMatchObject([{ kind: 'roles.together' }])
  const [one, other] = [
    await anAccount([{ role: 'unit_administrator', unitId }], { name: '吴五' }),
    await anAccount([{ role: 'task_officer', unitId }], { name: '吴五' }),
  ]
  await join(one, other)
  expect([await alarms(one), await alarms(other)]).toEqual([[], []])
})
