import { expect, test } from 'vitest'
import { fileLimits, readWorkbook, type Sheet, writeWorkbook } from '#platform/files/index.ts'
import { showsDate } from '#platform/files/xlsx-parts.ts'
import { dateOfSerial, positionOf } from '#platform/files/xlsx-sheet.ts'
import { declaring, rawParts, rawWorkbook, zipped } from '#test/support/factories/spreadsheets.ts'

const rows = (data: string) => `<sheetData>${data}</sheetData>`
const only = async (bytes: Buffer): Promise<Sheet> => (await readWorkbook(bytes)).sheets[0] as Sheet
const refusal = async (bytes: Buffer) => {
  const error = await readWorkbook(bytes).then(
    () => undefined,
    (thrown: { code?: string }) => thrown,
  )
  return error?.code
}

test('what was written is read again: text, numbers, dates, gaps', async () => {
  const date = new Date('1990-01-31T00:00:00Z')
  const bytes = await writeWorkbook([{ name: '名单', rows: [['姓名', null, 3.5], [], ['张三', date]] }])
  const sheet = await only(bytes)
  expect(sheet.name).toBe('名单')
  expect(sheet.rows).toEqual([
    { line: 1, cells: ['姓名', null, 3.5] },
    { line: 3, cells: ['张三', date] },
  ])
})

test('a formula is the value stored beside it, and a fault without one', async () => {
  const sheet = await only(
    rawWorkbook(
      rows(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>2x</v></c><c r="D1" t="e"><v>#REF!</v></c></row>',
      ),
    ),
  )
  expect(sheet.rows[0]?.cells).toEqual([
    2,
    { fault: 'formula', text: '' },
    '2x',
    { fault: 'error', text: '#REF!' },
  ])
})

test('texts keep rare characters, lose readings in small print, and undo the escapes of Excel', async () => {
  const bytes = rawWorkbook(
    rows(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>&#x20BB7;&#134071;</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c></row>',
    ),
    { 'xl/sharedStrings.xml': '<sst><si><t>a_x000D_b</t><rPh><t>reading</t></rPh></si></sst>' },
  )
  expect((await only(bytes)).rows[0]?.cells).toEqual(['𠮷𠮷', 'a\rb', '张三'])
})

test('rows and cells without references follow one another, and prefixes of names do not matter', async () => {
  const xml =
    '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'
  const sheet = await only(rawWorkbook('', { 'xl/worksheets/sheet1.xml': xml }))
  expect(sheet.rows).toEqual([
    { line: 1, cells: [1, 2] },
    { line: 2, cells: [3] },
  ])
})

test('a number is a date only under a style that shows one', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>'
  const data = rows(
    '<row r="1"><c r="A1" s="0"><v>32874</v></c><c r="B1" s="1"><v>32874</v></c><c r="C1" s="2"><v>1</v></c></row>',
  )
  const date = new Date('1990-01-01T00:00:00Z')
  const cells = (await only(rawWorkbook(data, { 'xl/styles.xml': styles }))).rows[0]?.cells
  expect(cells).toEqual([32874, date, new Date('1900-01-01T00:00:00Z')])
})

test('serial numbers know the leap day of 1900 that never was, and the calendar that begins in 1904', () => {
  expect(dateOfSerial(59, false)?.toISOString().slice(0, 10)).toBe('1900-02-28')
  expect(dateOfSerial(61, false)?.toISOString().slice(0, 10)).toBe('1900-03-01')
  expect(dateOfSerial(0, true)?.toISOString().slice(0, 10)).toBe('1904-01-01')
  expect(dateOfSerial(3_000_000, false)).toBeUndefined()
})

test('formats of dates are told from those of numbers', () => {
  expect(['yyyy-mm-dd', 'm/d/yy', '[$-804]yyyy"年"m"月"', 'h:mm', '[h]:mm:ss'].map(showsDate)).toEqual(
    Array(5).fill(true),
  )
  expect(['0.00', '#,##0"年"', 'General', '[Red]0', '0\\d', '@'].map(showsDate)).toEqual(Array(6).fill(false))
})

test('positions are read from references', () => {
  expect(positionOf('A1')).toEqual({ column: 0, line: 1 })
  expect(positionOf('$AB$12')).toEqual({ column: 27, line: 12 })
  expect(positionOf('12')).toBeUndefined()
})

test('a sheet that claims the largest size costs what it holds', async () => {
  const data = `<dimension ref="A1:XFD1048576"/>${rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>')}`
  expect((await only(rawWorkbook(data))).rows.map(({ line }) => line)).toEqual([1, 1_048_576])
})

test('more empty rows than a file may have rows are passed over', async () => {
  const empty = Array.from(
    { length: fileLimits.rows + 1 },
    (_, at) => `<row r="${at + 2}" spans="1:3"/>`,
  ).join('')
  const sheet = await only(rawWorkbook(rows(`<row r="1"><c r="A1"><v>1</v></c></row>${empty}`)))
  expect(sheet.rows).toHaveLength(1)
})

