import type { Workbook } from './cells.ts'
import { readCsv } from './csv.ts'
import { kindOf } from './kind.ts'
import { type FileLimits, fileLimits, tooLarge } from './limits.ts'
import { readXlsx } from './xlsx.ts'

/**
 * Reads a workbook or text table where it is called: for threads. `readWorkbook` is for everybody else.
 * @throws DomainError `file.needs_conversion` is not among its refusals: convert first
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
