/** Records of one human in several reaches are linked behind, silently; what is doubtful is asked. */
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit, type PersonWanted } from '#test/support/factories/organisation.ts'

let numbers = 0
const anIdentity = () => {
  const first = `210502198506${String(10 + Math.floor(++numbers / 900))}${String(100 + (numbers % 900))}`
  return first + identityCheckCharacter(first)
}
const [idA, idB, idC] = [anIdentity(), anIdentity(), anIdentity()]

let app: TestApp
let [bureau, community] = ['', '']
let one: SignedIn
let other: SignedIn
let district: SignedIn

beforeAll(async () => {
  app = await startApp()
  const units = [await aUnit(app.db), await aUnit(app.db)]
  one = await app.signIn({ role: 'unit_administrator', unitId: units[0]!.id })
  other = await app.signIn({ role: 'unit_administrator', unitId: units[1]!.id })
  district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  bureau = (await aTeam(app.db, { unitId: units[0]!.id })).id
  community = (await aTeam(app.db, { unitId: units[1]!.id })).id
})
afterAll(() => app[Symbol.asyncDispose]())

let name = ''
let phone = ''
let drawn = 0
beforeEach(() => {
  name = `关${++drawn}`
  phone = aPhone()
})

/** The ids of a record in the bureau and of one in the community, judged. */
async function two(first: PersonWanted, second: PersonWanted): Promise<[string, string]> {
  const made = [
    await aPerson(app, { name, teamId: bureau, birthDate: undefined, ...first }),
    await aPerson(app, { name, teamId: community, birthDate: undefined, ...second }),
  ]
  await judged()
  return [made[0]!.id, made[1]!.id]
}
const judged = () => app.advance({ seconds: 11 })

async function areLinked(...ids: string[]): Promise<boolean> {
  const rows = await app.db.read
    .select({ id: persons.id, human: persons.humanId })
    .from(persons)
    .where(inArray(persons.id, ids))
  const [first] = rows
  return first!.human !== null && rows.every(({ human }) => human === first!.human)
}
const questions = async (by: SignedIn, ids: string[]) =>
  (await app.as(by).get('/api/person-requests?limit=200')).body.items.filter(
    ({ person }: { person: { id: string } }) => ids.includes(person.id),
  )
const others = async (by: SignedIn, id: string) =>
  (await app.as(by).get(`/api/persons/${id}/other-records`)).body.items.map(
    (record: { id: string }) => record.id,
  )
const version = async (id: string) =>
  (await app.db.read.select({ version: persons.version }).from(persons).where(eq(persons.id, id)))[0]!.version

test.each([
  ['the same identity number and name', { identityNumber: idA }, { identityNumber: idA }, true],
  ['the same name and own number', {}, {}, true],
  ['a number of the office that several names share', { name: '关甲' }, { name: '关乙' }, false],
  ['a minor', { birthDate: '2011-05-01' }, { birthDate: '2011-05-01' }, false],
  ['a pupil of unknown age', { role: 'pupil' }, {}, false],
] as const)('%s: linked is %s', async (_, first, second, linked) => {
  const pupil = 'role' in first ? { memberships: [{ teamId: bureau, role: 'pupil' as const }] } : {}
  const sharing = 'identityNumber' in first ? {} : { phone }
  const ids = await two({ ...sharing, ...first, ...pupil }, { ...sharing, ...second })
  expect(await areLinked(...ids)).toBe(linked)
  expect(await version(ids[0])).toBe(1)
})

test.each([
  ['other_name', { identityNumber: idB }, { identityNumber: idB, name: '关别名' }],
  ['other_identity', { identityNumber: idC }, { identityNumber: anIdentity() }],
  ['other_birth_date', { birthDate: '1984-06-15' }, { birthDate: '1985-06-15' }],
] as const)('%s is a question to whoever reaches both, and to nobody else', async (doubt, first, second) => {
  const ids = await two({ phone, ...first }, { phone, ...second })
  expect(await areLinked(...ids)).toBe(false)
  const own = (found: { id: string; other: { id: string } | null }[]) =>
    found.filter((each) => ids.includes(each.other?.id ?? ''))
  expect(own(await questions(one, ids))).toEqual([])
  expect(own(await questions(other, ids))).toEqual([])
  const [question] = own(await questions(district, ids))
  expect(question).toMatchObject({ kind: 'one_human', doubt, decidable: true, mine: false, state: 'open' })
  const approve = (by: SignedIn) => app.as(by).put(`/api/person-requests/${question!.id}/approval`)
  expect((await approve(one)).body.code).toBe('request.missing')
  expect((await approve(district)).status).toBe(200)
  expect(await areLinked(...ids)).toBe(true)
  // It is undone by the same office, and neither the job nor a change asks or links again.
  const apart = await app.as(district).delete(`/api/persons/${ids[0]}/other-records/${ids[1]}`)
  expect([apart.status, apart.body.items]).toEqual([200, []])
  await app.as(one).post(`/api/persons/${ids[0]}/contacts`).send({ kind: 'phone', value: aPhone() })
  await judged()
  expect(await areLinked(...ids)).toBe(false)
  expect(own(await questions(district, ids))).toEqual([])
})

