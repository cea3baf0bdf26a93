import type { SheetRow, Workbook } from './cells.ts'
import { parseWorkbook } from './parse.ts'
import { answerFromThread } from './thread.ts'

export interface ReadInput {
  bytes: Uint8Array
}

/** Rows arrive in small lots, so that taking them over never holds up the event loop. */
export type ReadPart = { read: number; rows?: undefined } | { sheet: number; rows: SheetRow[] }

const lot = 500

await answerFromThread<ReadInput, ReadPart, Workbook>(async ({ bytes }, tell) => {
  const workbook = await parseWorkbook(Buffer.from(bytes.buffer), (read) => tell({ read }))
  workbook.sheets.forEach(({ rows }, sheet) => {
    for (let from = 0; from < rows.length; from += lot) tell({ sheet, rows: rows.slice(from, from + lot) })
  })
  return { ...workbook, sheets: workbook.sheets.map((sheet) => ({ ...sheet, rows: [] })) }
})
