/** What is not certain is asked, once, and an answer holds for all rows like it. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  importing,
  rawWorkbook,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

const row = (hidden: boolean, ...cells: string[]) =>
  `<row${hidden ? ' hidden="1"' : ''}>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`

test('unclear sheets, hidden rows and unknown roles are asked about, and the answers hold for all their rows', async () => {
  await using app = await startApp()
  const bureau = await aUnit(app.db, { name: '市住建局' })
  await aTeam(app.db, { unitId: bureau.id, name: '一队' })
  await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const hidden = {
    name: '市住建局志愿者名单.xlsx',
    bytes: rawWorkbook(
      `<sheetData>${row(false, '姓名', '联系电话')}${row(false, '甲一', '13900000001')}${row(true, '甲二', '13900000002')}</sheetData>`,
    ),
  }
  const unclear = await aWorkbook([
    ['单位', '同志', '联系电话'],
    ['市住建局', '张伟', '13900000003'],
    ['市住建局', '李娜', '13900000004'],
  ])
  const roles = await aWorkbook([
    ['学校', '班级', '姓名', '人员类别'],
    ['实验小学', '三年一班', '王芳', '生活助理'],
    ['实验小学', '三年一班', '赵敏', '生活助理'],
    ['实验小学', '三年一班', '钱进', '语文教师'],
  ])
  const judged = await importing(app, [hidden, unclear, roles])
  expect(judged.counts).toMatchObject({ new: 2, needs_decision: 5, error: 0 })
  const asked = await decisionsOf(app, judged.id)
  const byKind = (kind: string) => asked.find((decision) => decision.kind === kind)
  expect(asked.map(({ kind, rows }) => [kind, rows]).sort()).toEqual([
    ['hidden', 1],
    ['role', 2],
    ['sheet', 2],
  ])
  expect(judged.files[0].sheets[0]).toMatchObject({ hiddenRows: 1 })
  const { doubt, readings } = judged.files[1].sheets[0]
  expect([doubt, readings.map(({ list }: { list: string }) => list)]).toEqual(['list', ['people', 'units']])

  const answered = await deciding(app, judged.id, {
    decisions: [
      { decisionId: byKind('hidden').id, answer: 'skip' },
      { decisionId: byKind('role').id, answer: 'use', choice: 'member' },
      { decisionId: byKind('sheet').id, answer: 'use', choice: '0' },
    ],
  })
  expect(answered).toMatchObject({ counts: { new: 6, skipped: 1, needs_decision: 0 }, openDecisions: 0 })
  await committing(app, judged.id)
  const names = (await app.db.read.select().from(persons)).map(({ name }) => name)
  expect(names.sort()).toEqual(['张伟', '李娜', '王芳', '甲一', '赵敏', '钱进'].sort())
  const held = (await app.db.read.select().from(memberships)).map(({ role }) => role)
  expect(held.sort()).toEqual(['member', 'member', 'member', 'member', 'member', 'teacher'])
})

test('several people of one line, and a second table below them, are rows of the preview, and each is written', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市住建局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  await aUnit(app.db, { name: '市水务局' })
  const file = await aWorkbook([
    ['姓名', '联系电话', '姓名', '联系电话', '单位'],
    ['甲一', '13900000001', '乙一', '13900000002', '市住建局'],
    ['甲二', '13900000003', '乙二', '1390000', '市住建局'],
    ['附：队伍'],
    ['队伍名称', '所属单位', '队长', '电话'],
    ['二队', '市水务局', '丙一', '13900000004'],
  ])
  const judged = await importing(app, [file])
  expect(
    (await rowsOf(app, judged.id)).map(({ line, judgement, values }) => [line, judgement, values.name]),
  ).toEqual([
    [2, 'new', '甲一'],
    [2, 'new', '乙一'],
    [3, 'new', '甲二'],
    [3, 'error', '乙二'],
    [6, 'new', undefined],
  ])
  const { sheets } = judged.files[0]
  expect(
    sheets.map(({ list, headingLine }: { list: string; headingLine: number }) => [list, headingLine]),
  ).toEqual([
    ['people', 1],
    ['teams', 5],
  ])
  // Headings said by hand hold for their own table alone.
  const { id, version, columns } = sheets[1]
  await app
    .as('city_office')
    .put(`/api/imports/${judged.id}/sheets/${id}/headings`)
    .set('If-Match', `"v${version}"`)
    .send({
      list: 'teams',
      headingLine: 5,
      columns: columns.map(({ index, field }: { index: number; field: string }) => ({ index, field })),
    })
    .expect(202)
  await app.settled()
  await committing(app, judged.id)
  const everybody = await app.db.read.select().from(persons)
  expect(everybody.map(({ name }) => name).sort()).toEqual(['丙一', '乙一', '甲一', '甲二'])
  const [second] = await app.db.read.select().from(teams).where(eq(teams.name, '二队'))
  expect(second?.leaderPersonId).toBe(everybody.find(({ name }) => name === '丙一')?.id)
})

test('a value is corrected in the preview and a line left out, without the file', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市住建局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const file = await aWorkbook([
    ['姓名', '联系电话', '单位'],
    ['甲一', '1390000', '市住建局'],
    ['甲二', '13900000002', '市住建局'],
  ])
  const judged = await importing(app, [file])
  const [sheet] = judged.files[0].sheets
  const put = async (path: string, version: number, body: object) => {
    const url = `/api/imports/${judged.id}/sheets/${sheet.id}/${path}`
    const answer = await app.as('city_office').put(url).set('If-Match', `"v${version}"`).send(body)
    await app.settled()
    return answer
  }
  const cells = [{ line: 2, index: 1, text: '13900000001' }]
  expect((await put('cells', 1, { cells })).status).toBe(202)
  expect((await put('cells', 1, { cells })).body.code).toBe('version.stale')
  expect((await put('cells', 2, { cells: [{ line: 9, index: 0, text: null }] })).body.code).toBe(
    'line.missing',
  )
  expect((await put('left-out-lines', 2, { lines: [3] })).status).toBe(202)
  const rows = await rowsOf(app, judged.id)
  expect(rows.map(({ judgement, values }) => [judgement, values.phone])).toEqual([
    ['new', ['139****0001']],
    ['skipped', ['139****0002']],
  ])
  await committing(app, judged.id)
  expect((await app.db.read.select().from(persons)).map(({ name }) => name)).toEqual(['甲一'])
})

test('in a list whose rows name units, an empty cell is not the unit of the title', async () => {
  await using app = await startApp()
  for (const name of ['市住建局', '行政局']) {
    const unit = await aUnit(app.db, { name })
    await aTeam(app.db, { unitId: unit.id, name: `${name}一队` })
  }
  const file = await aWorkbook(
    [
      ['单位', '姓名', '联系电话'],
      ['行政局', '甲一', '13900000001'],
      [null, '甲二', '13900000002'],
    ],
    '市住建局志愿者名单.xlsx',
  )
  const judged = await importing(app, [file])
  const rows = await rowsOf(app, judged.id)
  expect(
    rows.map(({ judgement, problems }) => [judgement, problems.map(({ code }: { code: string }) => code)]),
  ).toEqual([
    ['new', []],
    ['error', ['unit.missing']],
  ])
})
