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
