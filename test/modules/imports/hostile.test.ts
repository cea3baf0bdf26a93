import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { persons, units } from '#modules/organisation/schema.ts'
import { fileLimits } from '#platform/files/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aCsv,
  aWorkbook,
  committing,
  declaring,
  importing,
  rawParts,
  rawWorkbook,
  rowsOf,
  zipped,
} from '#test/support/factories/spreadsheets.ts'

const sheet = (data: string) => `<sheetData>${data}</sheetData>`
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`

/** What is said about each file of an upload; nothing of the organisation has changed. */
async function failures(app: TestApp, files: { name: string; bytes: Buffer }[]) {
  const judged = await importing(app, files)
  expect(await app.db.read.select().from(persons)).toEqual([])
  expect(await app.db.read.select().from(units)).toEqual([])
  return {
    judged,
    codes: judged.files.map((file: { failure: { code: string } | null }) => file.failure?.code ?? null),
  }
}

test('bombs, lies, garbage, protected and foreign files are each refused by name, and the others are read', async () => {
  await using app = await startApp()
  const bomb = rawParts(sheet(''))
  bomb['xl/media/a.bin'] = new Uint8Array(fileLimits.ratioFromBytes + 1)
  const protectedFile = Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ])
  const lie = declaring(
    rawWorkbook(sheet(`<row>${text('长'.repeat(9000))}</row>`)),
    'xl/worksheets/sheet1.xml',
    300,
  )
  const { judged, codes } = await failures(app, [
    { name: 'bomb.xlsx', bytes: zipped(bomb) },
    { name: 'lie.xlsx', bytes: lie },
    { name: 'garbage.xlsx', bytes: randomBytes(1024 * 1024) },
    { name: 'protected.xlsx', bytes: protectedFile },
    {
      name: 'old.xls',
      bytes: Buffer.concat([protectedFile.subarray(0, 512), Buffer.from('Workbook', 'utf16le')]),
    },
    { name: 'empty.xlsx', bytes: Buffer.alloc(0) },
    { name: 'wide.xlsx', bytes: rawWorkbook(sheet(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)) },
    await aWorkbook([
      ['姓名', '单位', '队伍'],
      ['王芳', '没有的单位', '一队'],
    ]),
  ])
  expect(codes).toEqual([
    'file.bomb',
    'file.bomb',
    'file.not_a_spreadsheet',
    'file.encrypted',
    'file.needs_conversion',
    'file.not_a_spreadsheet',
    'file.too_large',
    null,
  ])
  expect(judged).toMatchObject({ state: 'judged', counts: { needs_decision: 1 } })
})

test('a formula is never evaluated: its stored value counts, and without one the cell is an error', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const row = (name: string, cell: string) => `<row>${text(name)}${cell}${text('市教育局')}</row>`
  const bytes = rawWorkbook(
    sheet(
      `<row>${text('姓名')}${text('手机')}${text('单位')}</row>` +
        row('王芳', '<c><f>WEBSERVICE("http://localhost/")</f></c>') +
        row('赵敏', '<c><f>15400000000+4</f><v>15400000004</v></c>') +
        row('=HYPERLINK("http://x","y")', '<c/>'),
    ),
  )
  const judged = await importing(app, [{ name: 'f.xlsx', bytes }])
  const rows = await rowsOf(app, judged.id)
  expect(rows.map(({ judgement, problems }) => [judgement, problems[0]?.code])).toEqual([
    ['error', 'cell.formula'],
    ['new', undefined],
    ['error', 'name.malformed'],
  ])
})

test('a list in GBK is read; one without headings says so', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const gbk = Buffer.concat([
    Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xca, 0xd6, 0xbb, 0xfa, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c]),
    Buffer.from('15400000001\n'),
  ])
  const judged = await importing(app, [
    aCsv(gbk, '市教育局志愿者名单.csv'),
    aCsv('王芳,15400000003\n', 'x.csv'),
  ])
  expect(judged).toMatchObject({
    counts: { new: 1 },
    files: [{ sheets: [{ problem: null }] }, { sheets: [{ problem: 'sheet.headings_missing' }] }],
  })
  expect((await rowsOf(app, judged.id))[0].values.name).toBe('张三')
})

test('a million empty rows and the largest of sheets cost nothing but their reading', async () => {
  await using app = await startApp()
  const empty = Array.from({ length: 1_000_000 }, () => '<row/>').join('')
  const bytes = rawWorkbook(
    `<dimension ref="A1:XFD1048576"/>${sheet(`<row>${text('姓名')}${text('手机')}</row>${empty}`)}`,
  )
  const judged = await importing(app, [{ name: 'empty.xlsx', bytes }])
  expect(judged).toMatchObject({ state: 'judged', rows: 0, files: [{ failure: null }] })
})

test('file names are never used as paths, and requests that are not forms are refused', async () => {
  await using app = await startApp()
  const { bytes } = await aWorkbook([['姓名'], ['王芳']])
  const judged = await importing(app, [{ name: '../../../../etc/passwd', bytes }])
  expect(judged.files[0].name).not.toContain('/')
  const json = await app.as('city_office').post('/api/imports').send({ files: [] })
  expect(json.status).toBe(415)
  const none = await app.as('city_office').post('/api/imports').field('note', 'x')
  expect(none.body.code).toBe('import.empty')
  const large = await app
    .as('city_office')
    .post('/api/imports')
    .attach('files', Buffer.alloc(21 * 1024 * 1024), 'large.csv')
  expect(large).toMatchObject({ status: 413, body: { code: 'file.too_large' } })
})

test('nothing but sealed bytes of what was uploaded stands in the database', async () => {
  await using app = await startApp()
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const file = await aWorkbook(
    [
      ['市教育局志愿者名单 领队:金丝雀 15499887766'],
      ['姓名', '手机', '身份证号', '单位', '备注'],
      ['金丝雀', '15499887766', '110101199003077715', '市教育局', '金丝雀笼'],
      ['金丝雀', '1549988', null, '金丝雀社', null],
    ],
    '金丝雀名单15499887766.xlsx',
  )
  const judged = await importing(app, [file])
  expect(judged.counts).toMatchObject({ new: 1, error: 1 })
  const { imports, importFileParts, importFiles, importSheets, importRows, importDecisions } = await import(
    '#modules/imports/schema.ts'
  )
  const stored: string[] = []
  for (const table of [imports, importFileParts, importFiles, importSheets, importRows, importDecisions]) {
    for (const row of await app.db.read.select().from(table as typeof imports)) {
      stored.push(
        ...Object.values(row).map((value) =>
          Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value),
        ),
      )
    }
  }
  expect(stored.filter((value) => /金丝雀|15499887766|110101199003077715/.test(value))).toEqual([])
  expect(await app.db.read.$count(importFileParts)).toBe(0)
  await committing(app, judged.id)
})
