import type { Workbook } from './cells.ts'
import { readCsv } from './csv.ts'
import { kindOf } from './kind.ts'
import { type FileLimits, fileLimits, tooLarge } from './limits.ts'
import { readXlsx } from './xlsx.ts'

/**
 * Reads a workbook or text table in the calling thread. Call it in a worker thread only; elsewhere use `readWorkbook`.
 * Old formats (.xls) must be converted first: they are not recognised here.
 * @throws DomainError `file.not_a_spreadsheet`, `file.encrypted`, `file.corrupt`, `file.bomb`, `file.too_large`
 */
export async function parseWorkbook(
  data: Buffer,
  onRows?: (rows: number) => void,
  limits: FileLimits = fileLimits,
): Promise<Workbook> {
  if (data.length > limits.fileBytes)
    throw tooLarge(
      'fileBytes',
      limits.fileBytes,
      `The file is larger than ${Math.floor(limits.fileBytes / 1024 / 1024)} MB. Split it.`,
    )
  return kindOf(data) === 'csv' ? readCsv(data, limits) : readXlsx(data, limits, onRows)
}
