/** The lists of points, standards and tasks to fill in: recognised, complete, as text, and their example is no data. */
import { beforeAll, expect, test } from 'vitest'
import { tasksRegister } from '#modules/command/index.ts'
import { headingsOf } from '#modules/imports/read/headings.ts'
import { layoutOf } from '#modules/imports/read/layout.ts'
import { inspectionRegisters } from '#modules/inspection/index.ts'
import { readWorkbook } from '#platform/files/index.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { anInspectedCity } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  downloading,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let office: SignedIn

const languages = ['zh-CN', 'en'] as const
const kinds = ['points', 'standards', 'tasks'] as const

beforeAll(async () => {
  const city = await anInspectedCity(app)
  office = city.office
  const [first] = city.districts
  await aZone(app.db, {
    ...{ kind: 'subdistrict', name: '南地街道', districtCode: '210502', parent: first!.zone },
    boundary: {
      type: 'Polygon',
      coordinates: [
        [
          [123.76, 41.29],
          [123.77, 41.29],
          [123.77, 41.3],
          [123.76, 41.3],
          [123.76, 41.29],
        ],
      ],
    },
  })
  for (const name of ['平山区房产局', '市市场监管局', '市商务局']) await aUnit(app.db, { name })
})

const templateOf = async (kind: string, language: string) => {
  const { body, headers } = await downloading(app, `/api/import-templates/${kind}.xlsx`, { language })
  return { body, name: decodeURIComponent(headers['content-disposition'] as string) }
}

test('the templates are recognised in both languages, with no column unread, and every cell is text', async () => {
  const headings = headingsOf([tasksRegister(app.context), ...inspectionRegisters(app.context)])
  for (const kind of kinds)
    for (const language of languages) {
      const { body } = await templateOf(kind, language)
      const [sheet] = (await readWorkbook(body)).sheets
      const layout = layoutOf(sheet!, headings)
      const unread = layout.columns.filter(({ field }) => field === null).map(({ heading }) => heading)
      expect([kind, language, layout.list, unread]).toEqual([kind, language, kind, []])
    }
  expect((await templateOf('points', 'zh-CN')).name).toContain('点位台账模板.xlsx')
  expect((await templateOf('standards', 'en')).name).toContain('Standards template.xlsx')
})

test('a template comes back without becoming data: its example says so, and its explanations are nobody’s list', async () => {
  for (const kind of kinds)
    for (const language of languages) {
      const { body } = await templateOf(kind, language)
      const judged = await importing(app, [{ name: '模板.xlsx', bytes: body }], office)
      const counted = Object.values<number>(judged.counts).reduce((sum, each) => sum + each, 0)
      expect([kind, language, counted, judged.openDecisions]).toEqual([kind, language, 0, 0])
      const [file] = judged.files
      expect(file.sheets.map(({ list }: { list: string }) => list)).toEqual([kind])
      const rows = await rowsOf(app, judged.id, 'limit=200', office)
      expect(rows.map((row) => row.kind).filter((each) => each === 'sample')).toEqual(['sample'])
    }
})

test('the example, filled in as a row of one’s own, is a row that is taken', async () => {
  for (const kind of kinds)
    for (const [n, language] of languages.entries()) {
      const { body } = await templateOf(kind, language)
      const [sheet] = (await readWorkbook(body)).sheets
      const filled = sheet!.rows.map(({ cells }) =>
        cells.map((cell) => (cell === null ? null : String(cell))),
      )
      const sample = filled.findIndex(([first]) => first === '示例' || first === 'Example')
      const row = filled[sample]!
      row[0] = '1'
      if (kind !== 'tasks') row[1] = `${row[1]}-${n}`
      const titles = { points: '', standards: `市文明办测评体系${n}`, tasks: `市文明办创城任务清单${n}` }
      const title = titles[kind] === '' ? [] : [[titles[kind]]]
      const rows = [...title, ...filled.slice(title.length)]
      const judged = await importing(app, [await aWorkbook(rows, '名单.xlsx')], office)
      const found = await rowsOf(app, judged.id, 'kind=data&limit=200', office)
      expect([kind, language, found.map(({ judgement, problems }) => [judgement, problems])]).toEqual([
        kind,
        language,
        [['new', []]],
      ])
      await committing(app, judged.id, office)
    }
})

test('which lists can be filled in is told with the kinds of lists', async () => {
  const { body } = await app.as(office).get('/api/import-kinds?lang=zh').expect(200)
  const filled = body.lists.filter(({ template }: { template: boolean }) => template)
  expect(filled.map(({ list }: { list: string }) => list).sort()).toEqual(
    ['people', 'units', 'teams', 'heads', 'classes', 'points', 'standards', 'tasks'].sort(),
  )
})
