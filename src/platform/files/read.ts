import type { SheetRow, Workbook } from './cells.ts'
import { convertToXlsx } from './convert.ts'
import { elsewhere } from './elsewhere.ts'
import { kindOf, startTells } from './kind.ts'
import { fileLimits, tooLarge } from './limits.ts'
import type { ReadPart } from './read-thread.ts'
import type { Chunks } from './work.ts'

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

const chunkBytes = 1024 * 1024

/** Hands out the bytes of a file that is in memory, a chunk at a time. */
export function chunksOf(data: Uint8Array): Chunks {
  let from = 0
  return async () => {
    if (from >= data.length) return undefined
    const chunk = data.subarray(from, from + chunkBytes)
    from += chunk.length
    return chunk
  }
}

/**
 * A file that can be read in chunks, in a format that can be read. Only a file that has to be converted is in memory as a
 * whole.
 * @param parts opens the file again at its beginning; at least one part
 * @throws DomainError as `readable`
 */
export async function readableChunks(
  parts: () => AsyncGenerator<Buffer>,
  soffice: string | undefined,
): Promise<Chunks> {
  const opened = parts()
  const start = (await opened.next()).value ?? Buffer.alloc(0)
  if (startTells(start) && kindOf(start) !== 'legacy') {
    await opened.return(undefined)
    const again = parts()
    return async () => (await again.next()).value
  }
  const all: Buffer[] = [start]
  for await (const part of opened) all.push(part)
  return chunksOf(await readable(Buffer.concat(all), soffice))
}

/**
 * Reads .xlsx and .csv (UTF-8, UTF-16, GB18030), and .xls where LibreOffice is configured, in a thread.
 * The format is detected from the bytes. Formulas are never evaluated.
 * @param data is not changed
 * @throws DomainError `file.not_a_spreadsheet`, `file.needs_conversion`, `file.encrypted`, `file.corrupt`,
 *   `file.bomb`, `file.too_large`
 */
export async function readWorkbook(data: Buffer, options: ReadOptions = {}): Promise<Workbook> {
  const bytes = await readable(data, options.soffice)
  const rows: SheetRow[][] = []
  const workbook = await elsewhere<undefined, ReadPart, Workbook>(
    new URL('./read-thread.ts', import.meta.url),
    undefined,
    {
      chunk: chunksOf(bytes),
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
