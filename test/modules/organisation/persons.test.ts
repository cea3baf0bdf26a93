import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { contacts, personContacts, persons } from '#modules/organisation/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const identityNumber = '11010519491231002X'

test('a new person is shown with masked numbers, and the numbers are stored nowhere in clear', async () => {
  await using app = await startApp()
  const team = await aTeam(app.db)
  const created = await app
    .as('city_office')
    .post('/api/persons')
    .send({
      name: '王建国',
      identityNumber: '110105 19491231 002x',
      residence: '平山区',
      skills: ['急救员(持证)', '手语'],
      contacts: [{ kind: 'phone', value: '+86 154-0000-5678' }],
      memberships: [{ teamId: team.id, role: 'leader' }],
    })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({
    name: '王建国',
    sex: 'female',
    birthDate: null,
    ageBand: 'adult',
    minor: false,
    identityNumber: '1****************X',
    contacts: [{ kind: 'phone', masked: '154****5678', relation: 'own', shared: 1, invalidAt: null }],
    memberships: [{ role: 'leader', team: { id: team.id } }],
    skills: ['急救员(持证)', '手语'].sort(),
  })
  expect(created.body.volunteerNumber).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
  const stored = JSON.stringify([
    await app.db.read.select().from(persons),
    await app.db.read.select().from(contacts),
    await app.db.read.select().from(auditEntries),
  ])
  expect(stored).not.toContain('15400005678')
  expect(stored).not.toContain(identityNumber)
})

test('people are found by name, pinyin, number and last four digits', async () => {
  await using app = await startApp()
  const phone = aPhone()
  const wanted = await aPerson(app, { name: '单小雨', phone, identityNumber })
  await aPerson(app, { name: '张伟', phone: aPhone() })
  const city = app.as('city_office')
  const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id)
  const { volunteerNumber } = (await city.get(`/api/persons/${wanted.id}`)).body
  for (const search of [
    '单小雨',
    '小雨',
    'shanxiao',
    'sxy',
    phone.slice(-4),
    volunteerNumber.toLowerCase(),
  ]) {
    expect([search, ids((await city.get('/api/persons').query({ search })).body)]).toEqual([
      search,
      [wanted.id],
    ])
  }
  for (const number of [phone, `+86 ${phone}`, identityNumber, volunteerNumber]) {
    const { body } = await city.post('/api/person-look-ups').send({ number })
    expect([number, ids(body)]).toEqual([number, [wanted.id]])
  }
  expect(ids((await city.post('/api/person-look-ups').send({ number: '15499999999' })).body)).toEqual([])
  const junk = await city.post('/api/person-look-ups').send({ number: '    ' })
  expect([junk.status, junk.body.code]).toEqual([422, 'number.unreadable'])
})

test('a number shared by several people is stored once', async () => {
  await using app = await startApp()
  const phone = aPhone()
  const mother = await aPerson(app, { name: '李梅', phone })
  const child = await aPerson(app, {
    name: '王小明',
    birthDate: '2016-05-01',
    contacts: [{ kind: 'phone', value: phone, relation: 'guardian', ownerName: '李梅' }],
  })
  expect(await app.db.read.$count(contacts)).toBe(1)
  const city = app.as('city_office')
  const { body } = await city.get(`/api/persons/${child.id}`)
  expect(body.contacts).toMatchObject([{ relation: 'guardian', ownerName: '李*', shared: 2 }])
  await city.patch(`/api/contacts/${body.contacts[0].id}`).send({ optedOut: true }).expect(204)
  const motherNow = (await city.get(`/api/persons/${mother.id}`)).body
  expect([motherNow.contacts[0].optedOutAt !== null, motherNow.version]).toEqual([true, 2])
  await city.delete(`/api/persons/${child.id}/contacts/${body.contacts[0].id}`).expect(204)
  expect(await app.db.read.$count(personContacts)).toBe(1)
  expect(await app.db.read.$count(contacts)).toBe(1)
})

test('revealing needs its own permission and is audited', async () => {
  await using app = await startApp()
  const phone = aPhone()
  const team = await aTeam(app.db)
  const person = await aPerson(app, { phone, birthDate: '1985-06-15', teamId: team.id })
  const city = app.as('city_office')
  const revealed = await city.post(`/api/persons/${person.id}/revelations`)
  expect(revealed.body).toMatchObject({
    birthDate: '1985-06-15',
    contacts: [{ value: phone, relation: 'own' }],
  })
  expect(revealed.headers['cache-control']).toBe('no-store')
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  expect((await app.as(leader).get(`/api/persons/${person.id}`)).status).toBe(200)
  expect((await app.as(leader).post(`/api/persons/${person.id}/revelations`)).status).toBe(403)
  const entries = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'person.revealed'))
  expect(entries.map(({ details }) => JSON.parse(details as string))).toEqual([{ minor: false }])
})

