import type { SheetRow, Workbook } from './cells.ts'
import { convertToXlsx } from './convert.ts'
import { elsewhere } from './elsewhere.ts'
import { kindOf } from './kind.ts'
import { fileLimits, tooLarge } from './limits.ts'
import type { ReadInput, ReadPart } from './read-thread.ts'

export interface ReadOptions {
  /** Path of LibreOffice's `soffice`; without it .xls is refused with advice. */
  soffice?: string | undefined
  /** Called with the number of rows read so far. */
  onProgress?: (rows: number) => void
}

/**
 * The bytes in a format that can be read: old formats (.xls, .ods) are converted to .xlsx, others are unchanged.
 * @throws DomainError `file.needs_conversion`, `file.too_large` and as `kindOf`
 */
export async function readable(data: Buffer, soffice: string | undefined): Promise<Buffer> {
  if (data.length > fileLimits.fileBytes)
    throw tooLarge(
      'fileBytes',
      fileLimits.fileBytes,
      `The file is larger than ${fileLimits.fileBytes / 1024 / 1024} MB. Split it.`,
    )
  return kindOf(data) === 'legacy' ? convertToXlsx(data, soffice, fileLimits) : data
}

/**
 * Reads .xlsx and .csv (UTF-8, UTF-16, GB18030), and .xls where LibreOffice is configured, in a thread.
 * The format is detected from the bytes. Formulas are never evaluated.
 * @param data is not changed; the thread gets a copy
 * @throws DomainError `file.not_a_spreadsheet`, `file.needs_conversion`, `file.encrypted`, `file.corrupt`,
 *   `file.bomb`, `file.too_large`
 */
export async function readWorkbook(data: Buffer, options: ReadOptions = {}): Promise<Workbook> {
  const bytes = new Uint8Array(await readable(data, options.soffice))
  const rows: SheetRow[][] = []
  const workbook = await elsewhere<ReadInput, ReadPart, Workbook>(
    new URL('./read-thread.ts', import.meta.url),
    { bytes },
    {
      maxMs: fileLimits.readMs,
      onPart: (part) => {
        if (!part.rows) return options.onProgress?.(part.read)
        const sheet = rows[part.sheet] ?? []
        rows[part.sheet] = sheet
        sheet.push(...part.rows)
      },
    },
  )
  return {
    ...workbook,
    sheets: workbook.sheets.map((sheet, at) => ({ ...sheet, rows: rows[at] ?? [] })),
  }
}
