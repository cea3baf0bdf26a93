import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import writeExcelFile from 'write-excel-file/node'
import { guarded } from './guard.ts'

export type OutCell = string | number | Date | null | undefined

export interface OutSheet {
  name: string
  /** Number of heading rows at the top: bold, frozen on the screen, and printed on every page. */
  headingRows?: number
  /** Column widths in characters; by default the columns fit their content. */
  widths?: readonly number[]
  /** Long texts wrap inside their cell. */
  wrapped?: boolean
  /** All cells, also empty ones, have the format text, so that typed values are kept as typed. */
  asText?: boolean
  rows: readonly (readonly OutCell[])[]
  /** Merged ranges: `A1:C1`; the value stands in the first cell. */
  merges?: readonly string[]
}

/** A valid sheet name for Excel: at most 31 characters, no forbidden ones, unique in the workbook. */
function sheetName(name: string, taken: Set<string>): string {
  const clean = guarded(name.replace(/[[\]:*?/\\]/g, ' ').trim()).replace(/^'+|'+$/g, '') || 'Sheet'
  let unique = clean.slice(0, 31)
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${clean.slice(0, 27)} (${n})`
  taken.add(unique.toLowerCase())
  return unique
}

/** A cell with the format text: an identity number typed into it keeps all its digits. */
function textCell(cell: OutCell, heading: boolean) {
  const plain = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '')
  const text = { value: plain === '' ? null : guarded(plain), type: String, format: '@' }
  return heading ? { ...text, fontWeight: 'bold' as const, wrap: true } : text
}

function cellOf(cell: OutCell, heading: boolean, wrap: boolean) {
  if (cell === null || cell === undefined || cell === '') return null
  if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy-mm-dd' }
  if (typeof cell === 'number') return { value: cell, type: Number }
  const text = { value: guarded(cell), type: String }
  if (heading) return { ...text, fontWeight: 'bold' as const, wrap: true, alignVertical: 'center' as const }
  return wrap ? { ...text, wrap, alignVertical: 'top' as const } : text
}

/** Display width of a cell in characters; a Chinese character counts as two. */
function widthOf(cell: OutCell): number {
  if (cell === null || cell === undefined) return 0
  if (cell instanceof Date) return 10
  let width = 0
  for (const character of String(cell)) width += character.charCodeAt(0) > 0xff ? 2 : 1
  return width
}

/** Column widths are taken from the first rows only; the rest of a long list is similar. */
const rowsForWidth = 200

function fittingWidths(rows: OutSheet['rows']): number[] {
  const widths: number[] = []
  for (const row of rows.slice(0, rowsForWidth)) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))
  }
  return Array.from(widths, (width) => Math.min(60, Math.max(6, (width ?? 0) + 2)))
}

/** Makes the .xlsx file in the calling thread. Use `writeWorkbook` elsewhere: it moves large files to a thread. */
export async function toXlsx(sheets: readonly OutSheet[]): Promise<Buffer> {
  const taken = new Set<string>()
  const written = sheets.map(({ name, headingRows = 0, widths, wrapped = false, asText = false, rows }) => ({
    sheet: sheetName(name, taken),
    data: rows.map((row, at) =>
      row.map((cell) =>
        asText ? textCell(cell, at < headingRows) : cellOf(cell, at < headingRows, wrapped),
      ),
    ),
    columns: (widths ?? fittingWidths(rows)).map((width) => ({ width })),
    orientation: 'landscape',
    ...(headingRows > 0 ? { stickyRowsCount: headingRows } : {}),
  }))
  const file: Buffer = await writeExcelFile(written as never).toBuffer()
  return printable(
    file,
    sheets.map(({ headingRows = 0, merges = [] }, at) => ({ name: written[at]!.sheet, headingRows, merges })),
  )
}

interface Finishing {
  name: string
  headingRows: number
  merges: readonly string[]
}

/** Adds what write-excel-file does not: one page wide, headings repeated on every page, and merged ranges by name. */
function printable(file: Buffer, sheets: readonly Finishing[]): Buffer {
  const parts = unzipSync(file)
  const change = (part: string, changed: (xml: string) => string) => {
    const bytes = parts[part]
    if (bytes) parts[part] = strToU8(changed(strFromU8(bytes)))
  }
  for (const [at, { merges }] of sheets.entries())
    change(`xl/worksheets/sheet${at + 1}.xml`, (xml) => withMerges(onePageWide(xml), merges))
  const titles = sheets.flatMap(({ name, headingRows }, at) => {
    const quoted = name
      .replaceAll("'", "''")
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
    return headingRows > 0
      ? `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${quoted}'!$1:$${headingRows}</definedName>`
      : []
  })
  if (titles.length > 0) {
    const names = `<definedNames>${titles.join('')}</definedNames>`
    change('xl/workbook.xml', (xml) => xml.replace('<definedNames/>', () => names))
  }
  return Buffer.from(zipSync(parts, { level: 6 }))
}

function onePageWide(xml: string): string {
  return xml
    .replace(/<worksheet[^>]*>/, (open) => `${open}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
    .replace(/<pageSetup\b/, '<pageSetup fitToWidth="1" fitToHeight="0"')
}

function withMerges(xml: string, merges: readonly string[]): string {
  if (merges.length === 0) return xml
  const cells = merges.map((range) => `<mergeCell ref="${range}"/>`).join('')
  return xml.replace('</sheetData>', `</sheetData><mergeCells count="${merges.length}">${cells}</mergeCells>`)
}
