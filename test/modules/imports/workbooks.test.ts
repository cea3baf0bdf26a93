import { expect, test } from 'vitest'
import { layoutOf } from '#modules/imports/read/layout.ts'
import { listKinds, type OwnListKind } from '#modules/imports/words.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aCsv,
  aWorkbook,
  downloading,
  importing,
  rawWorkbook,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test('every template is recognised as the list it is for, in both languages, with no column unread', async () => {
  await using app = await startApp()
  for (const kind of Object.keys(listKinds) as OwnListKind[]) {
    for (const language of ['zh-CN', 'en']) {
      const answer = await downloading(app, `/api/import-templates/${kind}.xlsx`, { language })
      expect(answer.headers['content-type']).toBe(xlsx)
      const [sheet] = (await readWorkbook(answer.body)).sheets
      const layout = layoutOf(sheet!)
      expect([kind, language, layout.list, layout.columns.filter(({ field }) => field === null)]).toEqual([
        kind,
        language,
        kind,
        [],
      ])
    }
  }
  expect((await app.as('city_office').get('/api/import-templates/other.xlsx')).status).toBe(400)
})

test('the error sheet gives back the rows as they were with reasons, starts no formula, and can be uploaded again', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const file = await aWorkbook({
    队员: [
      ['名单'],
      ['姓名', '联系电话', '单位', '备注'],
      ['王芳', '15400000003', '市教育局', null],
      ['赵敏', '+86 1540', '市教育局', '=cmd|x'],
      ['钱进', null, '没有的单位', null],
    ],
  })
  const judged = await importing(app, [file])
  const { body } = await downloading(app, `/api/imports/${judged.id}/errors.xlsx`)
  const [sheet] = (await readWorkbook(body)).sheets
  expect(sheet?.name).toBe('队员')
  expect(sheet?.rows.map(({ cells }) => cells)).toEqual([
    ['名单'],
    ['姓名', '联系电话', '单位', '备注', '原表行号', '处理结果', '原因'],
    ['赵敏', '+86 1540', '市教育局', "'=cmd|x", '4', '错误', '联系电话：不是有效的电话号码'],
    ['钱进', null, '没有的单位', null, '5', '待人工确认', '请确认是哪个单位？'],
  ])
  const again = await importing(app, [{ name: 'errors.xlsx', bytes: body }])
  expect(again.counts).toMatchObject({ error: 1, needs_decision: 1 })
})

test('the error sheet of any layout is the same list again: corrected, every row is taken', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  await aUnit(app.db, { name: '实验小学', kind: 'school' })
  const line = (cells: (string | number | null)[], at: number) =>
    `<row r="${at}">${cells.map((cell, index) => (cell === null ? '' : `<c r="${'ABCDEFGH'[index]}${at}" t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`
  const grouped = (rows: (string | number | null)[][], merges: string[]) =>
    rawWorkbook(
      `<sheetData>${rows.map((cells, at) => line(cells, at + 1)).join('')}</sheetData><mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
    )
  const files = [
    {
      name: '师生.xlsx',
      bytes: grouped(
        [
          ['实验小学小手拉大手活动报名表'],
          ['学生信息', null, null, '监护人信息', null],
          ['姓名', '班级', '性别', '姓名', '联系方式'],
          ['甲一', '三年一班', '男', '甲父', '1390000'],
          ['甲二', '三年一班', null, '乙父', '1390002'],
        ],
        ['A1:E1', 'A2:C2', 'D2:E2'],
      ),
    },
    {
      name: '两栏.xlsx',
      bytes: grouped(
        [
          ['姓名', '联系电话', '单位', '姓名', '联系电话', '单位'],
          ['丙一', '1390003', '市教育局', '丙二', '13900000004', '市教育局'],
          ['丙三', '13900000005', null, '丙四', '1390006', '市教育局'],
        ],
        ['C2:C3'],
      ),
    },
    aCsv(
      '姓名,联系电话,单位,备注\r\n丁一,1390007,市教育局,=1+1\r\n丁二,1390008,市教育局,+8613900000009\r\n',
      '表.csv',
    ),
  ]
  const judged = await importing(app, files)
  expect(judged.counts).toMatchObject({ error: 6, new: 2, needs_decision: 0 })
  const { body } = await downloading(app, `/api/imports/${judged.id}/errors.xlsx`)
  const again = await importing(app, [{ name: '错误表.xlsx', bytes: body }])
  const kindsOf = (view: typeof judged) =>
    view.files.flatMap(
      ({ sheets }: { sheets: { list: string; columns: { field: string; part: number }[] }[] }) =>
        sheets.map(({ list, columns }) => [list, columns.map(({ field, part }) => [field, part])]),
    )
  expect(kindsOf(again)).toEqual(kindsOf(judged))
  expect(again.counts).toMatchObject({ error: 6, new: 2, needs_decision: 0 })
  const values = async (id: string) =>
    (await rowsOf(app, id)).map(
      ({ judgement, values: { name, guardian, phone, unit: of, class: group } }) => ({
        judgement,
        name,
        guardian,
        phone,
        of,
        group,
      }),
    )
  expect(await values(again.id)).toEqual(await values(judged.id))
  const texts = (await readWorkbook(body)).sheets.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
  expect(texts).toEqual(expect.arrayContaining(["'=1+1", '+8613900000009']))
  // An error sheet of the error sheet has each of its own columns once.
  const twice = await downloading(app, `/api/imports/${again.id}/errors.xlsx`)
  const headings = (await readWorkbook(twice.body)).sheets.map(({ rows }) =>
    rows.flatMap(({ cells }) => cells).filter((text) => text === '原因'),
  )
  expect(headings).toEqual([['原因'], ['原因'], ['原因']])
})
