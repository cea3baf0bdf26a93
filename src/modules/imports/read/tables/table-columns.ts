/** Reads tables with few columns by the same rules as all sheets: headings, merged cells, totals and notes. */
import { DomainError } from '#platform/errors.ts'
import { type Cell, type Sheet, type SheetRow, textOf } from '#platform/files/index.ts'
import type { Column } from '../blocks.ts'
import { gridOf } from '../grid.ts'
import { plainHeading } from '../headings.ts'
import { rowKindOf } from '../row-kinds.ts'

/** Columns by key, with all spellings of their headings. */
export type TableHeadings = Record<string, readonly string[]>

/** Why a code is not the typed one: a number keeps only 15 digits, and 3-1 becomes a date. */
export type CodeFault = 'code-lost-digits' | 'code-is-date'

export interface TableRow {
  /** The line, from 1, as in a spreadsheet program. */
  line: number
  /** The text of a column, trimmed; empty when the cell is empty or the column is missing. */
  text(key: string): string
  /** Why the code in a column is not the typed one; undefined when it is. */
  codeFault(key: string): CodeFault | undefined
}

/** What a user says about rows that are hidden in their sheet. */
export type HiddenRows = 'take' | 'skip'

export interface Table {
  rows: TableRow[]
  /** The rows that are hidden in their sheet, when nobody has said whether to take them; they are not in `rows`. */
  askedAbout: TableRow[]
  /** The number of rows that are hidden in their sheet, or stand in a hidden one. */
  hiddenRows: number
  /** The columns it has, by key. */
  columns: ReadonlySet<string>
  /** Unknown headings. */
  ignored: string[]
}

/** Headings are searched in the first rows: titles may be above them. */
const headingRowsMax = 10

/** A number with more digits was rounded by the spreadsheet program. */
const digitsKept = 1e15

/** Why the code in a cell is not the typed one; undefined when it is. */
export function codeFaultOf(cell: unknown): CodeFault | undefined {
  if (cell instanceof Date) return 'code-is-date'
  return typeof cell === 'number' && Math.abs(cell) >= digitsKept ? 'code-lost-digits' : undefined
}

/**
 * Finds the headings in one of the sheets and gives its rows by column.
 * @param required keys that a heading row must contain
 * @param hidden whether rows that are hidden in their sheet are taken; undefined: the user is to be asked
 * @throws DomainError `table.headings_missing`, `table.empty`
 */
export function readTable(
  sheets: readonly Sheet[],
  headings: TableHeadings,
  required: readonly string[],
  hidden?: HiddenRows,
): Table {
  const keys = keysOf(headings)
  // What is shown comes before what is hidden.
  const filled = sheets
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => Number(a.hidden) - Number(b.hidden))
  if (filled.length === 0) throw new DomainError('invalid', 'table.empty', 'The file holds no rows.')
  for (const sheet of filled) {
    for (const row of sheet.rows.slice(0, headingRowsMax)) {
      const columns = columnsOf(row, keys)
      const found = new Set(columns.map(({ key }) => key))
      if (required.every((key) => found.has(key))) return tableOf(sheet, row, columns, hidden)
    }
  }
  const wanted = required.map((key) => headings[key]?.[0] ?? key)
  throw new DomainError(
    'invalid',
    'table.headings_missing',
    `No row of headings has: ${wanted.join(', ')}.`,
    { wanted },
  )
}

/** The keys by normalized heading. */
export function keysOf(headings: TableHeadings): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [key, names] of Object.entries(headings))
    for (const name of [key, ...names]) keys.set(plainHeading(name), key)
  return keys
}

interface TableColumn {
  index: number
  heading: string
  key: string | undefined
}

function columnsOf({ cells }: SheetRow, keys: ReadonlyMap<string, string>): TableColumn[] {
  const taken = new Set<string>()
  return cells.flatMap((cell, index) => {
    const heading = textOf(cell)
    if (heading === '') return []
    const key = keys.get(plainHeading(heading))
    const first = key !== undefined && !taken.has(key)
    if (key !== undefined) taken.add(key)
    return [{ index, heading, key: first ? key : undefined }]
  })
}

function tableOf(
  { rows, merges, hidden: wholeSheet }: Sheet,
  head: SheetRow,
  found: readonly TableColumn[],
  hidden: HiddenRows | undefined,
): Table {
  const at = new Map(found.flatMap(({ key, index }) => (key === undefined ? [] : [[key, index] as const])))
  const columns = found.map(({ index, heading, key }): Column => {
    return { index, heading, field: key === undefined ? null : `column:${key}` }
  })
  const layout = { list: null, headingLine: head.line, headingLines: 1, columns, parts: 1 }
  const data = gridOf(rows, merges, layout).filter(({ cells }) => rowKindOf(cells, columns) === 'data')
  const read = data.map((row) => {
    const cellOf = (key: string): Cell | undefined => row.cells[at.get(key) ?? -1]
    const of: TableRow = {
      line: row.line,
      text: (key) => textOf(cellOf(key)).normalize('NFKC').trim(),
      codeFault: (key) => codeFaultOf(cellOf(key)),
    }
    return { of, hidden: wholeSheet || row.hidden }
  })
  const unseen = read.filter((row) => row.hidden).map(({ of }) => of)
  return {
    ignored: found.flatMap(({ heading, key }) => (key === undefined ? [heading] : [])),
    columns: new Set(at.keys()),
    rows: read.filter((row) => !row.hidden || hidden === 'take').map(({ of }) => of),
    askedAbout: hidden === undefined ? unseen : [],
    hiddenRows: unseen.length,
  }
}

/** @throws DomainError `table.too_many_rows` */
export function assertNotTooMany(rows: number, rowsMax: number): void {
  if (rows <= rowsMax) return
  throw new DomainError('too_large', 'table.too_many_rows', `A table has at most ${rowsMax} rows here.`, {
    rowsMax,
  })
}
