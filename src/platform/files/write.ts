import { elsewhere } from './elsewhere.ts'
import { guarded } from './guard.ts'
import { type OutCell, type OutSheet, toXlsx } from './to-xlsx.ts'

export type { OutCell, OutSheet } from './to-xlsx.ts'

/** Larger workbooks are written in a thread. Smaller ones take less time than starting a thread. */
const cellsWithoutThread = 3000

/** Writes an .xlsx file. No cell can start a formula: texts are guarded. */
export async function writeWorkbook(sheets: OutSheet[]): Promise<Buffer> {
  const cells = sheets.reduce((sum, { rows }) => sum + rows.length * (rows[0]?.length ?? 1), 0)
  if (cells <= cellsWithoutThread) return toXlsx(sheets)
  const made = await elsewhere<OutSheet[], never, Uint8Array>(
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

/** A CSV file (RFC 4180): UTF-8 with a BOM, because Excel reads it as GBK without one; lines end with CRLF. */
export function writeCsv(rows: readonly (readonly OutCell[])[]): Buffer {
  return Buffer.from(`\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`)
}
