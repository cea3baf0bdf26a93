import writeExcelFile from 'write-excel-file/node'
import { guarded } from './guard.ts'

export type OutCell = string | number | Date | null | undefined

export interface OutSheet {
  name: string
  /** Rows at the top that are headings: bold, and they stay in sight. */
  headingRows?: number
  /** Widths of the columns in characters. */
  widths?: readonly number[]
  rows: readonly (readonly OutCell[])[]
}

/** At most 31 characters, none of those Excel refuses; different from those before it. */
function sheetName(name: string, taken: Set<string>): string {
  const clean = guarded(name.replace(/[[\]:*?/\\]/g, ' ').trim()).replace(/^'+|'+$/g, '') || 'Sheet'
  let unique = clean.slice(0, 31)
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${clean.slice(0, 27)} (${n})`
  taken.add(unique.toLowerCase())
  return unique
}

function cellOf(cell: OutCell, heading: boolean) {
  if (cell === null || cell === undefined || cell === '') return null
  if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy-mm-dd' }
  if (typeof cell === 'number') return { value: cell, type: Number }
  const text = { value: guarded(cell), type: String }
  return heading ? { ...text, fontWeight: 'bold' as const, wrap: true } : text
}

/** Makes the file where it is called; `writeWorkbook` is for everybody else. */
export async function toXlsx(sheets: readonly OutSheet[]): Promise<Buffer> {
  const taken = new Set<string>()
  const written = sheets.map(({ name, headingRows = 0, widths = [], rows }) => ({
    sheet: sheetName(name, taken),
    data: rows.map((row, at) => row.map((cell) => cellOf(cell, at < headingRows))),
    columns: widths.map((width) => ({ width })),
    ...(headingRows > 0 ? { stickyRowsCount: headingRows } : {}),
  }))
  return writeExcelFile(written as never).toBuffer()
}
