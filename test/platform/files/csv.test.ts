import { expect, test } from 'vitest'
import { delimiterOf } from '#platform/files/csv.ts'
import {
  type Cell,
  guarded,
  readWorkbook,
  unguarded,
  writeCsv,
  writeWorkbook,
} from '#platform/files/index.ts'

const cellsOf = async (bytes: Buffer): Promise<Cell[][]> =>
  ((await readWorkbook(bytes)).sheets[0]?.rows ?? []).map(({ cells }) => cells)
const table = [
  ['姓名', '手机'],
  ['张三', '15400000001'],
]
/** 姓名,手机 / 张三,15400000001 in GB18030. */
const gbk = Buffer.concat([
  Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xca, 0xd6, 0xbb, 0xfa, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c]),
  Buffer.from('15400000001\n'),
])

test('text tables are read in UTF-8 with and without a mark, UTF-16 and GB18030', async () => {
  const text = '姓名,手机\n张三,15400000001\n'
  expect(await cellsOf(Buffer.from(text))).toEqual(table)
  expect(await cellsOf(Buffer.from(`\ufeff${text}`))).toEqual(table)
  expect(await cellsOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(table)
  expect(await cellsOf(gbk)).toEqual(table)
})

test.each([
  [',', '甲,乙,丙\n1,2,3'],
  ['\t', '甲\t乙\n1,5\t2'],
  [';', '甲;乙\n"1,2,3";4'],
  ['\uff0c', '甲\uff0c乙\n1\uff0c2'],
])('the delimiter %j is found', (delimiter, text) => {
  expect(delimiterOf(text)).toBe(delimiter)
})

test('quoted cells hold delimiters and line ends; empty lines keep their number', async () => {
  const { sheets } = await readWorkbook(Buffer.from('a,"b,\n""c"""\r\n\r\nd,e\r\n'))
  expect(sheets[0]?.rows).toEqual([
    { line: 1, cells: ['a', 'b,\n"c"'] },
    { line: 3, cells: ['d', 'e'] },
  ])
})

test('a formula in a text table is a fault, but for one that only protects text', async () => {
  expect(await cellsOf(Buffer.from('a,="0123",=1+1\n'))).toEqual([
    ['a', '0123', { fault: 'formula', text: '=1+1' }],
  ])
})

test('a quotation mark that is never closed is said with its line', async () => {
  await expect(readWorkbook(Buffer.from('a,b\n"c,d\n'))).rejects.toMatchObject({ code: 'file.corrupt' })
})

test('marks inside a cell stand for themselves, and every kind of line end ends a row', async () => {
  expect(await cellsOf(Buffer.from('a,b"c"\r"d"e,f\n"g ""h""",\r\n,,i'))).toEqual([
    ['a', 'b"c"'],
    ['"d"e', 'f'],
    ['g "h"'],
    [null, null, 'i'],
  ])
})

const mega = 1024 * 1024
const lines = (count: number, line: string) => Buffer.from(`${line}\n`.repeat(count))

test.each([
  ['19 MB of commas', 'columns', Buffer.alloc(19 * mega, ',')],
  [
    '19 MB of commas and one word',
    'columns',
    Buffer.concat([Buffer.alloc(19 * mega, ','), Buffer.from('x')]),
  ],
  ['a word right of the last column', 'columns', Buffer.from(`${','.repeat(256)}x`)],
  ['19 MB of cells of one character', 'cells', lines(99_000, 'x,'.repeat(100))],
  ['words behind empty cells', 'cells', lines(70_000, `${','.repeat(255)}x`)],
  ['a row too many', 'rows', lines(150_001, 'x')],
])('%s: refused while it is read', async (_, what, bytes) => {
  // The thread's memory is limited: one that was exhausted would say `heapMb`.
  await expect(readWorkbook(bytes)).rejects.toMatchObject({ code: 'file.too_large', details: { what } })
})

test('lines of nothing are passed over, however many and however wide', async () => {
  const bytes = Buffer.concat([lines(200_000, ''), lines(1000, ','.repeat(16_000)), Buffer.from('a,b')])
  expect((await readWorkbook(bytes)).sheets[0]?.rows).toEqual([{ line: 201_001, cells: ['a', 'b'] }])
})

test('a cell longer than a cell can be is refused with its line', async () => {
  const long = 'x'.repeat(32_768)
  for (const bytes of [`a\n${long}`, `a\n"${long}"`])
    await expect(readWorkbook(Buffer.from(bytes))).rejects.toMatchObject({
      code: 'file.corrupt',
      message: expect.stringContaining('line 2'),
    })
})

test.each([
  '=1+1',
  '+SUM(A1)',
  '-5',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '=HYPERLINK("http://x")',
  ' =1',
  '\u3000＝1',
  '\u200b+1',
  '\ufeff@x',
  '－2+3',
])('%j never starts a formula', async (text) => {
  expect(guarded(text)).toBe(`'${text}`)
  expect(unguarded(guarded(text))).toBe(text)
  const inSheet = (await cellsOf(await writeWorkbook([{ name: 'S', rows: [[text]] }])))[0]?.[0]
  expect(String(inSheet).startsWith("'")).toBe(true)
  expect(writeCsv([[text]]).toString()).toMatch(/^\ufeff"?'/)
})

test('numbers stay numbers, negative ones too, and characters that cannot be written are left out', async () => {
  expect(
    await cellsOf(await writeWorkbook([{ name: 'a:b/c*?[]'.repeat(9), rows: [[-5, 'a\u0000\ud800b']] }])),
  ).toEqual([[-5, 'ab']])
  expect(writeCsv([[-5, 'x,y', null]]).toString()).toBe('\ufeff-5,"x,y",\r\n')
})

test('a large workbook is written in a thread and read again', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => [`志愿者${at}`, at])
  expect(await cellsOf(await writeWorkbook([{ name: 'S', rows }]))).toEqual(rows)
})
