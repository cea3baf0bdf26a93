import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import {
  guardianConsents,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
  units,
} from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit, openedPersons } from '#test/support/factories/organisation.ts'

const unversioned = <T extends { version: number }>(rows: T[]) => rows.map(({ version, ...rest }) => rest)

/** Everything that hangs on people, but the versions and seals that never go back. */
async function everything({ db }: TestApp) {
  const people = await db.read.select().from(persons).orderBy(asc(persons.id))
  return {
    people: people.map(({ version, linkedVersion, identityNumber, ...rest }) => ({
      ...rest,
      sealed: identityNumber !== null,
    })),
    memberships: await db.read.select().from(memberships).orderBy(asc(memberships.id)),
    contacts: await db.read.select().from(personContacts).orderBy(asc(personContacts.id)),
    skills: await db.read.select().from(personSkills).orderBy(asc(personSkills.id)),
    consents: await db.read.select().from(guardianConsents).orderBy(asc(guardianConsents.id)),
    units: unversioned(await db.read.select().from(units).orderBy(asc(units.id))),
    teams: unversioned(await db.read.select().from(teams).orderBy(asc(teams.id))),
  }
}

test('two rows of one person are found, merged, and taken apart again exactly', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const [common, other] = [await aTeam(app.db), await aTeam(app.db)]
  const phone = aPhone()
  const kept = await aPerson(app, {
    name: '王伟',
    phone,
    teamId: common.id,
    birthDate: undefined,
    skills: ['英语'],
  })
  const merged = await aPerson(app, {
    name: '王伟',
    contacts: [
      { kind: 'phone', value: phone },
      { kind: 'email', value: 'wang@example.cn' },
    ],
    memberships: [{ teamId: common.id }, { teamId: other.id, role: 'leader' }],
    identityNumber: '11010519491231002X',
    residence: '平山区',
    skills: ['英语', '手语'],
  })
  await city
    .post(`/api/persons/${merged.id}/guardian-consents`)
    .send({ guardianName: '甲', via: 'paper', scope: '乙' })
  await aUnit(app.db, { liaisonPersonId: merged.id, leaderPersonId: kept.id })
  const before = await everything(app)

  const pairs = await city.get('/api/person-duplicates')
  expect(
    pairs.body.items.map((pair: { persons: { id: string }[] }) => pair.persons.map(({ id }) => id)),
  ).toEqual([[kept.id, merged.id].sort()])
  expect(pairs.body.items[0].because).toEqual(['contact', 'unit'])
  const merge = await city.post('/api/person-merges').send({ keptId: kept.id, mergedId: merged.id })
  expect(merge.status).toBe(201)
  const one = (await city.get(`/api/persons/${kept.id}`)).body
  expect(one).toMatchObject({
    birthDate: null,
    residence: '平山区',
    identityNumber: '1****************X',
    skills: ['手语', '英语'].sort(),
    contacts: [{ kind: 'phone', shared: 1 }, { kind: 'email' }],
  })
  const filled = (await openedPersons(app)).find(({ id }) => id === kept.id)
  expect(filled?.birthDate).toBe('1985-06-15')
  expect(one.memberships.map(({ team }: { team: { id: string } }) => team.id).sort()).toEqual(
    [common.id, other.id].sort(),
  )
  expect((await city.get(`/api/teams/${common.id}`)).body.members).toBe(1)
  expect((await city.get('/api/persons')).body.items).toHaveLength(1)
  expect((await city.get('/api/person-duplicates')).body.items).toEqual([])
  const byNumber = await city.post('/api/person-look-ups').send({ number: '11010519491231002X' })
  expect(byNumber.body.items.map(({ id }: { id: string }) => id)).toEqual([kept.id])
  const twice = await city.post('/api/person-merges').send({ keptId: kept.id, mergedId: merged.id })
  expect([twice.status, twice.body.code]).toEqual([409, 'merge.chained'])

  const { version } = (await city.get(`/api/persons/${merged.id}`)).body
  const edit = await city
    .patch(`/api/persons/${merged.id}`)
    .set('if-match', `"v${version}"`)
    .send({ name: '乙' })
  expect([edit.body.code, edit.body.details]).toEqual(['person.merged', { mergedIntoId: kept.id }])

  const undone = await city.delete(`/api/person-merges/${merge.body.id}`)
  expect(undone.body.undoneAt).not.toBeNull()
  expect(await everything(app)).toEqual(before)
  const again = await city.delete(`/api/person-merges/${merge.body.id}`)
  expect([again.status, again.body.code]).toEqual([409, 'merge.undone'])
  const lookUp = await city.post('/api/person-look-ups').send({ number: '11010519491231002X' })
  expect(lookUp.body.items.map(({ id }: { id: string }) => id)).toEqual([merged.id])
})

