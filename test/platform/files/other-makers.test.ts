/** Workbooks of other makers: every cell is what a second, independent reader says, or the file is refused with a reason. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as SheetJs from '@e965/xlsx'
import { expect, test } from 'vitest'
import { type Cell, isFault } from '#platform/files/cells.ts'
import { parseWorkbook } from '#platform/files/parse.ts'

/** Packages that ship workbooks of Excel, LibreOffice and others as their examples and tests. Only the files are used. */
const packages = ['xlsx-stream-reader', 'xlsx-populate']
const modules = join(import.meta.dirname, '../../../node_modules')
const files = packages.flatMap((name) =>
  readdirSync(join(modules, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.xls[xm]$/.test(entry.name))
    .map((entry) => relative(modules, join(entry.parentPath, entry.name))),
)
/** One of them has 3 MB of the same numbers; two readers take half a minute for it. */
const small = files.filter((file) => statSync(join(modules, file)).size < 1_000_000)
const refused: Record<string, string> = {
  'xlsx-populate/examples/encryption/in.xlsx': 'file.encrypted',
  'xlsx-populate/examples/encryption/out.xlsx': 'file.encrypted',
}

/** A cell as text that both readers agree on, if they agree: kind and value. */
function ours(cell: Cell): string {
  if (cell === null) return ''
  if (isFault(cell)) return `${cell.fault}`
  if (cell instanceof Date) return `date ${Math.round(cell.getTime() / 1000)}`
  return `${typeof cell} ${cell}`
}

const dayMs = 86_400_000

function theirs(cell: SheetJs.CellObject, date1904: boolean): string {
  const { t, v, z, f } = cell
  if (t === 'z' || v === undefined) return f === undefined ? '' : 'formula'
  if (t === 'e') return 'error'
  if (t === 'b') return `string ${v ? 'TRUE' : 'FALSE'}`
  if (t === 'n' && typeof z === 'string' && SheetJs.SSF.is_date(z)) {
    // Excel counts a 29 February 1900, so its first 60 days are one less than they seem.
    const serial = (v as number) + (date1904 ? 1462 : (v as number) < 60 ? 1 : 0)
    return `date ${Math.round(((serial - 25_569) * dayMs) / 1000)}`
  }
  return t === 'n' ? `number ${v}` : v === '' ? '' : `string ${String(v).replaceAll('\r\n', '\n')}`
}

type Cells = Record<string, Record<string, string>>

async function readByUs(bytes: Buffer): Promise<Cells> {
  const { sheets } = await parseWorkbook(bytes)
  return Object.fromEntries(
    sheets.map(({ name, rows }) => {
      const cells = rows.flatMap(({ line, cells: some }) =>
        some.map((cell, column) => [`${SheetJs.utils.encode_col(column)}${line}`, ours(cell)] as const),
      )
      return [name, Object.fromEntries(cells.filter(([, text]) => text !== ''))]
    }),
  )
}

function readBySheetJs(bytes: Buffer): Cells {
  const book = SheetJs.read(bytes, { cellNF: true, cellText: false, cellHTML: false, sheetStubs: true })
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  return Object.fromEntries(
    book.SheetNames.map((name) => {
      const cells = Object.entries(book.Sheets[name] ?? {}).filter(([at]) => !at.startsWith('!'))
      const texts = cells.map(([at, cell]) => [at, theirs(cell as SheetJs.CellObject, date1904)] as const)
      return [name, Object.fromEntries(texts.filter(([, text]) => text !== ''))]
    }),
  )
}

test('the packages ship the workbooks that are compared here', () => {
  expect([small.length, files.length]).toEqual([21, 22])
})

test.each(Object.entries(refused))('%s is refused: %s', async (file, code) => {
  expect(small).toContain(file)
  await expect(parseWorkbook(readFileSync(join(modules, file)))).rejects.toMatchObject({ code })
})

test.each(small.filter((file) => refused[file] === undefined))('%s', async (file) => {
  const bytes = readFileSync(join(modules, file))
  expect(await readByUs(bytes)).toEqual(readBySheetJs(bytes))
})
