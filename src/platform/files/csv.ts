import type { Cell, SheetRow, Workbook } from './cells.ts'
import { corrupt, type FileLimits, notASpreadsheet, tooLarge } from './limits.ts'

/** Byte order marks (BOM). */
const byteOrderMarks: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * Decodes UTF-8 (with or without a BOM), UTF-16 with a BOM, or GB18030, which includes GBK and GB 2312.
 * @throws DomainError `file.not_a_spreadsheet` for anything else, such as a picture
 */
export function decodeText(data: Uint8Array): string {
  const marked = byteOrderMarks.find(([, bytes]) => bytes.every((byte, at) => data[at] === byte))?.[0]
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(data)
      if (isText(text)) return text
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  throw notASpreadsheet(
    'The file is neither a workbook nor a text table in UTF-8 or GB18030. Save it as .xlsx or as CSV and upload it again.',
  )
}

/**
 * Whether the only control characters are tab, line feed, carriage return, form feed and code 26 (end of file in
 * DOS).
 */
function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 26) return false
  }
  return true
}

const delimiters = [',', '\t', ';', '|', '\uff0c'] as const

/** The delimiter that gives the most lines (of the first 40) the same number of columns; a comma when none does. */
export function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 40)
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const columns = line.split(delimiter).length
      if (columns > 1) counts.set(columns, (counts.get(columns) ?? 0) + 1)
    }
    for (const [columns, times] of counts) {
      const score = times * 100 + columns
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

/** Some programs write text as `="0123"` so that it does not become a number. Any other formula has no value. */
function cellOf(text: string): Cell {
  const bare = text.trim()
  if (bare === '') return null
  if (!bare.startsWith('=')) return text
  const literal = /^="((?:[^"]|"")*)"$/.exec(bare)
  return literal ? (literal[1] as string).replaceAll('""', '"') : { fault: 'formula', text: bare }
}

/** The columns of a spreadsheet program: it writes no more delimiters after the last cell with a value. */
const delimitersMax = 16_384

/** Collects rows cell by cell and checks the limits, so that a file is refused before it uses too much memory. */
class Rows {
  readonly rows: SheetRow[] = []
  line = 1
  #cells: Cell[] = []
  #used = 0
  readonly #limits: FileLimits

  constructor(limits: FileLimits) {
    this.#limits = limits
  }

  /** Adds a cell. Empty cells are stored only between cells with a value. */
  put(column: number, text: string): void {
    const { columns, cells } = this.#limits
    const cell = text === '' ? null : cellOf(text)
    if (column >= (cell === null ? delimitersMax : columns))
      throw tooLarge('columns', columns, `Row ${this.line} has more than ${columns} columns.`)
    if (cell === null) return
    this.#used += column + 1 - this.#cells.length
    if (this.#used > cells) throw tooLarge('cells', cells, `More than ${cells} cells in one file. Split it.`)
    while (this.#cells.length < column) this.#cells.push(null)
    this.#cells.push(cell)
  }

  end(): void {
    if (this.#cells.length > 0) {
      if (this.rows.length >= this.#limits.rows)
        throw tooLarge(
          'rows',
          this.#limits.rows,
          `More than ${this.#limits.rows} rows in one file. Split it.`,
        )
      this.rows.push({ line: this.line, cells: this.#cells })
      this.#cells = []
    }
    this.line++
  }
}

const [quote, lineFeed, carriageReturn] = ['"', 10, 13] as const

/** The position after the cell that begins at `from`: a delimiter, a line end, or the end of the text. */
function endOfCell(text: string, from: number, delimiter: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === delimiter || code === lineFeed || code === carriageReturn) return at
  }
  return text.length
}

/** The position of the closing quotation mark; `""` inside stands for one mark. -1 when the quotation is not closed. */
function endOfQuotation(text: string, from: number): number {
  for (let at = text.indexOf(quote, from + 1); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at
  }
  return -1
}

/**
 * Parses CSV (RFC 4180). Only a cell that is quoted as a whole is unquoted; other quotation marks are ordinary text.
 */
function readRows(text: string, limits: FileLimits): SheetRow[] {
  const delimiter = delimiterOf(text).charCodeAt(0)
  const rows = new Rows(limits)
  for (let at = 0, column = 0; at <= text.length; column++) {
    const closing = text[at] === quote ? endOfQuotation(text, at) : at
    const end = closing < 0 ? -1 : endOfCell(text, closing, delimiter)
    if (end < 0 || end - at > limits.cellCharacters)
      throw corrupt(
        `The text table cannot be read at line ${rows.line}: a cell is too long, or a quotation mark is not closed.`,
      )
    const whole = text[at] === quote && end === closing + 1
    rows.put(column, whole ? text.slice(at + 1, closing).replaceAll('""', quote) : text.slice(at, end))
    at = end + 1
    if (text.charCodeAt(end) === delimiter) continue
    if (text.charCodeAt(end) === carriageReturn && text.charCodeAt(at) === lineFeed) at++
    rows.end()
    column = -1
  }
  return rows.rows
}

/**
 * Reads a text table (CSV, TSV) as a workbook with one sheet.
 * @throws DomainError `file.not_a_spreadsheet`, `file.corrupt`, `file.too_large`
 */
export function readCsv(data: Buffer, limits: FileLimits): Workbook {
  const text = decodeText(data)
    .replace(/^sep=.\r?\n/i, '')
    .replaceAll('\u001a', '')
  if (text.length > limits.characters)
    throw tooLarge('characters', limits.characters, 'The file holds more text than is read here. Split it.')
  return { format: 'csv', sheets: [{ name: '', hidden: false, rows: readRows(text, limits), merges: [] }] }
}
