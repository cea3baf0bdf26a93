import { guarded } from './guard.ts'
import { inThread } from './thread.ts'
import { type OutCell, type OutSheet, toXlsx } from './to-xlsx.ts'

export type { OutCell, OutSheet } from './to-xlsx.ts'

/** Larger workbooks are made in a thread; smaller ones take less time than starting one. */
const cellsHere = 3000

/** An .xlsx file. Text stays text: no cell starts a formula. */
export async function writeWorkbook(sheets: OutSheet[]): Promise<Buffer> {
  const cells = sheets.reduce((sum, { rows }) => sum + rows.length * (rows[0]?.length ?? 1), 0)
  if (cells <= cellsHere) return toXlsx(sheets)
  const made = await inThread<OutSheet[], never, Uint8Array>(
    new URL('./write-thread.ts', import.meta.url),
    sheets,
    { maxMs: 120_000 },
  )
  return Buffer.from(made.buffer, made.byteOffset, made.byteLength)
}

function csvCell(cell: OutCell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  const text = guarded(cell)
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text table in UTF-8 with its mark (Excel takes it for GBK otherwise), lines ended by CRLF (RFC 4180). */
export function writeCsv(rows: readonly (readonly OutCell[])[]): Buffer {
  return Buffer.from(`\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`)
}