test('a pupil of unknown age counts as a minor', async () => {
  await using app = await startApp()
  const team = await aTeam(app.db, { kind: 'class' })
  const pupil = await aPerson(app, {
    birthDate: undefined,
    memberships: [{ teamId: team.id, role: 'pupil' }],
  })
  const teacher = await aPerson(app, {
    birthDate: undefined,
    memberships: [{ teamId: team.id, role: 'teacher' }],
  })
  const city = app.as('city_office')
  const look = async (id: string) => (await city.get(`/api/persons/${id}`)).body
  expect(await look(pupil.id)).toMatchObject({ ageBand: 'unknown', minor: true })
  expect(await look(teacher.id)).toMatchObject({ ageBand: 'unknown', minor: false })
})

test('a person who matches a known one is refused, unless the request says that they are two people', async () => {
  await using app = await startApp()
  const phone = aPhone()
  const team = await aTeam(app.db)
  const known = await aPerson(app, { name: '王伟', phone, teamId: team.id })
  const city = app.as('city_office')
  const body = {
    name: '王 伟',
    contacts: [{ kind: 'phone', value: phone }],
    memberships: [{ teamId: team.id }],
  }
  const refused = await city.post('/api/persons').send(body)
  expect([refused.status, refused.body.code]).toEqual([409, 'person.known'])
  expect(refused.body.details).toEqual({ because: 'contact', personIds: [known.id] })
  expect((await city.post('/api/persons').send({ ...body, evenIfKnown: true })).status).toBe(201)
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id })
  const elsewhere = await aTeam(app.db, { unitId: (await aUnit(app.db)).id })
  const outside = await app
    .as(stranger)
    .post('/api/persons')
    .send({ ...body, memberships: [{ teamId: elsewhere.id }] })
  expect([outside.status, outside.body.code]).toEqual([404, 'team.missing'])
})

test('of two concurrent people with one identity number, one is created', async () => {
  await using app = await startApp()
  const team = await aTeam(app.db)
  const enter = (name: string) =>
    app
      .as('city_office')
      .post('/api/persons')
      .send({ name, identityNumber, memberships: [{ teamId: team.id }], evenIfKnown: true })
  const answers = await Promise.all([enter('甲一'), enter('乙二')])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)!.body.code).toBe('identity.taken')
})

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

test('scope: a unit sees its own people, a team leader their team, a screen nobody', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db)
  const team = await aTeam(app.db, { unitId: unit.id })
  const sibling = await aTeam(app.db, { unitId: unit.id })
  const mine = await aPerson(app, { name: '甲', teamId: team.id })
  const beside = await aPerson(app, { name: '乙', teamId: sibling.id })
  const stranger = await aPerson(app, { name: '丙' })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const names = async (who: typeof admin) =>
    (await app.as(who).get('/api/persons')).body.items.map((person: { name: string }) => person.name).sort()
  expect(await names(admin)).toEqual(['乙', '甲'].sort())
  expect(await names(leader)).toEqual(['甲'])
  expect((await app.as(leader).get(`/api/persons/${beside.id}`)).status).toBe(404)
  expect((await app.as(admin).get(`/api/persons/${stranger.id}`)).status).toBe(404)
  expect((await app.as('viewer').get('/api/persons')).status).toBe(403)
  expect((await app.as('inspector').get('/api/persons')).status).toBe(403)
  const pull = await app
    .as(admin)
    .put(`/api/teams/${team.id}/members/${stranger.id}`)
    .send({ role: 'member' })
  expect([pull.status, pull.body.code]).toEqual([404, 'person.missing'])
  const push = await app
    .as(leader)
    .put(`/api/teams/${sibling.id}/members/${mine.id}`)
    .send({ role: 'member' })
  expect([push.status, push.body.code]).toEqual([404, 'team.missing'])
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

test('hostile input is answered with a problem and changes nothing', async () => {
  await using app = await startApp()
  const team = await aTeam(app.db)
  const city = app.as('city_office')
  const memberships = [{ teamId: team.id }]
  const answers = []
  for (const body of [
    { name: '甲' },
    { name: '甲', memberships: [] },
    { name: '\u202e\u0007', memberships },
    { name: '甲', memberships, birthDate: '2001-02-30' },
    { name: '甲', memberships, contacts: [{ kind: 'fax', value: '123456' }] },
    { name: '甲', memberships, version: 9 },
    { name: '，。', memberships, contacts: [{ kind: 'phone', value: '12345' }] },
    { name: '甲', memberships, contacts: [{ kind: 'email', value: 'a@b\r\nBcc: x@y.cn' }] },
    { name: '甲', memberships, identityNumber: '110105194912310021' },
    { name: '甲', memberships, birthDate: '2999-01-01' },
  ]) {
    const { status, body: problem } = await city.post('/api/persons').send(body)
    answers.push(status === 422 ? problem.code : status)
  }
  expect(answers).toEqual([
    400,
    400,
    400,
    400,
    400,
    400,
    'contact.invalid',
    'contact.invalid',
    'identity.invalid',
    'birth_date.impossible',
  ])
  expect(await app.db.read.$count(persons)).toBe(0)
  const search = await city.get('/api/persons').query({ search: "\u0000' or 1=1 --%_" })
  expect([search.status, search.body.items]).toEqual([200, []])
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
