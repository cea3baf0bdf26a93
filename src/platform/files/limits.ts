import { DomainError } from '../errors.ts'

/** How much a file may ask of the service. Every limit has its own refusal, and is checked before the work. */
export interface FileLimits {
  /** Of the uploaded file. */
  fileBytes: number
  /** Of all parts of a workbook together, unpacked. */
  unpackedBytes: number
  /** Of the parts that are held in memory as a whole: shared texts, styles. */
  partBytes: number
  /** Parts in a workbook. */
  parts: number
  /** Unpacked bytes for each packed one; looked at from `ratioFromBytes` on. */
  ratio: number
  ratioFromBytes: number
  sheets: number
  /** Rows that are not empty, in all sheets. */
  rows: number
  columns: number
  /** Characters in all cells, each counted as often as it is shown. */
  characters: number
  /** A spreadsheet program allows 32,767 in one cell. */
  cellCharacters: number
  /** Time to read one file. */
  readMs: number
}

const mebi = 1024 * 1024

export const fileLimits: FileLimits = {
  fileBytes: 20 * mebi,
  unpackedBytes: 256 * mebi,
  partBytes: 48 * mebi,
  parts: 2000,
  ratio: 150,
  ratioFromBytes: 8 * mebi,
  sheets: 100,
  rows: 100_000,
  columns: 256,
  characters: 40_000_000,
  cellCharacters: 32_767,
  readMs: 30_000,
}

/** The file is in order but more than is read here. */
export function tooLarge(what: string, max: number, message: string): DomainError {
  return new DomainError('too_large', 'file.too_large', message, { what, max })
}

/** The file pretends to be small: unpacking it would exhaust the machine. */
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
