import type { SheetRow, Workbook } from './cells.ts'
import { parseWorkbook } from './parse.ts'
import { offerWork, wholeOf } from './work.ts'

/**
 * Progress (rows read so far), or a batch of rows. Small batches, because copying a large message blocks the event
 * loop.
 */
export type ReadPart = { read: number; rows?: undefined } | { sheet: number; rows: SheetRow[] }

const batchSize = 500

offerWork<undefined, ReadPart, Workbook>(async (_, tell, chunk) => {
  const workbook = await parseWorkbook(await wholeOf(() => chunk(0)), (read) => void tell({ read }))
  for (const [sheet, { rows }] of workbook.sheets.entries())
    for (let from = 0; from < rows.length; from += batchSize)
      await tell({ sheet, rows: rows.slice(from, from + batchSize) })
  return { ...workbook, sheets: workbook.sheets.map((sheet) => ({ ...sheet, rows: [] })) }
})