test('data added to the kept person after a merge stays there when the merge is undone', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const kept = await aPerson(app, { name: '李静' })
  const merged = await aPerson(app, { name: '李静', residence: '明山区' })
  const merge = await city.post('/api/person-merges').send({ keptId: kept.id, mergedId: merged.id })
  const later = await aTeam(app.db)
  await city.put(`/api/teams/${later.id}/members/${kept.id}`).send({ role: 'member' }).expect(204)
  const { version } = (await city.get(`/api/persons/${kept.id}`)).body
  await city
    .patch(`/api/persons/${kept.id}`)
    .set('if-match', `"v${version}"`)
    .send({ residence: '溪湖区' })
    .expect(200)
  await city.delete(`/api/person-merges/${merge.body.id}`).expect(200)
  const now = (await city.get(`/api/persons/${kept.id}`)).body
  expect([now.residence, now.memberships.length]).toEqual(['溪湖区', 2])
  expect((await city.get(`/api/persons/${merged.id}`)).body).toMatchObject({
    residence: '明山区',
    mergedIntoId: null,
  })
})

test('people with different identity numbers are not merged, and nobody is merged with themselves', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const a = await aPerson(app, { identityNumber: '11010519491231002X' })
  const b = await aPerson(app, { identityNumber: 'E12345678' })
  const answers = []
  for (const [keptId, mergedId] of [
    [a.id, b.id],
    [a.id, a.id],
    [a.id, crypto.randomUUID()],
  ]) {
    const { status, body } = await city.post('/api/person-merges').send({ keptId, mergedId })
    answers.push([status, body.code])
  }
  expect(answers).toEqual([
    [409, 'merge.identities_differ'],
    [422, 'merge.same'],
    [404, 'person.missing'],
  ])
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: (await aUnit(app.db)).id })
  const outside = await app.as(stranger).post('/api/person-merges').send({ keptId: a.id, mergedId: b.id })
  expect(outside.status).toBe(404)
})

test('two records with one identity number become one, and two again, each with its number', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const a = await aPerson(app, { name: '王伟', identityNumber: '11010519491231002X' })
  const b = await aPerson(app, { name: '王伟', identityNumber: '11010519491231002X' })
  const merged = await city.post('/api/person-merges').send({ keptId: a.id, mergedId: b.id }).expect(201)
  const found = async () => {
    const { body } = await city.post('/api/person-look-ups').send({ number: '11010519491231002X' })
    return body.items.map(({ id }: { id: string }) => id).sort()
  }
  expect(await found()).toEqual([a.id])
  await city.delete(`/api/person-merges/${merged.body.id}`).expect(200)
  expect(await found()).toEqual([a.id, b.id].sort())
})

test('of two concurrent merges one succeeds', async () => {
  await using app = await startApp({ worker: false })
  const a = await aPerson(app, { name: '张敏' })
  const b = await aPerson(app, { name: '张敏' })
  const merge = (keptId: string, mergedId: string) =>
    app.as('city_office').post('/api/person-merges').send({ keptId, mergedId })
  const answers = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
})
