import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import {
  contacts,
  guardianConsents,
  memberships,
  personContacts,
  personSkills,
  persons,
  teams,
  unitAliases,
  units,
} from '#modules/organisation/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

/** Everything the organisation says, but how often it was edited. */
async function everything(app: TestApp) {
  const { read } = app.db
  const tables = [
    await read.select().from(units).orderBy(asc(units.id)),
    await read.select().from(unitAliases).orderBy(asc(unitAliases.id)),
    await read.select().from(teams).orderBy(asc(teams.id)),
    await read.select().from(persons).orderBy(asc(persons.id)),
    await read.select().from(personSkills).orderBy(asc(personSkills.id)),
    await read.select().from(contacts).orderBy(asc(contacts.id)),
    await read.select().from(personContacts).orderBy(asc(personContacts.id)),
    await read.select().from(memberships).orderBy(asc(memberships.id)),
    await read.select().from(guardianConsents).orderBy(asc(guardianConsents.id)),
  ]
  // Versions only grow, and with them the one that was looked at for linking.
  const without = (row: Record<string, unknown>) =>
    JSON.stringify({ ...row, version: undefined, linkedVersion: undefined })
  return tables.map((rows) => rows.map(without))
}

async function standing(app: TestApp) {
  const unit = await aUnit(app.db, { name: '市教育局' })
  const team = await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const person = await aPerson(app, {
    name: '王芳',
    teamId: team.id,
    phone: '15400000003',
    birthDate: undefined,
  })
  return { unit, team, person }
}

const list = () =>
  aWorkbook({
    单位: [
      ['单位名称', '单位性质', '上级单位', '联络员', '联络员电话', '别名'],
      ['市教育局', '事业单位', null, '王芳', '15400000003', '教育局'],
      ['实验小学', '学校', '市教育局', '李娜', '15400000008', null],
    ],
    队员: [
      ['姓名', '手机', '单位', '队伍', '出生日期', '特长', '职务'],
      ['王芳', '15400000003', '市教育局', '一队', '1990-01-31', '急救、摄影', '队长'],
      ['赵敏', '15400000004', '市教育局', '一队', null, null, null],
    ],
    师生: [
      ['学校', '班级', '姓名', '监护人', '监护人电话', '监护人同意'],
      ['实验小学', '三年级1班', '小明', '大明', '15400000006', '是'],
    ],
  })

const undo = (app: TestApp, importId: string) =>
  app.as('city_office').delete(`/api/imports/${importId}/commit`)

test('undoing restores exactly what was before, and the list can be written again', async () => {
  await using app = await startApp()
  await standing(app)
  const before = await everything(app)
  const judged = await importing(app, [await list()])
  expect(judged.counts).toMatchObject({ new: 3, update: 2, error: 0, needs_decision: 0 })
  await committing(app, judged.id)
  expect(await everything(app)).not.toEqual(before)
  const undone = await undo(app, judged.id)
  expect(undone.body).toMatchObject({ state: 'undone' })
  expect(await everything(app)).toEqual(before)
  expect((await undo(app, judged.id)).body.code).toBe('import.not_committed')

  const again = await importing(app, [await list()])
  expect(again.counts).toEqual(judged.counts)
  expect((await committing(app, again.id)).state).toBe('committed')
})

test('an undo is refused as a whole if the imported data was edited since', async () => {
  await using app = await startApp()
  const { person } = await standing(app)
  const { id } = await committing(app, (await importing(app, [await list()])).id)
  const read = await app.as('city_office').get(`/api/persons/${person.id}`)
  const edited = await app
    .as('city_office')
    .patch(`/api/persons/${person.id}`)
    .set('If-Match', read.headers.etag as string)
    .send({ residence: '平山区' })
  expect(edited.status).toBe(200)
  const after = await everything(app)
  const refused = await undo(app, id)
  expect(refused).toMatchObject({ status: 409, body: { code: 'changes.edited_since' } })
  expect(await everything(app)).toEqual(after)
})

test('an undo is refused as a whole if the imported data was used since', async () => {
  await using app = await startApp()
  await standing(app)
  const { id } = await committing(app, (await importing(app, [await list()])).id)
  const next = await aWorkbook([
    ['姓名', '手机', '单位', '班级', '监护人', '监护人电话'],
    ['小刚', null, '实验小学', '三年级1班', '大刚', '15400000099'],
  ])
  await committing(app, (await importing(app, [next])).id)
  const after = await everything(app)
  const refused = await undo(app, id)
  expect(refused).toMatchObject({ status: 409, body: { code: 'changes.in_use' } })
  expect(await everything(app)).toEqual(after)
})
