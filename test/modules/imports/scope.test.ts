import { eq, inArray } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { contacts, memberships, personContacts, persons, units } from '#modules/organisation/schema.ts'
import { type RoleOver, type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit, openedPersons } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  downloading,
  importing,
  importOf,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { phone } from './scope-lists.ts'
import { aPlace } from './scoped.ts'

const identityNumber = '11010519491231002X'

/** Every role that imports for a part of the organisation, over the part that holds 甲单位. */
const roles: [string, (ownId: string) => RoleOver][] = [
  ['a unit administrator', (unitId) => ({ role: 'unit_administrator', unitId })],
  ['a district office', () => ({ role: 'district_office', districtCode: '210502' })],
]

/** What somebody is shown of an import, but the ids that every upload makes anew. */
async function shownTo(app: TestApp, importId: string, who: SignedIn) {
  const { counts, remarks, failure, openDecisions } = await importOf(app, importId, who)
  const rows = await rowsOf(app, importId, 'limit=200', who)
  const questions = await decisionsOf(app, importId, who)
  const sheet = await downloading(app, `/api/imports/${importId}/errors.xlsx`, { who })
  const errors = Object.entries(unzipSync(sheet.body)).filter(([part]) => part.includes('sheet'))
  return {
    counts,
    remarks,
    failure,
    openDecisions,
    rows: rows.map(({ id, fileId, sheetId, decisionIds, ...said }) => said),
    questions: questions
      .map(({ id, places, ...asked }) => ({
        ...asked,
        lines: places.map(({ line }: { line: number }) => line),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    errors: errors.map(([part, xml]) => [part, strFromU8(xml)]),
  }
}

/** Lists of 甲单位 that name people, units, teams and offices known elsewhere. */
const lists = () =>
  aWorkbook({
    人员: [
      ['姓名', '手机号', '身份证号', '单位', '队伍'],
      ['欧阳明德', phone, null, '甲单位', '甲单位一队'],
      ['司马青', null, identityNumber, '甲单位', '甲单位一队'],
      ['李娜', '15400090002', null, '乙单位', '乙单位一队'],
      ['赵敏', null, null, '乙局', '乙单位一队'],
      ['钱进', null, null, null, '乙单位一队'],
    ],
    单位: [
      ['单位名称', '区县', '上级单位', '别名', '联络员', '联络员电话'],
      ['甲单位', '210502', '市总部', '乙局', '欧阳明德', phone],
      ['乙单位', '210502', '甲单位', null, null, null],
    ],
    队伍: [
      ['单位', '队伍名称', '队长', '队长电话'],
      ['甲单位', '甲单位二队', '欧阳明德', phone],
      ['乙单位', '乙单位一队', '司马青', null],
    ],
    班级: [
      ['学校', '班级', '姓名', '监护人', '监护人电话'],
      ['甲单位', '三年级1班', '欧阳小明', '欧阳明德', phone],
    ],
  })

/** The same names and numbers, known beyond 甲单位 and its district. */
async function beyond(app: TestApp) {
  const head = await aUnit(app.db, { name: '市总部', districtCode: '210500' })
  const { unit, team } = await aPlace(app, '乙单位', '210503')
  await app.as('city_office').post(`/api/units/${unit.id}/aliases`).send({ alias: '乙局' }).expect(201)
  await aTeam(app.db, { unitId: null, name: '甲单位二队' })
  const known = await aPerson(app, { name: '欧阳明德', phone, identityNumber, teamId: team.id })
  const pupil = await aPerson(app, {
    name: '欧阳小明',
    memberships: [{ teamId: team.id, role: 'pupil' }],
    contacts: [{ kind: 'phone', value: phone, relation: 'guardian' }],
  })
  return { head, unit, team, ids: [known.id, pupil.id] }
}

/** The records as anybody may see them; that records are of one human is noted behind, and seen by nobody. */
async function standingOf(app: TestApp, ids: string[]) {
  const { read } = app.db
  const known = (await openedPersons(app)).filter(({ id }) => ids.includes(id))
  return {
    persons: known.map(({ humanId, linkedVersion, ...seen }) => seen),
    memberships: await read
      .select()
      .from(memberships)
      .where(inArray(memberships.personId, ids))
      .orderBy(memberships.id),
    contacts: await read
      .select({ contact: contacts, link: personContacts })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(inArray(personContacts.personId, ids))
      .orderBy(personContacts.id),
  }
}

describe.each(roles)('%s', (_, roleOver) => {
  test('sees the same preview whether or not data out of reach exists', async () => {
    await using app = await startApp()
    const { unit } = await aPlace(app, '甲单位', '210502')
    const who = await app.signIn(roleOver(unit.id))
    const alone = await shownTo(app, (await importing(app, [await lists()], who)).id, who)
    await beyond(app)
    const among = await shownTo(app, (await importing(app, [await lists()], who)).id, who)
    expect(among).toEqual(alone)
    expect(alone.rows.filter(({ values }) => values.name === '欧阳明德')).toMatchObject([
      { judgement: 'new', target: null, problems: [], remarks: [] },
    ])
  })

  test('writes own records, and changes nobody out of reach', async () => {
    await using app = await startApp()
    const { unit } = await aPlace(app, '甲单位', '210502')
    const who = await app.signIn(roleOver(unit.id))
    const { ids, unit: other } = await beyond(app)
    const before = await standingOf(app, ids)
    const unitBefore = await app.db.read.select().from(units).where(eq(units.id, other.id))
    const { id } = await importing(app, [await lists()], who)
    expect((await committing(app, id, who)).state).toBe('committed')
    expect(await standingOf(app, ids)).toEqual(before)
    expect(await app.db.read.select().from(units).where(eq(units.id, other.id))).toEqual(unitBefore)
    const seen = await app.as(who).get('/api/persons?search=欧阳明德')
    expect(seen.body.items).toMatchObject([{ name: '欧阳明德', contacts: [{ shared: 2 }] }])
    expect(seen.body.items[0].id).not.toBe(ids[0])
    const holders = await app.db.read
      .select()
      .from(persons)
      .where(eq(persons.identityIndex, before.persons.find((one) => one.id === ids[0])!.identityIndex!))
    expect(holders.map(({ name }) => name).sort()).toEqual(['司马青', '欧阳明德'].sort())
    const again = await importing(app, [await lists()], who)
    expect(again.counts).toMatchObject({ new: 0, update: 0 })
  })

  test('enters by hand a person known to others, and learns nothing about them', async () => {
    await using app = await startApp()
    const { unit, team } = await aPlace(app, '甲单位', '210502')
    const who = await app.signIn(roleOver(unit.id))
    const { team: elsewhere } = await beyond(app)
    const entering = (name: string, more: object) =>
      app
        .as(who)
        .post('/api/persons')
        .send({ name, memberships: [{ teamId: team.id }], ...more })
    const contact = { kind: 'phone', value: phone, relation: 'own' }
    const entered = await entering('欧阳明德', { identityNumber, contacts: [contact] })
    expect(entered).toMatchObject({ status: 201, body: { contacts: [{ shared: 1 }] } })
    const known = await entering('欧阳明德', { contacts: [contact] })
    expect(known).toMatchObject({
      status: 409,
      body: { code: 'person.known', details: { because: 'contact', personIds: [entered.body.id] } },
    })
    const taken = await entering('欧阳明德', { identityNumber, evenIfKnown: true })
    expect(taken).toMatchObject({ status: 409, body: { code: 'identity.taken' } })
    const other = await entering('司马青', {})
    const changed = (number: string) =>
      app
        .as(who)
        .patch(`/api/persons/${other.body.id}`)
        .set('If-Match', other.headers.etag as string)
        .send({ identityNumber: number })
    expect(await changed(identityNumber)).toMatchObject({ status: 409, body: { code: 'identity.taken' } })
    await aPerson(app, { name: '外人', identityNumber: 'E12345678', teamId: elsewhere.id })
    expect((await changed('E12345678')).status).toBe(200)
  })
})

test('the city office, who reaches every record, is asked which of two is meant unless the list says where', async () => {
  await using app = await startApp()
  const one = await aPlace(app, '甲单位', '210502')
  const other = await aPlace(app, '乙单位', '210503')
  await aPlace(app, '丙单位', '210503')
  const known = { name: '欧阳明德', phone, identityNumber, birthDate: '1949-12-31', sex: 'female' as const }
  const mine = await aPerson(app, { ...known, teamId: one.team.id })
  await aPerson(app, { ...known, teamId: other.team.id })
  const { id, counts } = await importing(app, [
    await aWorkbook([
      ['姓名', '手机号', '身份证号', '单位', '队伍'],
      ['欧阳明德', phone, identityNumber, '甲单位', '甲单位一队'],
      ['欧阳明德', phone, null, '丙单位', '丙单位一队'],
    ]),
  ])
  expect(counts).toMatchObject({ unchanged: 1, needs_decision: 1 })
  const rows = await rowsOf(app, id)
  expect(rows[0].target).toEqual({ kind: 'person', id: mine.id })
  expect(
    (await decisionsOf(app, id))[0].proposals.map(({ because }: { because: string }) => because),
  ).toEqual(['several', 'several'])
})

test('a unit administrator who shares a person changes nothing that identifies them', async () => {
  await using app = await startApp()
  const one = await aPlace(app, '甲单位', '210502')
  const other = await aPlace(app, '乙单位', '210503')
  const joined = [{ teamId: one.team.id }, { teamId: other.team.id }]
  const shared = await aPerson(app, {
    name: '欧阳明德',
    identityNumber,
    birthDate: '1949-12-31',
    phone,
    memberships: joined,
  })
  const open = await aPerson(app, { name: '司马青', birthDate: undefined, memberships: joined })
  const own = await aPerson(app, { name: '李娜', birthDate: undefined, teamId: one.team.id })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: one.unit.id })
  const before = await standingOf(app, [shared.id, open.id])
  const file = await aWorkbook([
    ['姓名', '手机号', '身份证号', '出生日期', '居住地', '单位', '队伍'],
    ['欧阳德明', null, identityNumber, null, null, '甲单位', '甲单位一队'],
    ['司马青', '15400090007', null, '1980-01-01', '平山区', '甲单位', '甲单位一队'],
    ['李娜', '15400090008', null, '1990-01-01', null, '甲单位', '甲单位一队'],
  ])
  const { id } = await importing(app, [file], admin)
  const [question] = await decisionsOf(app, id, admin)
  expect(question.proposals).toEqual([
    { id: shared.id, name: '欧**德 · 甲单位', likeness: null, because: 'other_name' },
  ])
  const judged = await deciding(
    app,
    id,
    { decisions: [{ decisionId: question.id, answer: 'use', id: shared.id }] },
    admin,
  )
  expect(judged.remarks).toMatchObject([{ code: 'birth.derived' }, { code: 'person.kept', rows: 2 }])
  expect(
    (await rowsOf(app, id, 'kind=data', admin)).map(({ judgement, changes }) => [judgement, changes]),
  ).toEqual([
    ['unchanged', []],
    ['update', ['residence']],
    ['update', ['birthDate', 'contacts']],
  ])
  expect((await committing(app, id, admin)).state).toBe('committed')
  const after = await standingOf(app, [shared.id, open.id])
  expect(after.contacts).toEqual(before.contacts)
  const identity = ({ name, birthDate, identityIndex }: (typeof after.persons)[number]) => [
    name,
    birthDate,
    identityIndex,
  ]
  expect(after.persons.map(identity)).toEqual(before.persons.map(identity))
  expect(after.persons.find((person) => person.id === open.id)?.residence).toBe('平山区')
  const written = (await openedPersons(app)).find(({ id }) => id === own.id)
  expect(written?.birthDate).toBe('1990-01-01')
  // What was kept is asked for, once however often the list comes.
  const asked = async () => (await app.as(admin).get('/api/person-requests')).body.items
  const requests = (await asked()).map(
    ({ person, kind, wanted, decidable }: Record<string, { id?: string }>) => {
      return [person?.id, kind, wanted, decidable]
    },
  )
  const phoned = { contact: { kind: 'phone', masked: '154****0007', relation: 'own' } }
  expect(requests.reverse()).toEqual([
    [shared.id, 'change', { name: '欧阳德明' }, false],
    [open.id, 'change', { birthYear: 1980 }, false],
    [open.id, 'contact', phoned, false],
  ])
  const again = await importing(app, [file], admin)
  const [same] = await decisionsOf(app, again.id, admin)
  await deciding(app, again.id, { decisions: [{ decisionId: same.id, answer: 'use', id: shared.id }] }, admin)
  await committing(app, again.id, admin)
  expect(await asked()).toHaveLength(3)
  await app.as(admin).delete(`/api/imports/${id}/commit`).expect(200)
  expect(await asked()).toEqual([])

  const office = await importing(app, [file])
  expect(office.remarks).toMatchObject([{ code: 'birth.derived', rows: 1 }])
  expect((await rowsOf(app, office.id)).at(1)?.changes).toEqual(['birthDate', 'residence', 'contacts'])
})

test('an office that helps out does not widen what the starter of an import is shown', async () => {
  await using app = await startApp()
  const { unit } = await aPlace(app, '甲单位', '210502')
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const { ids } = await beyond(app)
  const { id } = await importing(app, [await lists()], admin)
  const before = await shownTo(app, id, admin)
  await deciding(app, id, { decisions: [] })
  expect(await shownTo(app, id, admin)).toEqual(before)
  const standing = await standingOf(app, ids)
  expect((await committing(app, id)).state).toBe('committed')
  expect(await standingOf(app, ids)).toEqual(standing)
})
