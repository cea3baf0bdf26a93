import { searchNameOf } from '#modules/organisation/index.ts'
import { DomainError } from '#platform/errors.ts'
import { type Sheet, type SheetRow, textOf } from '#platform/files/index.ts'

/** Columns by their key, with the headings that mean them, in any of their spellings. */
export type Headings = Record<string, readonly string[]>

export interface TableRow {
  /** As a spreadsheet program counts. */
  line: number
  /** What a column says, trimmed; empty where it says nothing or is not there. */
  text(key: string): string
}

export interface Table {
  rows: TableRow[]
  /** The columns it has, by key. */
  columns: ReadonlySet<string>
  /** Headings that mean nothing here. */
  ignored: string[]
}

/** Headings stand in one of the first rows: titles may stand above them. */
const headingRowsMax = 10

/**
 * Finds the headings of a sheet and gives its rows by column.
 * @param required keys without which a row is no row of headings
 * @throws DomainError `table.headings-missing`
 */
export function readTable(sheet: Sheet, headings: Headings, required: readonly string[]): Table {
  const keys = new Map<string, string>()
  for (const [key, names] of Object.entries(headings)) {
    for (const name of [key, ...names]) keys.set(searchNameOf(name), key)
  }
  for (const [at, row] of sheet.rows.slice(0, headingRowsMax).entries()) {
    const columns = columnsOf(row, keys)
    if (required.every((key) => columns.has(key)))
      return tableOf(row, sheet.rows.slice(at + 1), columns, keys)
  }
  const wanted = required.map((key) => headings[key]?.[0] ?? key)
  throw new DomainError(
    'invalid',
    'table.headings-missing',
    `No row of headings has: ${wanted.join(', ')}.`,
    { wanted },
  )
}

function columnsOf(row: SheetRow, keys: Map<string, string>): Map<string, number> {
  const columns = new Map<string, number>()
  for (const [at, cell] of row.cells.entries()) {
    const key = keys.get(searchNameOf(textOf(cell)))
    if (key !== undefined && !columns.has(key)) columns.set(key, at)
  }
  return columns
}

function tableOf(
  head: SheetRow,
  rows: SheetRow[],
  columns: Map<string, number>,
  keys: Map<string, string>,
): Table {
  const ignored = head.cells.map(textOf).filter((text) => text !== '' && !keys.has(searchNameOf(text)))
  return {
    ignored,
    columns: new Set(columns.keys()),
    rows: rows.map(({ line, cells }) => ({
      line,
      text: (key) => {
        const at = columns.get(key)
        return at === undefined ? '' : textOf(cells[at]).normalize('NFKC').trim()
      },
    })),
  }
}

/** @throws DomainError `table.too-many-rows` */
export function refuseTooMany(rows: number, rowsMax: number): void {
  if (rows <= rowsMax) return
  throw new DomainError('too_large', 'table.too-many-rows', `A table has at most ${rowsMax} rows here.`, {
    rowsMax,
  })
}
