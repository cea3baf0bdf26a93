import { expect, test } from 'vitest'
import { persons } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

test('people are changed under their ETag, and a change of their contacts or memberships increments it', async () => {
  await using app = await startApp()
  const person = await aPerson(app)
  const city = app.as('city_office')
  const change = (version: number, body: object) =>
    city.patch(`/api/persons/${person.id}`).set('if-match', `"v${version}"`).send(body)
  const both = await Promise.all([change(1, { residence: '明山区' }), change(1, { residence: '溪湖区' })])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const added = await city
    .post(`/api/persons/${person.id}/contacts`)
    .send({ kind: 'email', value: 'A.B@Example.CN' })
  expect(added.body.contacts).toMatchObject([{ kind: 'email', masked: 'a***@example.cn' }])
  expect(added.headers.etag).toBe('"v3"')
  expect((await change(2, { name: '旧' })).status).toBe(412)
  const skilled = await change(3, { skills: ['英语', '英语', '手语'] })
  expect(skilled.body.skills.sort()).toEqual(['手语', '英语'].sort())
  expect((await change(4, { skills: [] })).body.skills).toEqual([])
})

test('memberships have roles, end, and begin again', async () => {
  await using app = await startApp()
  const team = await aTeam(app.db)
  const person = await aPerson(app)
  const city = app.as('city_office')
  const member = `/api/teams/${team.id}/members/${person.id}`
  const roles = async () =>
    (await city.get(`/api/persons/${person.id}`)).body.memberships
      .filter((each: { team: { id: string } }) => each.team.id === team.id)
      .map((each: { role: string }) => each.role)
  await city.put(member).send({ role: 'deputy' }).expect(204)
  await city.put(member).send({ role: 'deputy' }).expect(204)
  expect(await roles()).toEqual(['deputy'])
  expect((await city.get(`/api/persons/${person.id}`)).body.version).toBe(2)
  await city.put(member).send({ role: 'leader' }).expect(204)
  expect(await roles()).toEqual(['leader'])
  await city.delete(member).expect(204)
  expect(await roles()).toEqual([])
  await city.put(member).send({ role: 'member' }).expect(204)
  expect(await roles()).toEqual(['member'])
})

test('nobody is entered into a closed team', async () => {
  await using app = await startApp({ worker: false })
  const [open, closed] = [await aTeam(app.db), await aTeam(app.db)]
  const city = app.as('city_office')
  await city.put(`/api/teams/${closed.id}/closure`).set('if-match', '"v1"').expect(200)
  const { status, body } = await city
    .post('/api/persons')
    .send({ name: '王五', memberships: [{ teamId: open.id }, { teamId: closed.id }] })
  expect([status, body.code, body.details]).toEqual([409, 'team.closed', { teamId: closed.id }])
})

test('a merged record takes no changes', async () => {
  await using app = await startApp({ worker: false })
  const { id: teamId } = await aTeam(app.db)
  const kept = await aPerson(app, { name: '王五', teamId })
  const merged = await aPerson(app, { name: '王五', teamId, phone: aPhone() })
  const city = app.as('city_office')
  const url = `/api/persons/${merged.id}`
  const consent = { guardianName: '李梅', via: 'paper', scope: '学雷锋' }
  const given = await city.post(`${url}/guardian-consents`).send(consent).expect(201)
  const { body: before } = await city.get(url).expect(200)
  await city.post('/api/person-merges').send({ keptId: kept.id, mergedId: merged.id }).expect(201)
  const { body: after, headers } = await city.get(url).expect(200)
  const replies = [
    await city.patch(url).set('if-match', headers.etag!).send({ residence: '平山区' }),
    await city.post(`${url}/contacts`).send({ kind: 'phone', value: aPhone(), relation: 'own' }),
    await city.delete(`${url}/contacts/${before.contacts[0].id}`),
    await city.post(`${url}/guardian-consents`).send(consent),
    await city.put(`${url}/guardian-consents/${given.body.id}/withdrawal`),
  ]
  expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
    replies.map(() => [409, 'person.merged']),
  )
  expect((await city.get(url).expect(200)).body).toEqual(after)
})

test('a guardian agrees and withdraws, and both stay on record', async () => {
  await using app = await startApp()
  const pupil = await aPerson(app, { birthDate: '2015-01-01' })
  const city = app.as('city_office')
  const url = `/api/persons/${pupil.id}/guardian-consents`
  const given = await city.post(url).send({ guardianName: '李梅', via: 'paper', scope: '2026 学雷锋日' })
  expect([given.status, given.body.withdrawnAt]).toEqual([201, null])
  const future = await city
    .post(url)
    .send({ guardianName: '李梅', via: 'paper', scope: '明天', givenAt: '2026-03-01T00:00:00Z' })
  expect([future.status, future.body.code]).toEqual([422, 'consent.future'])
  const withdrawn = await city.put(`${url}/${given.body.id}/withdrawal`)
  expect(withdrawn.body.withdrawnAt).not.toBeNull()
  expect((await city.get(url)).body.items).toEqual([withdrawn.body])
})

test('a person is of age from their 18th birthday on, in the time zone of the service', async () => {
  await using app = await startApp({ at: '2026-03-03T21:30:00+08:00' })
  const born = async (birthDate: string | undefined) => (await aPerson(app, { birthDate })).id
  const ids = [
    await born('2008-03-03'),
    await born('2008-03-04'),
    await born('2008-03-05'),
    await born(undefined),
  ]
  const adults = async () => {
    const rows = await app.db.read.select({ id: persons.id, adult: persons.adult }).from(persons)
    return ids.map((id) => rows.find((row) => row.id === id)!.adult)
  }
  await app.advance({ hours: 1 })
  expect(await adults()).toEqual([true, false, false, null])
  await app.advance({ hours: 3 })
  expect(await adults()).toEqual([true, true, false, null])
  await app.advance({ days: 400 })
  expect(await adults()).toEqual([true, true, true, null])
})
