/** Workbooks that Excel opens although they are written unlike its own: ECMA-376 part 2, APPNOTE 4.5.3. */
import { expect, test } from 'vitest'
import { parseWorkbook } from '#platform/files/parse.ts'
import { rawParts, wide, zipped } from '#test/support/factories/spreadsheets.ts'

const text = (...cells: string[]) =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`
const rows = (xml: string) => `<sheetData>${xml}</sheetData>`
const list = rows(text('姓名', '电话') + text('甲一', '13900000001'))
const cellsOf = async (bytes: Buffer) =>
  (await parseWorkbook(bytes)).sheets.map((sheet) => sheet.rows.map(({ cells }) => cells))
const expected = [
  [
    ['姓名', '电话'],
    ['甲一', '13900000001'],
  ],
]

function renamed(from: string, to: string): Buffer {
  const { [from]: part, ...others } = rawParts(list)
  return zipped({ ...others, [to]: part as Uint8Array })
}

test.each([
  ['xl/worksheets/sheet1.xml', 'xl/worksheets/Sheet1.xml'],
  ['xl/workbook.xml', 'XL/Workbook.xml'],
  ['xl/_rels/workbook.xml.rels', 'xl/_rels/Workbook.xml.rels'],
  ['_rels/.rels', '_RELS/.rels'],
])('the name of the part %s may be written %s', async (from, to) => {
  expect(await cellsOf(renamed(from, to))).toEqual(expected)
})

test('shared texts under a name in other case are read', async () => {
  const sheet = rows('<row><c t="s"><v>0</v></c></row>')
  const shared = { 'xl/SharedStrings.xml': '<sst><si><t>甲一</t></si></sst>' }
  expect(await cellsOf(zipped(rawParts(sheet, shared)))).toEqual([[['甲一']]])
})

test('two parts whose names differ in case only are one too many', async () => {
  const parts = { ...rawParts(list), 'xl/worksheets/SHEET1.xml': new Uint8Array([60]) }
  await expect(parseWorkbook(zipped(parts))).rejects.toMatchObject({ code: 'file.corrupt' })
})

test('a cell whose shared text is missing refuses the file instead of standing empty', async () => {
  const sheet = rows('<row><c t="s"><v>0</v></c></row>')
  await expect(parseWorkbook(zipped(rawParts(sheet)))).rejects.toMatchObject({ code: 'file.corrupt' })
})

test('a target may be written with percent signs', async () => {
  const { 'xl/worksheets/sheet1.xml': sheet, ...others } = rawParts(list)
  const relations = new TextDecoder()
    .decode(others['xl/_rels/workbook.xml.rels'])
    .replace('worksheets/sheet1.xml', encodeURI('worksheets/名单.xml'))
  const parts = {
    ...others,
    'xl/_rels/workbook.xml.rels': new TextEncoder().encode(relations),
    'xl/worksheets/名单.xml': sheet as Uint8Array,
  }
  expect(await cellsOf(zipped(parts))).toEqual(expected)
})

test.each([0, 6] as const)('zip64 sizes and places are read, packed at level %d', async (level) => {
  expect(await cellsOf(wide(zipped(rawParts(list), level)))).toEqual(expected)
})

test('a zip64 directory that lies outside of the file is refused', async () => {
  const lying = wide(zipped(rawParts(list)))
  const locator = lying.length - 22 - 20
  lying.writeBigUInt64LE(BigInt(lying.length), locator + 8)
  await expect(parseWorkbook(lying)).rejects.toMatchObject({ code: 'file.corrupt' })
})

test('the text of a cell stands once, whether a value stands beside it or not', async () => {
  const sheet = rows(
    '<row><c t="inlineStr"><v>甲一</v><is><t>甲一</t></is></c><c t="inlineStr"><v>甲二</v></c>' +
      '<c t="inlineStr"><is><r><t>甲</t></r><r><t>三</t></r></is><v>旧</v></c></row>',
  )
  expect(await cellsOf(zipped(rawParts(sheet)))).toEqual([[['甲一', '甲二', '甲三']]])
})

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const extension = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const dated = {
  'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
}
const born = rows('<row><c s="1"><v>39325</v></c></row>')
const book = (more: string) => ({
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relationships}"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>${more}</workbook>`,
})

test.each([
  `<extLst><ext uri="x" xmlns:x14="${extension}"><x14:workbookPr defaultImageDpi="32767"/></ext></extLst>`,
  `<extLst><ext uri="x"><workbookPr xmlns="${extension}"/></ext></extLst>`,
  `<x14:workbookPr xmlns:x14="${extension}"/>`,
])('what an extension says does not speak for the workbook: %s', async (more) => {
  const bytes = zipped(rawParts(born, { ...dated, ...book(more) }))
  expect(await cellsOf(bytes)).toEqual([[[new Date('2011-09-01T00:00:00Z')]]])
})

test.each([
  [40786.9995, '2011-09-01T00:00:00.000Z'],
  [40787.0005, '2011-09-01T00:00:00.000Z'],
  [40787 - 43 / 86_400, '2011-09-01T00:00:00.000Z'],
  [40786.5, '2011-08-31T12:00:00.000Z'],
  [40787 - 60 / 86_400, '2011-08-31T23:59:00.000Z'],
])('the serial number %d is %s', async (serial, moment) => {
  const sheet = rows(`<row><c s="1"><v>${serial}</v></c></row>`)
  expect(await cellsOf(zipped(rawParts(sheet, dated)))).toEqual([[[new Date(moment)]]])
})

test('rows, columns and sheets that are not shown say so', async () => {
  const hiding =
    '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="9"/></cols>' +
    rows(`<row hidden="1"><c><v>1</v></c></row><row hidden="0"><c><v>2</v></c></row>`)
  const [sheet] = (await parseWorkbook(zipped(rawParts(hiding)))).sheets
  expect(sheet?.rows).toEqual([
    { line: 1, cells: [1], hidden: true },
    { line: 2, cells: [2] },
  ])
  expect(sheet?.hiddenColumns).toEqual([1, 2])
})

test.each([
  ['姓名,电话\r\n甲一,1\n甲二,2\n', 3],
  ['姓名,电话\r\n甲一,1\r\n甲二,2\n甲三,3\r甲四,4', 5],
  ['姓名,电话\n甲一,"1\r\n2"\r\n甲二,2\r\n', 3],
])('any line end closes a record outside of quotation marks: %j', async (csv, records) => {
  expect((await parseWorkbook(Buffer.from(csv))).sheets[0]?.rows).toHaveLength(records)
})
