/** A cell that holds no value a person could have meant. */
export interface CellFault {
  /** `formula`: a formula without a stored result; `error`: a spreadsheet error such as #REF!. */
  fault: 'formula' | 'error'
  /** What the cell shows. */
  text: string
}

/** What a cell holds. Dates are midnight or the moment in UTC; formulas are the value last stored beside them. */
export type Cell = string | number | Date | CellFault | null

export interface SheetRow {
  /** From 1, as a spreadsheet program shows it. */
  line: number
  /** From column A on; ends with the last cell that is not empty. */
  cells: Cell[]
}

/** Cells shown as one; the value stands in the first. Lines from 1, columns from 0, both ends included. */
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
}

export type FileFormat = 'xlsx' | 'csv'

export interface Workbook {
  format: FileFormat
  sheets: Sheet[]
}

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
