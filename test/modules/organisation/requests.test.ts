/** What somebody may not change alone they ask for; whoever answers for all of the person decides. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { personRequests } from '#modules/organisation/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let one: SignedIn
let other: SignedIn
let district: SignedIn
let [first, second, person] = ['', '', '']

beforeAll(async () => {
  app = await startApp({ worker: false })
  const units = [await aUnit(app.db), await aUnit(app.db)]
  first = (await aTeam(app.db, { unitId: units[0]!.id })).id
  second = (await aTeam(app.db, { unitId: units[1]!.id })).id
  one = await app.signIn({ role: 'unit_administrator', unitId: units[0]!.id })
  other = await app.signIn({ role: 'unit_administrator', unitId: units[1]!.id })
  district = await app.signIn({ role: 'district_office', districtCode: '210502' })
})
beforeEach(async () => {
  const memberships = [{ teamId: first }, { teamId: second }]
  person = (await aPerson(app, { name: '王伟', phone: aPhone(), memberships })).id
})
afterAll(() => app[Symbol.asyncDispose]())

const file = (by: SignedIn, body: object, of = person) =>
  app.as(by).post(`/api/persons/${of}/requests`).send(body)
const decide = (by: SignedIn, id: string, how: string, body?: object) =>
  app.as(by).put(`/api/person-requests/${id}/${how}`).send(body)
const listed = async (by: SignedIn) =>
  (await app.as(by).get('/api/person-requests')).body.items.map(({ id }: { id: string }) => id)
const read = async (by: SignedIn, of = person) => (await app.as(by).get(`/api/persons/${of}`)).body

test('a wrong name is corrected by a request, approved by an office that reaches all of the person', async () => {
  const { body, status } = await file(one, {
    change: { name: '王炜', birthDate: '1984-06-15' },
    note: '身份证为准',
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    kind: 'change',
    person: { id: person, name: '王伟' },
    wanted: { name: '王炜', birthYear: 1984 },
    state: 'open',
    mine: true,
    decidable: false,
  })
  expect(await listed(other)).not.toContain(body.id)
  expect((await decide(other, body.id, 'approval')).body.code).toBe('request.missing')
  expect((await decide(one, body.id, 'approval')).body.code).toBe('request.missing')
  expect(await listed(district)).toContain(body.id)
  const done = await decide(district, body.id, 'approval')
  expect(done.body).toMatchObject({ state: 'approved', wanted: null, decidable: false })
  expect(await read(one)).toMatchObject({ name: '王炜', birthDate: '1984-06-15' })
  expect((await app.as(one).get(`/api/person-requests/${body.id}`)).body).toMatchObject({ state: 'approved' })
})

test('a refused request gives a reason, changes nothing, and its requested values are deleted', async () => {
  const identityNumber = '11010519491231002X'
  const { body } = await file(one, { change: { identityNumber } })
  const row = async () =>
    (await app.db.read.select().from(personRequests).where(eq(personRequests.id, body.id)))[0]
  expect((await row())?.wanted).not.toContain(identityNumber)
  expect(body.wanted.identityNumber).toBe('1****************X')
  const refused = await decide(district, body.id, 'refusal', { reason: '与档案不符' })
  expect(refused.body).toMatchObject({ state: 'refused', reason: '与档案不符' })
  expect((await row())?.wanted).toBe(null)
  expect((await decide(district, body.id, 'approval')).body.code).toBe('request.decided')
  expect(await read(one)).toMatchObject({ name: '王伟', identityNumber: null })
})

test('whoever asked reads the name of the other record only as long as they reach it', async () => {
  const memberships = [{ teamId: first }, { teamId: second }]
  const twin = (await aPerson(app, { name: '王伟', memberships })).id
  const { body } = await file(one, { merge: { otherPersonId: twin } }).expect(201)
  const seen = async () => (await app.as(one).get(`/api/person-requests/${body.id}`).expect(200)).body.other
  expect(await seen()).toEqual({ id: twin, name: '王伟' })
  await app.as('city_office').delete(`/api/teams/${first}/members/${twin}`).expect(204)
  expect(await seen()).toBe(null)
})

test('numbers are added and taken away, and records merged, by request', async () => {
  const phone = aPhone()
  const added = await file(one, { contact: { kind: 'phone', value: phone } })
  await decide(district, added.body.id, 'approval').expect(200)
  const [old, fresh] = (await read(one)).contacts
  expect(fresh.masked.slice(-4)).toBe(phone.slice(-4))
  const removed = await file(other, { contactRemoval: { contactId: old.id } })
  await decide(district, removed.body.id, 'approval').expect(200)
  expect((await read(one)).contacts).toHaveLength(1)

  const twin = await aPerson(app, { name: '王伟', teamId: first })
  const merging = await file(one, { merge: { otherPersonId: twin.id } })
  await decide(district, merging.body.id, 'approval').expect(200)
  expect((await read(one, twin.id)).code).toBe('person.missing')
})

test('filing a request reveals nothing: a number known to others is filed like an unknown one', async () => {
  const identityNumber = '11010519491231002X'
  const taken = await aPerson(app, { identityNumber, teamId: first })
  const filed = await file(one, { change: { identityNumber } })
  expect(filed.status).toBe(201)
  expect((await decide(district, filed.body.id, 'approval')).body.code).toBe('identity.taken')
  expect(taken.id).not.toBe(person)
})

test('a request asks for one thing about people within reach, at most five are open, and its author can withdraw it', async () => {
  const change = { name: '王炜' }
  expect((await file(one, {})).body.code).toBe('request.unclear')
  expect((await file(one, { change, contact: { kind: 'phone', value: aPhone() } })).body.code).toBe(
    'request.unclear',
  )
  const stranger = await aPerson(app, { teamId: second })
  expect((await file(one, { change }, stranger.id)).body.code).toBe('person.missing')
  expect((await file(one, { merge: { otherPersonId: stranger.id } })).body.code).toBe('person.missing')
  const filed = []
  for (let at = 0; at < 6; at++) filed.push(await file(one, { change }))
  expect(filed.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 409])
  const { id } = filed[0]!.body
  expect((await decide(district, id, 'withdrawal')).body.code).toBe('request.missing')
  expect((await decide(one, id, 'withdrawal')).body).toMatchObject({ state: 'withdrawn', wanted: null })
  expect((await file(one, { change })).status).toBe(201)
})

test('of two concurrent decisions one succeeds', async () => {
  const { body } = await file(one, { change: { name: '王炜' } })
  const answers = await Promise.all([
    decide(district, body.id, 'approval'),
    app.as('city_office').put(`/api/person-requests/${body.id}/refusal`).send({ reason: '不符' }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})
