import { expect, test } from 'vitest'
import { matchPersons, type PersonCandidate } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { known, save } from './bulk-lists.ts'

const match = (app: TestApp, candidates: PersonCandidate[]) =>
  matchPersons(app.db.read, app.context.keys, { everything: true }, candidates)

test('people are matched by identity number, else name and contact, else name and unit; otherwise a user decides', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const unitId = team.unitId
  const phone = aPhone()
  const identityNumber = '11010519491231002X'
  const wang = await aPerson(app, {
    name: '王伟',
    phone,
    identityNumber,
    birthDate: '1949-12-31',
    teamId: team.id,
  })
  const li = await aPerson(app, { name: '李静', birthDate: undefined, teamId: team.id })
  const twins = [
    await aPerson(app, { name: '张敏', teamId: team.id }),
    await aPerson(app, { name: '张敏', teamId: team.id }),
  ]
  const found = await match(app, [
    { name: '王伟', identityNumber },
    { name: '王卫', identityNumber },
    { name: '王 伟', contacts: [{ kind: 'phone', value: `+86 ${phone}` }] },
    { name: '王伟', contacts: [{ kind: 'phone', value: phone }], identityNumber: 'E12345678' },
    { name: '王伟的妻子', contacts: [{ kind: 'phone', value: phone }] },
    { name: '李静', unitId },
    { name: '李静', unitId, residence: '平山区' },
    { name: '李静', unitId: (await aUnit(app.db)).id },
    { name: '李静', memberships: [{ teamId: team.id }], birthDate: '2000-01-01' },
    { name: '张敏', unitId, birthDate: '1985-06-15' },
    { name: '张敏', unitId, birthDate: '1990-01-01' },
    { name: '没有人', unitId },
  ])
  const twinIds = twins.map(({ id }) => id).sort()
  expect(
    found.map((one) => (one.found === 'unsure' ? { ...one, personIds: one.personIds.sort() } : one)),
  ).toEqual([
    { ...known, name: '王伟', personId: wang.id, by: 'identity', differs: [] },
    { found: 'unsure', personIds: [wang.id], because: 'other_name' },
    { ...known, name: '王伟', personId: wang.id, by: 'contact', differs: [] },
    { found: 'unsure', personIds: [wang.id], because: 'other_identity' },
    { found: 'none' },
    { ...known, name: '李静', personId: li.id, by: 'unit', differs: [] },
    { ...known, name: '李静', personId: li.id, by: 'unit', differs: ['residence'] },
    { found: 'none' },
    { ...known, name: '李静', personId: li.id, by: 'unit', differs: ['birthDate'] },
    { found: 'unsure', personIds: twinIds, because: 'several' },
    { found: 'none' },
    { found: 'none' },
  ])
})

test('whoever holds an office of a unit belongs to it, for lists and for duplicates', async () => {
  await using app = await startApp({ worker: false })
  const [liaison, leader, captain] = [
    await aPerson(app, { name: '联络甲' }),
    await aPerson(app, { name: '领导乙' }),
    await aPerson(app, { name: '队长丙' }),
  ]
  const { id: unitId } = await aUnit(app.db, { liaisonPersonId: liaison.id, leaderPersonId: leader.id })
  const team = await aTeam(app.db, { unitId, leaderPersonId: captain.id })
  const list = ['联络甲', '领导乙', '队长丙'].map((name) => ({
    name,
    unitId,
    memberships: [{ teamId: team.id }],
  }))
  const found = await match(app, list)
  expect(found.map((one) => (one.found === 'one' ? [one.personId, one.by] : one))).toEqual([
    [liaison.id, 'unit'],
    [leader.id, 'unit'],
    [captain.id, 'unit'],
  ])
  const again = await aPerson(app, { name: '联络甲', teamId: team.id })
  const { body } = await app.as('city_office').get('/api/person-duplicates').expect(200)
  expect(
    body.items.map(({ because, persons: [one, other] }: { because: string[]; persons: { id: string }[] }) => [
      because,
      [one?.id, other?.id],
    ]),
  ).toEqual([[['unit'], [liaison.id, again.id].sort()]])
})

