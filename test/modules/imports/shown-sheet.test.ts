/** What a page needs to show a list as it was sent, and to answer everything in its place. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  deciding,
  decisionsOf,
  importing,
  importOf,
  rawWorkbook,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

const row = (cells: string[], hidden = false) =>
  `<row${hidden ? ' hidden="1"' : ''}>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`

test('the lines of a sheet are shown as they stand, with what was read, and every answer is given in its place', async () => {
  await using app = await startApp()
  const bureau = await aUnit(app.db, { name: '市住建局' })
  await aTeam(app.db, { unitId: bureau.id, name: '一队' })
  const roster = {
    name: '住建局名册.xlsx',
    bytes: rawWorkbook(
      `<sheetData>${row(['市住建局志愿者'])}${row(['姓名', '联系电话', '姓名', '联系电话', '单位'])}${row(['甲一', '13900000001', '乙一', '139 0000 02', '市住建局'])}${row(['甲二', '13900000003', '乙二', '13900000004', '住建'])}${row(['甲三', '13900000005', '', '', '市住建局'], true)}</sheetData><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>`,
    ),
  }
  const people = await aWorkbook([
    ['姓名', '出生日期', '单位'],
    ['丙一', new Date('1990-05-06T07:08:00Z'), '市住建局'],
  ])
  const judged = await importing(app, [roster, people])
  const [sheet] = judged.files[0].sheets
  const of = (id: string) => `/api/imports/${judged.id}/sheets/${id}`
  const linesOf = async (query = '', id = sheet.id) =>
    (
      await app
        .as('city_office')
        .get(`${of(id)}/lines?${query}`)
        .expect(200)
    ).body
  const put = async (path: string, version: number, body: object) => {
    await app
      .as('city_office')
      .put(`${of(sheet.id)}/${path}`)
      .set('If-Match', `"v${version}"`)
      .send(body)
      .expect(202)
    await app.settled()
  }

  // As it stands: titles and headings, masked numbers, merges, hidden lines; the columns of each person.
  const { items: lines } = await linesOf()
  expect(lines.map(({ line, kind, hidden }: Record<string, unknown>) => [line, kind, hidden])).toEqual([
    [1, 'title', false],
    [2, 'heading', false],
    [3, 'data', false],
    [4, 'data', false],
    [5, 'data', true],
  ])
  expect(lines[0].merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 4 }])
  expect(lines[2].cells.map(({ text }: { text: string }) => text)).toEqual([
    '甲一',
    '139****0001',
    '乙一',
    '1****02',
    '市住建局',
  ])
  expect(sheet.columns.map(({ field, part }: Record<string, unknown>) => [field, part])).toEqual([
    ['name', 0],
    ['phone', 0],
    ['name', 1],
    ['phone', 1],
    ['unit', null],
  ])
  expect(sheet.counts).toEqual({ new: 1, error: 1, needs_decision: 3 })
  const told = lines[2].rows.map(({ judgement, problems }: Record<string, unknown>) => [judgement, problems])
  expect(told[0]).toEqual(['new', []])
  expect(told[1]).toEqual(['error', [expect.objectContaining({ index: 3, field: 'phone' })]])

  // In full only when asked, and that is in the audit trail.
  const numbersShown = () =>
    app.db.read.select().from(auditEntries).where(eq(auditEntries.action, 'import.numbers_shown'))
  expect(await numbersShown()).toHaveLength(0)
  expect((await linesOf('full=true&fromLine=3&limit=1')).items[0].cells[3].text).toBe('139 0000 02')
  expect(await numbersShown()).toHaveLength(1)

  // A page is a number of lines, however many people a line has; of one judgement only, where asked.
  const first = await linesOf('fromLine=3&limit=1')
  const next = await linesOf(`fromLine=3&limit=1&cursor=${first.nextCursor}`)
  expect([first, next].map(({ items }) => [items[0].line, items[0].rows.length])).toEqual([
    [3, 2],
    [4, 2],
  ])
  expect((await linesOf('judgement=error')).items.map(({ line }: { line: number }) => line)).toEqual([3])

  // A value with a time of day is shown with it.
  const [other] = judged.files[1].sheets
  expect((await linesOf('fromLine=2', other.id)).items[0].cells[1]).toEqual({
    text: '1990-05-06 07:08:00',
    kind: 'date',
    was: null,
  })

  // A corrected cell shows what it was; its former text puts it back as it stood.
  await put('cells', 1, { cells: [{ line: 3, index: 3, text: '13900000002' }] })
  const corrected = (await linesOf('fromLine=3&limit=1')).items[0]
  expect(corrected.cells[3]).toEqual({ text: '139****0002', kind: 'text', was: '1****02' })
  expect(corrected.rows.map(({ judgement }: { judgement: string }) => judgement)).toEqual(['new', 'new'])
  await put('cells', 2, { cells: [{ line: 3, index: 3, text: '139 0000 02' }] })
  expect((await linesOf('fromLine=3&limit=1')).items[0].cells[3].was).toBeNull()
  await put('cells', 3, { cells: [{ line: 3, index: 3, text: '13900000002' }] })

  // A line left out stays so for everybody in it, and the sheet says which.
  await put('left-out-lines', 4, { lines: [5] })
  const fresh = await importOf(app, judged.id)
  expect(fresh.files[0].sheets[0]).toMatchObject({ leftOutLines: [5], version: 5 })
  expect((await linesOf('fromLine=5')).items[0]).toMatchObject({ leftOut: true, hidden: true })

  // Each question says where it is asked, and how it is answered.
  const open = (await app.as('city_office').get(`/api/imports/${judged.id}/decisions?answered=false`)).body
    .items
  expect(open.map(({ kind, answerBy, places }: Record<string, unknown>) => [kind, answerBy, places])).toEqual(
    [['unit', 'id', [{ sheetId: sheet.id, line: 4 }]]],
  )
  await deciding(app, judged.id, { decisions: [{ decisionId: open[0].id, answer: 'use', id: bureau.id }] })
  expect((await decisionsOf(app, judged.id)).map(({ answer }) => answer.id)).toEqual([bureau.id])

  await committing(app, judged.id)
  const { items } = (await app.as('city_office').get('/api/imports')).body
  expect(items).toEqual([
    expect.objectContaining({
      state: 'committed',
      startedByName: expect.any(String),
      fileCount: 2,
      fileNames: ['住建局名册.xlsx', '名单.xlsx'],
      adds: { units: 0, teams: 0, persons: 4, tasks: 0, points: 0, standards: 0 },
    }),
  ])
})

test('a problem is shown in the block where it stands, also when the blocks before it are empty', async () => {
  await using app = await startApp()
  const bureau = await aUnit(app.db, { name: '市住建局' })
  await aTeam(app.db, { unitId: bureau.id, name: '一队' })
  const list = await aWorkbook(
    [
      ['姓名', '电话', '姓名', '电话'],
      ['甲一', '13900000001', '乙一', '13900000002'],
      [null, null, '乙二', '1390003'],
    ],
    '市住建局.xlsx',
  )
  const judged = await importing(app, [list])
  const wrong = (await rowsOf(app, judged.id)).flatMap(({ values, problems }) =>
    problems.map(({ index }: { index: number }) => [values.name, index]),
  )
  expect(wrong).toEqual([['乙二', 3]])
})

test('a page knows every kind of list and what a column may mean', async () => {
  await using app = await startApp()
  const { body } = await app.as('city_office').get('/api/import-kinds?lang=zh').expect(200)
  const people = body.lists.find(({ list }: { list: string }) => list === 'people')
  expect([people.name, people.fields.includes('phone')]).toEqual(['志愿者名单', true])
  const named = new Set(body.fields.map(({ field }: { field: string }) => field))
  expect(
    body.lists
      .flatMap(({ fields }: { fields: string[] }) => fields)
      .filter((each: string) => !named.has(each)),
  ).toEqual([])
  expect(body.fields.find(({ field }: { field: string }) => field === 'guardianPhone').ofPerson).toBe(true)
})
