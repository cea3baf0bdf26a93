/** The forms in which sheets and rows are staged. */
import type { Cell } from '#platform/files/cells.ts'
import type { ReadEntry } from './entries.ts'
import type { Layout } from './layout.ts'
import type { NamedPerson } from './titles.ts'
import type { RowKind } from './words.ts'

/** What is known of a sheet. */
export interface SheetReading {
  name: string
  hidden: boolean
  layout: Layout
  /** The rows above the headings, as text. */
  titles: string[]
  /** Names of units that the titles or the file's name may mean, the likeliest first. */
  unitCandidates: string[]
  /** The one to ask about when none of them is known. */
  unitName: string | null
  leader: NamedPerson | null
  /** Somebody corrected the headings: the rows are to be read again. */
  corrected?: boolean
}

/** A row as the thread hands it over; `read` for data rows. */
export interface StagedRow {
  id: string
  line: number
  kind: RowKind
  read: ReadEntry | null
}

/** A cell as JSON: dates and faults keep what they are. */
export type PlainCell =
  | string
  | number
  | null
  | { date: string }
  | { fault: 'formula' | 'error'; text: string }

export function toPlain(cells: readonly Cell[]): PlainCell[] {
  return cells.map((cell) => (cell instanceof Date ? { date: cell.toISOString() } : cell))
}

export function fromPlain(cells: readonly PlainCell[]): Cell[] {
  return cells.map((cell) =>
    typeof cell === 'object' && cell !== null && 'date' in cell ? new Date(cell.date) : cell,
  )
}
