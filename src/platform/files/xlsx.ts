import type { Workbook } from './cells.ts'
import type { FileLimits } from './limits.ts'
import { type Archive, dateStyles, sharedTexts, workbookParts } from './xlsx-parts.ts'
import { readSheet, type SheetContext } from './xlsx-sheet.ts'
import { zipParts } from './zip.ts'

/**
 * Reads the values of an .xlsx workbook. Formulas, external links and macros are ignored.
 * @throws DomainError `file.not_a_spreadsheet`, `file.corrupt`, `file.encrypted`, `file.too_large`, `file.bomb`
 */
export async function readXlsx(
  data: Buffer,
  limits: FileLimits,
  onRows?: (rows: number) => void,
): Promise<Workbook> {
  const archive: Archive = { data, parts: zipParts(data, limits), limits }
  const parts = await workbookParts(archive)
  const context: SheetContext = {
    texts: await sharedTexts(archive, parts.sharedTexts),
    dates: await dateStyles(archive, parts.styles),
    from1904: parts.from1904,
    limits,
    used: { rows: 0, cells: 0, characters: 0 },
    onRows,
  }
  const workbook: Workbook = { format: 'xlsx', sheets: [] }
  for (const sheet of parts.sheets) workbook.sheets.push(await readSheet(archive, sheet, context))
  return workbook
}
