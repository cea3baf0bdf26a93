/** System administrator, auditor and city office are made, and their accounts opened, by two of them. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activations, users } from '#modules/accounts/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, bindPhone, goodPassword, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const decide = (who: Parameters<TestApp['as']>[0], id: string, state: 'approval' | 'refusal') =>
  app.as(who).put(`/api/officer-confirmations/${id}/${state}`)
const rolesOf = async (userId: string) =>
  (await app.as('city_office').get(`/api/users/${userId}`)).body.grants.map(
    ({ role }: { role: string }) => role,
  )

async function candidate(phone = aPhone()) {
  const user = await aUser(app.db)
  await bindPhone(app, user.id, phone)
  return { ...user, number: phone }
}

test.each([
  ['system_administrator', 'auditor'],
  ['system_administrator', 'city_office'],
  ['system_administrator', 'system_administrator'],
  ['city_office', 'city_office'],
] as const)(
  '%s alone makes nobody %s: another officer confirms, and the link goes to the number',
  async (asker, role) => {
    const by = await app.signIn({ role: asker })
    const other = await app.signIn({ role: 'auditor' })
    const user = await candidate()
    const asked = await app.as(by).post(`/api/users/${user.id}/grants`).send({ role })
    expect([asked.status, asked.body.kind, asked.body.state, asked.body.role]).toEqual([
      202,
      'grant',
      'pending',
      role,
    ])
    expect(asked.body.user.phone).toBe(`${user.number.slice(0, 3)}****${user.number.slice(-4)}`)
    const again = await app.as(by).post(`/api/users/${user.id}/grants`).send({ role })
    expect(again.body.id).toBe(asked.body.id)
    expect(await rolesOf(user.id)).toEqual([])
    expect((await told(app)).filter(({ to }) => to === user.number).map(({ kind }) => kind)).toEqual([
      'account.officer_change',
    ])
    const own = await decide(by, asked.body.id, 'approval')
    expect([own.status, own.body.code]).toEqual([403, 'confirmation.own'])
    const approved = await decide(other, asked.body.id, 'approval')
    expect([approved.status, approved.body.state, approved.body.decidedByUserId]).toEqual([
      200,
      'approved',
      other.userId,
    ])
    expect(await rolesOf(user.id)).toEqual([role])
    // Whoever made the account may know its password: it starts anew.
    const old = await app.request.post('/api/sessions').send({ login: user.login, password: goodPassword })
    expect(old.status).toBe(401)
    const link = (await told(app)).filter(({ to }) => to === user.number).at(-1)
    expect(link?.kind).toBe('account.activation')
    expect((await decide(other, asked.body.id, 'approval')).status).toBe(200)
    expect((await decide('auditor', asked.body.id, 'refusal')).body.code).toBe('confirmation.decided')
  },
)

test('only officers confirm, and a refused, void or expired confirmation changes nothing', async () => {
  const by = await app.signIn({ role: 'system_administrator' })
  const ask = async () => {
    const user = await candidate()
    const { body } = await app.as(by).post(`/api/users/${user.id}/grants`).send({ role: 'auditor' })
    return { user, id: body.id as string }
  }
  const [refused, late, left] = [await ask(), await ask(), await ask()]
  for (const role of ['district_office', 'viewer', 'unit_administrator'] as const)
    expect((await decide(role, refused.id, 'approval')).status).toBe(403)
  expect((await decide('city_office', refused.id, 'refusal')).body.state).toBe('refused')
  expect((await decide('auditor', refused.id, 'approval')).body.code).toBe('confirmation.decided')
  // Whoever asked is an officer no more.
  const mine = await app.as('city_office').get(`/api/users/${by.userId}`)
  const taken = await app
    .as('system_administrator')
    .delete(`/api/users/${by.userId}/grants/${mine.body.grants[0].id}`)
    .expect(202)
  expect((await decide('city_office', taken.body.id, 'approval')).status).toBe(200)
  expect((await decide('auditor', left.id, 'approval')).body.code).toBe('confirmation.void')
  await app.advance({ days: 8 })
  expect((await decide('auditor', late.id, 'approval')).body.code).toBe('confirmation.expired')
  for (const { user } of [refused, late, left]) expect(await rolesOf(user.id)).toEqual([])
  const waiting = await app.as('auditor').get('/api/officer-confirmations').query({ state: 'refused' })
  expect(waiting.body.items.map(({ id }: { id: string }) => id)).toEqual([refused.id])
})

test('the second officer is another human, not another account of the first one', async () => {
  const asker = await app.signIn({ role: 'city_office' })
  const twin = await app.signIn({ role: 'city_office' })
  const [one, other] = [await aPerson(app), await aPerson(app)]
  for (const [{ userId }, { id: personId }] of [
    [asker, one],
    [twin, other],
  ] as const)
    await app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)))
  const oneHuman = `/api/persons/${one.id}/other-records/${other.id}`
  await app.as('city_office').put(oneHuman).expect(200)
  const user = await candidate()
  const { body } = await app.as(asker).post(`/api/users/${user.id}/grants`).send({ role: 'city_office' })
  expect((await decide(twin, body.id, 'approval')).body.code).toBe('confirmation.own')
  await app.as('city_office').delete(oneHuman).expect(200)
  expect((await decide(twin, body.id, 'approval')).status).toBe(200)
})

test('no officer alone removes another one: suspending, restoring and revoking need a second officer', async () => {
  for (const role of ['system_administrator', 'auditor', 'city_office'] as const) {
    const user = await app.signIn({ role })
    const asker = await app.signIn({ role: 'system_administrator' })
    const state = async () => {
      const { body } = await app.as('city_office').get(`/api/users/${user.userId}`)
      return [body.disabledAt === null, body.grants.length]
    }
    const asked = await app.as(asker).put(`/api/users/${user.userId}/suspension`)
    expect([asked.status, asked.body.kind, asked.body.state]).toEqual([202, 'suspension', 'pending'])
    expect((await app.as(asker).put(`/api/users/${user.userId}/suspension`)).body.id).toBe(asked.body.id)
    expect((await decide(asker, asked.body.id, 'approval')).body.code).toBe('confirmation.own')
    expect((await decide(user, asked.body.id, 'approval')).body.code).toBe('confirmation.own')
    expect(await state()).toEqual([true, 1])
    expect((await decide('city_office', asked.body.id, 'approval')).status).toBe(200)
    expect(await state()).toEqual([false, 1])
    expect((await app.as(user).get('/api/me')).status).toBe(401)
    const back = await app.as(asker).delete(`/api/users/${user.userId}/suspension`)
    expect([back.status, back.body.kind]).toEqual([202, 'restoration'])
    expect((await decide('auditor', back.body.id, 'approval')).status).toBe(200)
    expect(await state()).toEqual([true, 1])
    const { body } = await app.as('city_office').get(`/api/users/${user.userId}`)
    const taken = await app.as(asker).delete(`/api/users/${user.userId}/grants/${body.grants[0].id}`)
    expect([taken.status, taken.body.kind, taken.body.role]).toEqual([202, 'revocation', role])
    expect((await decide(asker, taken.body.id, 'approval')).body.code).toBe('confirmation.own')
    expect(await state()).toEqual([true, 1])
    expect((await decide('auditor', taken.body.id, 'approval')).status).toBe(200)
    expect(await state()).toEqual([true, 0])
    // An officer no more: what is done to the account now needs no second one.
    await app.as(asker).put(`/api/users/${user.userId}/suspension`).expect(204)
    expect(await state()).toEqual([false, 0])
  }
})

test('a new account for an officer has no role until it is confirmed, and its link is sent by message only', async () => {
  const asker = app.as('system_administrator')
  const made = await asker
    .post('/api/users')
    .send({ login: 'new-office', name: '王敏', grants: [{ role: 'city_office' }] })
    .expect(201)
  expect(made.body.grants).toEqual([])
  for (const who of ['system_administrator', 'city_office'] as const) {
    const link = await app.as(who).post(`/api/users/${made.body.id}/activations`).send({ deliver: 'list' })
    expect([link.status, link.body.code]).toEqual([409, 'activation.by_message_only'])
  }
  const { body } = await app.as('auditor').get('/api/officer-confirmations').query({ state: 'pending' })
  const { id } = body.items.find(({ user }: { user: { id: string } }) => user.id === made.body.id)
  expect((await decide('auditor', id, 'approval')).body.code).toBe('user.unreachable')
  const phone = aPhone()
  await bindPhone(app, made.body.id, phone)
  // The next number is another officer's business.
  const second = await asker.put(`/api/users/${made.body.id}/phone`).send({ phone: aPhone() })
  expect([second.status, second.body.kind]).toEqual([202, 'phone'])
  expect((await decide('auditor', id, 'approval')).status).toBe(200)
  expect((await told(app)).filter(({ to }) => to === phone).at(-1)?.kind).toBe('account.activation')
})

test('a password reset and a new number of an officer’s account need another officer, and the holder gets a message', async () => {
  const phone = aPhone()
  const user = await aUser(app.db, { grants: [{ role: 'auditor' }] })
  await app.db.transaction((tx) => tx.update(users).set({ phone: null }).where(eq(users.id, user.id)))
  const asker = await app.signIn({ role: 'system_administrator' })
  const put = await app.as(asker).put(`/api/users/${user.id}/phone`).send({ phone })
  expect([put.status, put.body.newPhone]).toEqual([202, `${phone.slice(0, 3)}****${phone.slice(-4)}`])
  expect((await decide(asker, put.body.id, 'approval')).body.code).toBe('confirmation.own')
  expect((await decide('city_office', put.body.id, 'approval')).status).toBe(200)
  const reset = await app.as(asker).post(`/api/users/${user.id}/activations`).send({})
  expect([reset.status, reset.body.kind, reset.body.user.phone]).toEqual([
    202,
    'link',
    `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  ])
  expect(await app.db.read.select().from(activations).where(eq(activations.userId, user.id))).toEqual([])
  expect((await told(app)).filter(({ to }) => to === phone).map(({ kind }) => kind)).toEqual([
    'account.officer_change',
  ])
  // The holder cannot confirm for themselves.
  const self = await app.request
    .post('/api/sessions')
    .send({ login: user.login, password: goodPassword, kind: 'bearer' })
  const holder = { userId: user.id, token: self.body.token }
  expect((await decide(holder, reset.body.id, 'approval')).body.code).toBe('confirmation.own')
  const both = await Promise.all([
    decide('city_office', reset.body.id, 'approval'),
    decide('system_administrator', reset.body.id, 'refusal'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const trail = await app.db.read
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.subject, `user:${user.id}`))
  expect(trail.filter(({ action }) => action.startsWith('officer.'))).toHaveLength(4)
})

test('a system administrator appoints officers and nobody who sees data', async () => {
  const user = await aUser(app.db)
  const office = await app
    .as('system_administrator')
    .post(`/api/users/${user.id}/grants`)
    .send({ role: 'district_office', districtCode: '210500' })
  expect([office.status, office.body.code]).toEqual([403, 'grant.refused'])
})

test('offices that must be apart are apart by human, not by account, where an officer gives the role', async () => {
  const [atOffice, atHome] = [await aPerson(app, { name: '赵一人' }), await aPerson(app, { name: '赵一人' })]
  const auditor = await app.signIn({ role: 'auditor' })
  await app.db.transaction((tx) =>
    tx.update(users).set({ personId: atOffice.id }).where(eq(users.id, auditor.userId)),
  )
  await app.as('city_office').put(`/api/persons/${atHome.id}/other-records/${atOffice.id}`)
  const user = await candidate()
  await app.db.transaction((tx) => tx.update(users).set({ personId: atHome.id }).where(eq(users.id, user.id)))
  const give = (who: Parameters<TestApp['as']>[0], grant: object) =>
    app.as(who).post(`/api/users/${user.id}/grants`).send(grant)
  const officer = await give('system_administrator', { role: 'city_office' })
  const { id: unitId } = await aUnit(app.db)
  const liaison = await give('city_office', { role: 'unit_administrator', unitId })
  expect([officer, liaison].map(({ body }) => body.code)).toEqual(['grant.clash', 'grant.clash'])
})
