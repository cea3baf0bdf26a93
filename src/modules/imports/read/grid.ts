/**
 * Expands the rows below the headings: merged cells fill all cells they span, ditto marks repeat the cell above. Pure.
 */
import { type Cell, type Merge, type SheetRow, textOf } from '#platform/files/cells.ts'
import type { Layout } from './layout.ts'

export interface GridRow {
  line: number
  cells: Cell[]
  /** Hidden in the sheet. */
  hidden: boolean
  /** Columns whose value comes from a merged cell above. */
  carried: ReadonlySet<number>
  /** Whether a ditto mark was replaced. */
  repeats: boolean
  /** Further lines of the same person, whose name is a merged cell over them. */
  more: Cell[][]
  /** This line belongs to the line above. */
  continues: boolean
}

const ditto = /^(?:同上|同前|同上行|[〃″"“”〞]|''|,,|-〃-|－〃－|——〃——|ditto)$/i
/** Whether a text is a ditto mark (同上, 〃). */
export const isDitto = (text: string): boolean => ditto.test(text.trim())

/** Maximum height of a merged cell that is expanded; a higher one is a whole merged column. */
const reach = 5000
const none: ReadonlySet<number> = new Set()

/** Expands the rows below the headings, in order. */
export function gridOf(rows: readonly SheetRow[], merges: readonly Merge[], layout: Layout): GridRow[] {
  const { headingLine, columns } = layout
  if (headingLine === null) return []
  const below = rows.filter(({ line }) => line > headingLine)
  const down = merges.filter(({ top, bottom }) => top > headingLine && bottom > top)
  const values = carriedDown(below, down)
  const names = new Set(columns.flatMap(({ field, index }) => (field === 'name' ? [index] : [])))
  const above: (Cell | undefined)[] = []
  const grid = below.map(({ line, cells, hidden }): GridRow => {
    const own = [...cells]
    const carried = new Set<number>()
    for (const [column, value] of values.get(line) ?? []) {
      while (own.length <= column) own.push(null)
      if (own[column] !== null) continue
      own[column] = value
      carried.add(column)
    }
    let repeats = false
    for (const { index } of columns) {
      const cell = own[index]
      if (typeof cell === 'string' && !names.has(index) && isDitto(cell) && above[index] != null) {
        own[index] = above[index]
        repeats = true
      }
      above[index] = own[index]
    }
    const filled = carried.size > 0 ? carried : none
    return { line, cells: own, hidden: hidden === true, carried: filled, repeats, more: [], continues: false }
  })
  joinPeople(grid, down, layout)
  return grid
}

/** For each line, the values from merged cells above. */
function carriedDown(rows: readonly SheetRow[], down: readonly Merge[]): Map<number, Map<number, Cell>> {
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const values = new Map<number, Map<number, Cell>>()
  for (const { top, left, bottom } of down) {
    const value = byLine.get(top)?.cells[left]
    if (value === null || value === undefined) continue
    for (let line = top + 1; line <= Math.min(bottom, top + reach); line++) {
      const some = values.get(line) ?? new Map<number, Cell>()
      values.set(line, some.set(left, value))
    }
  }
  return values
}

/** Fields of which a person may have several values: a line with another unit or team stays a row of its own. */
const places: ReadonlySet<string> = new Set(['unit', 'team', 'class', 'grade'])

/** A name merged over several lines is one person; the other cells of those lines are further values. */
function joinPeople(grid: readonly GridRow[], down: readonly Merge[], { columns, parts }: Layout): void {
  const [name] = columns.filter(({ field }) => field === 'name')
  if (!name || parts > 1) return
  const byLine = new Map(grid.map((row) => [row.line, row]))
  for (const { top, left, bottom } of down) {
    const first = left === name.index ? byLine.get(top) : undefined
    if (!first || textOf(first.cells[left]) === '') continue
    for (let line = top + 1; line <= Math.min(bottom, top + reach); line++) {
      const row = byLine.get(line)
      if (!row) continue
      const moves = columns.some(({ field, index }) => {
        const [here, there] = [textOf(row.cells[index]), textOf(first.cells[index])]
        return field !== null && places.has(field) && here !== '' && here !== there
      })
      if (moves) continue
      row.continues = true
      first.more.push(row.cells)
    }
  }
}