test('about the same name with another phone in the same unit a user decides', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const person = await aPerson(app, { name: '刘洋', phone: aPhone(), teamId: team.id })
  const [found] = await match(app, [
    { name: '刘洋', unitId: team.unitId, contacts: [{ kind: 'phone', value: aPhone() }] },
  ])
  expect(found).toEqual({ found: 'unsure', personIds: [person.id], because: 'other_contact' })
})

test('namesakes of one unit stay two when their list comes again', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const memberships = [{ teamId: team.id }]
  const list: PersonCandidate[] = [
    { name: '刘洋', memberships, contacts: [{ kind: 'phone', value: aPhone() }] },
    { name: '刘洋', memberships },
  ]
  expect((await match(app, list)).map(({ found }) => found)).toEqual(['none', 'none'])
  const { ids } = await save(app, list)
  const again = await match(app, list)
  expect(again).toEqual([
    { ...known, name: '刘洋', personId: ids[0], by: 'contact', differs: [] },
    { ...known, name: '刘洋', personId: ids[1], by: 'unit', differs: [] },
  ])
  const second = await save(
    app,
    list.map((one, n) => ({ ...one, id: ids[n] })),
  )
  expect([second.outcomes, second.changes]).toEqual([['unchanged', 'unchanged'], []])
})

test('a second list adds a membership, not a second person, and erases nothing', async () => {
  await using app = await startApp({ worker: false })
  const [first, second] = [await aTeam(app.db), await aTeam(app.db)]
  const phone = aPhone()
  const person = await aPerson(app, {
    name: '赵强',
    phone,
    residence: '平山区',
    memberships: [{ teamId: first.id, role: 'leader' }],
  })
  const list = [
    {
      id: person.id,
      name: '赵强',
      contacts: [{ kind: 'phone' as const, value: phone }],
      memberships: [{ teamId: first.id }, { teamId: second.id }],
    },
    { id: person.id, name: '赵强', skills: ['手语'] },
  ]
  const saved = await save(app, list)
  expect(saved.outcomes).toEqual(['updated', 'updated'])
  const { body } = await app.as('city_office').get(`/api/persons/${person.id}`)
  expect(body).toMatchObject({ version: 2, residence: '平山区', skills: ['手语'] })
  const roles = body.memberships.map(({ team, role }: { team: { id: string }; role: string }) => [
    team.id,
    role,
  ])
  expect(roles.sort()).toEqual(
    [
      [first.id, 'leader'],
      [second.id, 'member'],
    ].sort(),
  )
  expect((await save(app, list)).changes).toEqual([])
})

test('two concurrent lists with the same new number store it once', async () => {
  await using app = await startApp({ worker: false })
  const team = await aTeam(app.db)
  const phone = aPhone()
  const one = (name: string) =>
    save(app, [{ name, contacts: [{ kind: 'phone', value: phone }], memberships: [{ teamId: team.id }] }])
  await Promise.all([one('吴一'), one('吴二'), one('吴三')])
  expect([await app.db.read.$count(contacts), await app.db.read.$count(personContacts)]).toEqual([1, 3])
})

test('open teams of a unit have different names, closed ones do not count', async () => {
  await using app = await startApp({ worker: false })
  const school = await aUnit(app.db, { kind: 'school' })
  const city = app.as('city_office')
  const create = () => city.post('/api/teams').send({ name: '三年级一班', kind: 'class', unitId: school.id })
  const first = await create()
  const taken = await create()
  expect([first.status, taken.status, taken.body.code]).toEqual([201, 409, 'team.exists'])
  await city.put(`/api/teams/${first.body.id}/closure`).set('if-match', '"v1"').expect(200)
  expect((await create()).status).toBe(201)
  const reopened = await city.delete(`/api/teams/${first.body.id}/closure`).set('if-match', '"v2"')
  expect([reopened.status, reopened.body.code]).toEqual([409, 'team.exists'])
  const both = await Promise.all(
    [1, 2].map(() => city.post('/api/teams').send({ name: '二班', kind: 'class', unitId: school.id })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})