test('a correction by hand links and unlinks, and a question whose ground is gone is withdrawn', async () => {
  const mine = anIdentity()
  const ids = await two({ phone, identityNumber: mine }, { phone, identityNumber: anIdentity() })
  expect(await questions(district, ids)).toHaveLength(1)
  const correct = async (by: SignedIn, id: string, body: object) =>
    app
      .as(by)
      .patch(`/api/persons/${id}`)
      .set('if-match', `"v${await version(id)}"`)
      .send(body)
      .expect(200)
  await correct(other, ids[1], { identityNumber: mine })
  await judged()
  expect(await areLinked(...ids)).toBe(true)
  expect(await questions(district, ids)).toEqual([])
  await correct(other, ids[1], { identityNumber: null, name: '关改' })
  await judged()
  expect(await areLinked(...ids)).toBe(false)
})

test('the other record is told to whoever reaches both, and to nobody else', async () => {
  const ids = await two({ phone }, { phone })
  expect([await others(one, ids[0]), await others(other, ids[1])]).toEqual([[], []])
  expect(await others(district, ids[0])).toEqual([ids[1]])
  const say = (by: SignedIn, method: 'put' | 'delete') =>
    app.as(by)[method](`/api/persons/${ids[0]}/other-records/${ids[1]}`)
  expect((await say(one, 'delete')).body.code).toBe('person.missing')
  expect((await say(district, 'delete')).status).toBe(200)
  expect((await say(district, 'put')).body.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]])
  const itself = await app.as(district).put(`/api/persons/${ids[0]}/other-records/${ids[0]}`)
  expect([itself.status, itself.body.code]).toEqual([422, 'human.same_record'])
})

test('a child’s records are joined by whoever may identify both, never by the service', async () => {
  const born = { birthDate: '2012-03-01', phone }
  const ids = await two(born, born)
  const join = (by: SignedIn) => app.as(by).put(`/api/persons/${ids[0]}/other-records/${ids[1]}`)
  // A third place in another district: the district office reaches the child, but does not answer for all of it.
  const far = await aUnit(app.db, { districtCode: '210503' })
  const third = await aTeam(app.db, { unitId: far.id })
  await app.as('city_office').put(`/api/teams/${third.id}/members/${ids[1]}`).send({ role: 'pupil' })
  expect((await join(district)).body.code).toBe('person.not_identifiable')
  expect((await app.as('city_office').put(`/api/persons/${ids[0]}/other-records/${ids[1]}`)).status).toBe(200)
  await judged()
  expect(await areLinked(...ids)).toBe(true)
})

test('a merge hands the link on, its undoing asks, and an erased record is nobody’s', async () => {
  const ids = await two({ phone }, { phone })
  const twin = (await aPerson(app, { name, phone, teamId: bureau, birthDate: undefined })).id
  await judged()
  expect(await areLinked(...ids, twin)).toBe(true)
  const city = app.as('city_office')
  const merge = await city.post('/api/person-merges').send({ keptId: twin, mergedId: ids[0] })
  expect(await areLinked(twin, ids[1])).toBe(true)
  expect(await areLinked(ids[0], ids[1])).toBe(false)
  await city.delete(`/api/person-merges/${merge.body.id}`).expect(200)
  expect(await questions(district, [ids[0], twin])).toMatchObject([{ doubt: 'unmerged' }])
  await app.db.transaction((tx) =>
    tx.update(persons).set({ erasedAt: app.clock.now(), version: 9 }).where(eq(persons.id, twin)),
  )
  await judged()
  expect(await areLinked(...ids)).toBe(true)
  expect(await areLinked(ids[0], twin)).toBe(false)
})
