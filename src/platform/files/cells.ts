/** A cell without a usable value. */
export interface CellFault {
  /**
   * `formula`: a formula without a stored result; `error`: a spreadsheet error such as #REF!; `unpaired`: several
   * values in one cell that cannot be matched with the people of its row.
   */
  fault: 'formula' | 'error' | 'unpaired'
  /** The text that the cell shows. */
  text: string
}

/** The value of a cell. A date is midnight or a moment, in UTC. A formula is its last stored result. */
export type Cell = string | number | Date | CellFault | null

export interface SheetRow {
  /** Row number, counted from 1 as in a spreadsheet program. */
  line: number
  /** Cells from column A to the last cell that is not empty. */
  cells: Cell[]
  /** Hidden by hand or by a filter. Absent for a visible row. */
  hidden?: true
}

/** A merged range; its value is in the top left cell. Lines count from 1, columns from 0; both ends are included. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface Sheet {
  name: string
  hidden: boolean
  /** Rows with at least one cell that is not empty, in the order of their lines. */
  rows: SheetRow[]
  merges: Merge[]
  /** Numbers of hidden columns, counted from 0. Absent when no column is hidden. */
  hiddenColumns?: number[]
}

export type FileFormat = 'xlsx' | 'csv'

export interface Workbook {
  format: FileFormat
  sheets: Sheet[]
}

/** Whether a cell has a fault instead of a value. */
export function isFault(cell: Cell | undefined): cell is CellFault {
  return typeof cell === 'object' && cell !== null && !(cell instanceof Date)
}

/** The cell as a person would type it, trimmed; a date as YYYY-MM-DD. Empty for faults and empty cells. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell.trim()
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell)
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return ''
}
