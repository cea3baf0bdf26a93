/** Somebody says behind their own link that name or number is wrong; whoever may decides, and they are told. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignments } from '#modules/mobilization/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day } from '#test/support/factories/attendance.ts'
import { aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let day: Day
let liaison: SignedIn
let teamId = ''
beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T10:00:00+08:00' })
  day = await aDay(app)
  const { id: unitId } = await aUnit(app.db)
  teamId = (await aTeam(app.db, { unitId })).id
  liaison = await app.signIn({ role: 'unit_administrator', unitId })
})
afterAll(() => app[Symbol.asyncDispose]())

const ask = (token: string, body: object) => app.request.post(`/api/c/${token}/corrections`).send(body)
const queue = async (by: SignedIn) => (await app.as(by).get('/api/person-requests')).body.items
const told = async (phone: string) => {
  await app.settled()
  return app
    .outbox()
    .filter(({ to, kind }) => to === phone && kind === 'correction')
    .map(({ text }) => text)
}

test('a wrong name and a wrong number go into the one queue, change nothing until approved, and are told back', async () => {
  const [phone, right] = [aPhone(), aPhone()]
  const { personId, token } = await aVolunteer(app, day, { name: '张小三', phone, teamId })
  const asked = await ask(token, { name: '张晓三' })
  expect([asked.status, asked.body.items.map(({ state }: { state: string }) => state)]).toEqual([
    200,
    ['open'],
  ])
  await ask(token, { phone: right }).expect(200)
  const read = async () => (await app.as(liaison).get(`/api/persons/${personId}`)).body
  expect((await read()).name).toBe('张小三')
  const open = await queue(liaison)
  expect(
    open.map(({ kind, byPerson, decidable, wanted }: Record<string, unknown>) => ({
      kind,
      byPerson,
      decidable,
      wanted,
    })),
  ).toEqual([
    {
      ...{ kind: 'contact', byPerson: true, decidable: true },
      wanted: { contact: { kind: 'phone', masked: expect.stringContaining('*'), relation: 'own' } },
    },
    { kind: 'change', byPerson: true, decidable: true, wanted: { name: '张晓三' } },
  ])
  await app.as(liaison).put(`/api/person-requests/${open[1].id}/approval`).expect(200)
  await app
    .as(liaison)
    .put(`/api/person-requests/${open[0].id}/refusal`)
    .send({ reason: '请到单位核对证件' })
    .expect(200)
  expect((await read()).name).toBe('张晓三')
  expect((await read()).contacts).toHaveLength(1)
  expect((await told(phone)).map((text: string) => text.replace(/^【.*】/, ''))).toEqual([
    '张*三：您申请的信息更正已办理。',
    '张*三：您申请的信息更正未通过：请到单位核对证件。',
  ])
  const { body } = await app.request.get(`/api/c/${token}/corrections`).expect(200)
  expect(body.items.map(({ state, reason }: Record<string, unknown>) => [state, reason])).toEqual([
    ['refused', '请到单位核对证件'],
    ['approved', null],
  ])
})

test('whoever holds a link asks for one thing at a time, a number that can be, and not without end', async () => {
  const { token } = await aVolunteer(app, day, { teamId })
  const codes = []
  for (const body of [{}, { name: '王武', phone: aPhone() }, { phone: '12' }])
    codes.push((await ask(token, body)).body.code)
  for (let n = 0; n < 3; n++) await ask(token, { name: `王武${n}` }).expect(200)
  codes.push(
    (await ask(token, { name: '王武' })).body.code,
    (await ask('0000000000000000', { name: '王武' })).body.code,
  )
  expect(codes).toEqual([
    'request.unclear',
    'request.unclear',
    'contact.invalid',
    'request.too_many',
    'link.unknown',
  ])
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id })
  expect(await queue(stranger)).toEqual([])
})

test('the page behind the link leads to it and works without a script; a parent corrects the guardian’s number', async () => {
  const guardian = aPhone()
  const contacts = [{ kind: 'phone' as const, value: guardian, relation: 'guardian' as const }]
  const { token, assignmentId } = await aVolunteer(app, day, {
    ...{ teamId, birthDate: '2015-05-01', contacts, memberships: [{ teamId, role: 'pupil' as const }] },
  })
  await app.db.transaction((tx) =>
    tx.update(assignments).set({ minor: true }).where(eq(assignments.id, assignmentId)).returning(),
  )
  const page = (path: string) => app.request.get(path).set('accept', 'text/html').set('accept-language', 'zh')
  expect((await page(`/c/${token}`)).text).toContain(`/c/${token}/correction?lang=zh`)
  const send = (phone: string) =>
    app.request.post(`/c/${token}/correction?lang=zh`).type('form').set('accept', 'text/html').send({ phone })
  const wrong = await send('12')
  expect([wrong.status, wrong.text.includes('号码或邮箱有误，请核对。')]).toEqual([422, true])
  expect((await send(aPhone())).status).toBe(303)
  expect((await page(`/c/${token}/correction`)).text).toContain('更正家长手机号：待处理')
  const [newest] = await queue(liaison)
  expect(newest.wanted.contact.relation).toBe('guardian')
})
