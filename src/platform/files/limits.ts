import { DomainError } from '../errors.ts'

/** Limits for one file. Each limit is named in its refusal and is checked before the work is done. */
export interface FileLimits {
  /** Size of the uploaded file. */
  fileBytes: number
  /** Unpacked size of all parts of a workbook together. */
  unpackedBytes: number
  /** Unpacked size of a part that is held in memory as a whole: shared texts, styles. */
  partBytes: number
  /** Parts in a workbook. */
  parts: number
  /** Compression ratio (unpacked ÷ packed bytes); checked for parts larger than `ratioFromBytes`. */
  ratio: number
  ratioFromBytes: number
  sheets: number
  /** Non-empty rows in all sheets together. */
  rows: number
  columns: number
  /** Cells in all sheets together; empty cells before the last value of a row count too. */
  cells: number
  /** Characters in all cells together; a shared text counts once for each cell that shows it. */
  characters: number
  /** Characters in one cell; spreadsheet programs allow 32,767. */
  cellCharacters: number
  /** What the processor may spend on reading one file, in milliseconds. */
  readMs: number
}

const mebibyte = 1024 * 1024

export const fileLimits: FileLimits = {
  fileBytes: 20 * mebibyte,
  unpackedBytes: 256 * mebibyte,
  partBytes: 48 * mebibyte,
  parts: 2000,
  ratio: 150,
  ratioFromBytes: 8 * mebibyte,
  sheets: 100,
  rows: 150_000,
  columns: 256,
  cells: 2_000_000,
  characters: 40_000_000,
  cellCharacters: 32_767,
  readMs: 30_000,
}

/** The file is valid but exceeds a limit; `what` names the limit. */
export function tooLarge(what: string, max: number, message: string): DomainError {
  return new DomainError('too_large', 'file.too_large', message, { what, max })
}

/** A zip bomb: a small file that would unpack to far more than it declares or than is plausible. */
export function bomb(message: string): DomainError {
  return new DomainError('too_large', 'file.bomb', message)
}

export function corrupt(message: string): DomainError {
  return new DomainError('invalid', 'file.corrupt', message)
}

export function encrypted(): DomainError {
  return new DomainError(
    'invalid',
    'file.encrypted',
    'The file is protected by a password. Save it without one and upload it again.',
  )
}

export function notASpreadsheet(message: string): DomainError {
  return new DomainError('unsupported', 'file.not_a_spreadsheet', message)
}
