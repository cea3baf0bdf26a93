import { expect, test } from 'vitest'
import { layoutOf } from '#modules/organisation/import/layout.ts'
import { type ListKind, listKinds } from '#modules/organisation/import/words.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, importing } from '#test/support/factories/spreadsheets.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

test('every template is recognised as the list it is for, in both languages, with no column unread', async () => {
  await using app = await startApp()
  for (const kind of Object.keys(listKinds) as ListKind[]) {
    for (const language of ['zh-CN', 'en']) {
      const answer = await app
        .as('city_office')
        .get(`/api/import-templates/${kind}.xlsx`)
        .set('Accept-Language', language)
        .buffer()
        .parse((response, done) => {
          const parts: Buffer[] = []
          response
            .on('data', (part: Buffer) => parts.push(part))
            .on('end', () => done(null, Buffer.concat(parts)))
        })
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
  const { body } = await app
    .as('city_office')
    .get(`/api/imports/${judged.id}/errors.xlsx`)
    .buffer()
    .parse((response, done) => {
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => done(null, Buffer.concat(parts)))
    })
  const [sheet] = (await readWorkbook(body)).sheets
  expect(sheet?.name).toBe('队员')
  expect(sheet?.rows.map(({ cells }) => cells)).toEqual([
    ['姓名', '联系电话', '单位', '备注', '原表行号', '处理结果', '原因'],
    ['赵敏', "'+86 1540", '市教育局', "'=cmd|x", 4, '错误', '联系电话:不是有效的电话号码'],
    ['钱进', null, '没有的单位', null, 5, '待人工确认', '这是哪个单位?'],
  ])
  const again = await importing(app, [{ name: 'errors.xlsx', bytes: body }])
  expect(again.counts).toMatchObject({ error: 1, needs_decision: 1 })
})
