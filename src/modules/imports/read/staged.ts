/** The forms in which sheets and rows are staged. */
import type { Cell, CellFault, Merge } from '#platform/files/cells.ts'
import type { Remark } from '../reasons.ts'
import type { DecisionKind, ListKind, RowKind } from '../words.ts'
import type { Problem, ReadEntry, Section } from './entry.ts'
import type { Layout, SheetDoubt } from './layout.ts'
import type { NamedPerson } from './said/titles.ts'

/** A column that is not read, and the number of values in it. */
export interface UnreadColumn {
  index: number
  heading: string
  values: number
  /** Whether it contains numbers or names of people. */
  holdsPeople: boolean
}

/** The stored reading of a sheet. */
export interface SheetReading {
  name: string
  hidden: boolean
  layout: Layout
  /** The possible readings if more than one fits, the likeliest first; otherwise empty. */
  readings: Layout[]
  doubt: SheetDoubt | null
  merges: Merge[]
  /** The hidden lines. */
  hiddenLines: number[]
  /** The hidden columns, from 0. */
  hiddenColumns?: number[]
  /** The columns that have values but are not read. */
  unread: UnreadColumn[]
  /** Values from the sheet's name, its titles or the file's name, for rows without a value. */
  defaults: Section
  /** Defaults that a user set for rows without a value. */
  given?: { unitId?: string; teamId?: string; className?: string }
  /** Whether rows name units: then a row without one is not about the unit of the title. */
  namesUnits?: boolean
  /** The rows above the headings, as text. */
  titles: string[]
  /** Those over the first table of the sheet, when this is a later one. */
  outerTitles?: string[]
  /** The name of its file, without its ending. */
  fileTitle?: string
  /** Names of units that the titles or the file's name may mean, the likeliest first. */
  unitCandidates: string[]
  /** The candidate to ask about if none of them is known. */
  unitName: string | null
  leader: NamedPerson | null
  /** The teacher of the class that the title names. */
  teacher: NamedPerson | null
  /** The former contents of cells that a user corrected, by `cellKey`. */
  former?: Record<string, PlainCell>
  /** The lines that a user chose to leave out. */
  leftOutLines?: number[]
  /** A user corrected the headings: the rows must be read again. */
  corrected?: boolean
}

/** The key of a cell in `former`. */
export const cellKey = (line: number, index: number) => `${line} ${index}`

/**
 * Ordinals reserved for each line: if a second reading finds more people in a line, other lines keep their ordinals.
 */
export const partsMax = 64

/** A row as sent by the thread: one per person of a data line; `read` is set for data rows. */
export interface StagedRow {
  id: string
  line: number
  /** The index of the person in the line, from 0; the first one has the cells. */
  part: number
  kind: RowKind
  read: ReadEntry | null
}

export interface JudgedSheet {
  id: string
  list: ListKind
  reading: SheetReading
}

/** A data row before it is judged. */
export interface DataRow extends ReadEntry {
  /** A user chose to leave it out. */
  leftOut?: boolean
  ordinal: number
  line: number
  sheet: JudgedSheet
}

/** The verdict of one row; stored encrypted. */
export interface RowVerdict {
  /** The values of its cells, as read. */
  read: ReadEntry
  problems: Problem[]
  remarks: Remark[]
  /** The known thing it is about. */
  target: { kind: 'unit' | 'team' | 'person' | (string & {}); id: string } | null
  /** The fields it would change. */
  changes: string[]
  /** Ordinal and line of the row that it repeats, or belongs to. */
  sameAs: { ordinal: number; line: number } | null
  /** The questions it waits for. */
  waitsFor: { kind: DecisionKind; topic: string }[]
}

/** A cell as JSON, with dates and faults marked by type. */
export type PlainCell = string | number | null | { date: string } | CellFault

/** The cells as JSON. */
export function toPlain(cells: readonly Cell[]): PlainCell[] {
  return cells.map((cell) => (cell instanceof Date ? { date: cell.toISOString() } : cell))
}

/** The cells from their JSON. */
export function fromPlain(cells: readonly PlainCell[]): Cell[] {
  return cells.map((cell) =>
    typeof cell === 'object' && cell !== null && 'date' in cell ? new Date(cell.date) : cell,
  )
}