test('a cell far to the right is refused by name, and blank text there is not', async () => {
  const at = (value: string) =>
    rows(`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" t="inlineStr"><is><t>${value}</t></is></c></row>`)
  expect(await refusal(rawWorkbook(at('x')))).toBe('file.too_large')
  expect((await only(rawWorkbook(at(' ')))).rows[0]?.cells).toEqual([1])
})

test('a part that unpacks to far more than its size is refused before it is unpacked', async () => {
  const parts = rawParts(rows(''))
  parts['xl/media/bomb.bin'] = new Uint8Array(fileLimits.ratioFromBytes + 1)
  const bytes = zipped(parts)
  expect(bytes.length).toBeLessThan(200_000)
  expect(await refusal(bytes)).toBe('file.bomb')
})

test('a header that lies is found out while unpacking', async () => {
  const long = `<row r="1"><c r="A1" t="inlineStr"><is><t>${'长'.repeat(9000)}</t></is></c></row>`
  const lying = declaring(rawWorkbook(rows(long)), 'xl/worksheets/sheet1.xml', 500)
  expect(await refusal(lying)).toBe('file.bomb')
})

test('parts that lie over one another are refused', async () => {
  const bytes = Buffer.from(rawWorkbook(rows('<row r="1"><c r="A1"><v>1</v></c></row>')))
  const second = bytes.indexOf('xl/workbook.xml', bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))) - 46
  // The workbook's entry points to where the first part lies.
  bytes.writeUInt32LE(0, second + 42)
  expect(await refusal(bytes)).toBe('file.bomb')
})

test('one shared text shown a hundred thousand times counts every time', async () => {
  const many = Array.from(
    { length: 20_000 },
    (_, at) => `<row r="${at + 1}"><c t="s"><v>0</v></c></row>`,
  ).join('')
  const bytes = rawWorkbook(rows(many), {
    'xl/sharedStrings.xml': `<sst><si><t>${'a'.repeat(30_000)}</t></si></sst>`,
  })
  expect(await refusal(bytes)).toBe('file.too_large')
})

test('empty cells before a value count, and so do texts and styles that nothing shows', async () => {
  const wide = Array.from(
    { length: 8000 },
    (_, at) => `<row r="${at + 1}"><c r="IV${at + 1}"><v>1</v></c></row>`,
  )
  expect(await refusal(rawWorkbook(rows(wide.join(''))))).toBe('file.too_large')
  const one = rows('<row r="1"><c r="A1"><v>1</v></c></row>')
  const texts = `<sst>${'<si/>'.repeat(2_000_001)}</sst>`
  expect(await refusal(rawWorkbook(one, { 'xl/sharedStrings.xml': texts }))).toMatch(
    /^file\.(too_large|bomb)$/,
  )
  const styles = `<styleSheet><cellXfs>${'<xf/>'.repeat(65_537)}</cellXfs></styleSheet>`
  expect(await refusal(rawWorkbook(one, { 'xl/styles.xml': styles }))).toBe('file.corrupt')
})

test('elements nested without end are refused', async () => {
  expect(await refusal(rawWorkbook(rows('<row>'.repeat(65))))).toBe('file.corrupt')
})

test('names of parts lead nowhere', async () => {
  const rels =
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>'
  expect(await refusal(rawWorkbook(rows(''), { 'xl/_rels/workbook.xml.rels': rels }))).toBe('file.corrupt')
})

test('a document type with entities is refused', async () => {
  const xml =
    '<!DOCTYPE lol [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
  expect(await refusal(rawWorkbook('', { 'xl/worksheets/sheet1.xml': xml }))).toBe('file.corrupt')
})

test('a file that was cut off, changed or is none is called so', async () => {
  const whole = rawWorkbook(rows('<row r="1"><c r="A1"><v>1</v></c></row>'))
  expect(await refusal(whole.subarray(0, whole.length - 40))).toBe('file.corrupt')
  const changed = Buffer.from(whole)
  const content = changed.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length + 4
  changed[content] = (changed[content] as number) ^ 0xff
  expect(await refusal(changed)).toBe('file.corrupt')
  expect(await refusal(Buffer.alloc(0))).toBe('file.not_a_spreadsheet')
  expect(await refusal(Buffer.from('%PDF-1.7 …'))).toBe('file.not_a_spreadsheet')
  expect(await refusal(zipped({ 'word/document.xml': new Uint8Array(3) }))).toBe('file.not_a_spreadsheet')
  expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))).toBe(
    'file.not_a_spreadsheet',
  )
})

test('an encrypted workbook is told from an old one', async () => {
  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const named = (name: string) => Buffer.concat([ole, Buffer.alloc(504), Buffer.from(name, 'utf16le')])
  expect(await refusal(named('EncryptedPackage'))).toBe('file.encrypted')
  expect(await refusal(named('Workbook'))).toBe('file.needs_conversion')
  expect(await refusal(named('WordDocument'))).toBe('file.not_a_spreadsheet')
})
