/** Whoever ever was a pupil is protected until an office says that they are of age. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aCsv, committing, importing } from '#test/support/factories/spreadsheets.ts'

let app: TestApp
let school: SignedIn
let district: SignedIn
let [unitId, classId, team] = ['', '', '']

beforeAll(async () => {
  app = await startApp()
  unitId = (await aUnit(app.db, { name: '实验小学', kind: 'school' })).id
  classId = (await aTeam(app.db, { unitId, name: '三年级一班', kind: 'class' })).id
  team = (await aTeam(app.db, { unitId, name: '教工队' })).id
  school = await app.signIn({ role: 'unit_administrator', unitId })
  district = await app.signIn({ role: 'district_office', districtCode: '210502' })
})
afterAll(() => app[Symbol.asyncDispose]())

const aPupil = (name = '张小语') =>
  aPerson(app, { name, birthDate: undefined, memberships: [{ teamId: classId, role: 'pupil' }] })
const minor = async (id: string) => (await app.as(school).get(`/api/persons/${id}`)).body.minor
const role = (id: string, of: string, as: string) =>
  app.as(school).put(`/api/teams/${of}/members/${id}`).send({ role: as }).expect(204)

test('a pupil made a member, or moved to a team, or taken out of the class, stays a minor', async () => {
  const { id } = await aPupil()
  await role(id, classId, 'member')
  expect(await minor(id)).toBe(true)
  await role(id, team, 'teacher')
  await app.as(school).delete(`/api/teams/${classId}/members/${id}`).expect(204)
  expect(await minor(id)).toBe(true)
  const revealed = await app.as(school).post(`/api/persons/${id}/revelations`)
  expect([revealed.status, revealed.body.code]).toEqual([403, 'reveal.approval_required'])
})

test('that a pupil is of age is entered by an office, or shown by an identity number; a younger date by anybody', async () => {
  const { id } = await aPupil()
  const change = async (by: SignedIn, body: object) => {
    const { version } = (await app.as(by).get(`/api/persons/${id}`)).body
    return app.as(by).patch(`/api/persons/${id}`).set('if-match', `"v${version}"`).send(body)
  }
  const refused = await change(school, { birthDate: '1990-01-01' })
  expect([refused.status, refused.body.code]).toEqual([403, 'birth_date.office_only'])
  expect((await change(school, { birthDate: '2015-01-01' })).body).toMatchObject({ minor: true })
  expect((await change(district, { birthDate: '1990-01-01' })).body).toMatchObject({ minor: false })
})

test('no list says that a known pupil is of age', async () => {
  const { id } = await aPupil('李小童')
  await role(id, classId, 'member')
  const list = aCsv('姓名,出生日期,单位,志愿服务队\n李小童,1990-01-01,实验小学,三年级一班\n', '名单.csv')
  const judged = await importing(app, [list], school)
  await committing(app, judged.id, school)
  expect(await minor(id)).toBe(true)
})

test('a person merged with a pupil is protected as a minor, until the merge is undone', async () => {
  const kept = await aPerson(app, { name: '王小明', birthDate: undefined, teamId: team })
  const pupil = await aPupil('王小明')
  const merge = await app
    .as(school)
    .post('/api/person-merges')
    .send({ keptId: kept.id, mergedId: pupil.id })
    .expect(201)
  await app.as(school).delete(`/api/teams/${classId}/members/${kept.id}`).expect(204)
  expect(await minor(kept.id)).toBe(true)
  await app.as(school).delete(`/api/person-merges/${merge.body.id}`).expect(200)
  expect(await minor(kept.id)).toBe(false)
})
