import { CsvError, parse } from 'csv-parse/sync'
import type { Cell, SheetRow, Workbook } from './cells.ts'
import { corrupt, type FileLimits, notASpreadsheet, tooLarge } from './limits.ts'

const marks: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * The text of a file in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030, which holds GBK and
 * GB 2312. @throws DomainError `file.not_a_spreadsheet` for anything else, such as a picture
 */
export function decodeText(data: Uint8Array): string {
  const marked = marks.find(([, bytes]) => bytes.every((byte, at) => data[at] === byte))?.[0]
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

/** Whether it could have been typed: no control characters but tabs and line ends. */
function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 26) return false
  }
  return true
}

const delimiters = [',', '\t', ';', '|', '\uff0c'] as const

/** The delimiter that splits the first lines into the most columns alike; a comma when none does. */
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

/** `="0123"` is how programs keep text from becoming a number; any other formula has no value here. */
function cellOf(text: string): Cell {
  const bare = text.trim()
  if (bare === '') return null
  if (!bare.startsWith('=')) return text
  const literal = /^="((?:[^"]|"")*)"$/.exec(bare)
  return literal ? (literal[1] as string).replaceAll('""', '"') : { fault: 'formula', text: '' }
}

function recordsOf(text: string, limits: FileLimits): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: limits.cellCharacters * 8,
      to: limits.rows + 1,
    })
  } catch (error) {
    if (error instanceof CsvError)
      throw corrupt(
        `The text table cannot be read at line ${String(error.lines ?? '?')}: a quotation mark is not closed.`,
      )
    throw error
  }
}

/** A text table as one sheet. @throws DomainError `file.not_a_spreadsheet`, `file.corrupt`, `file.too_large` */
export function readCsv(data: Buffer, limits: FileLimits): Workbook {
  const text = decodeText(data)
    .replace(/^sep=.\r?\n/i, '')
    .replaceAll('\u001a', '')
  if (text.length > limits.characters)
    throw tooLarge('characters', limits.characters, 'The file holds more text than is read here. Split it.')
  const rows: SheetRow[] = []
  recordsOf(text, limits).forEach((record, at) => {
    const cells = record.map(cellOf)
    while (cells.length > 0 && cells.at(-1) === null) cells.pop()
    if (cells.length === 0) return
    if (cells.length > limits.columns)
      throw tooLarge('columns', limits.columns, `A row has more than ${limits.columns} columns.`)
    if (rows.length >= limits.rows)
      throw tooLarge('rows', limits.rows, `More than ${limits.rows} rows in one file. Split it.`)
    rows.push({ line: at + 1, cells })
  })
  return { format: 'csv', sheets: [{ name: '', hidden: false, rows, merges: [] }] }
}
