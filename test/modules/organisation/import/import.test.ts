import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aCsv, aWorkbook, committing, deciding, decisionsOf, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'

test('a register of units is judged, committed, and unchanged when it comes again', async () => {
  await using app = await startApp()
  const file = await aWorkbook([
    ['单位名称', '单位性质', '上级单位', '联络员', '联络员电话', '别名'],
    ['本溪市教育局', '机关', null, '张伟', '15400000001', '市教育局、教育局'],
    ['本溪市实验小学', '学校', '本溪市教育局', '李娜', '15400000002', null],
  ])
  const judged = await importing(app, [file])
  expect(judged).toMatchObject({ state: 'judged', counts: { new: 2, error: 0 }, openDecisions: 0 })
  expect(await committing(app, judged.id)).toMatchObject({ state: 'committed' })
  const { body } = await app.as('city_office').get('/api/units')
  expect(body.items.map((unit: { name: string }) => unit.name).sort()).toEqual(['本溪市实验小学', '本溪市教育局'])
  const again = await importing(app, [file])
  expect(again.counts).toMatchObject({ unchanged: 2, new: 0, update: 0 })
})
