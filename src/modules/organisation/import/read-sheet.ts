/** From the cells of a sheet to a layout, titles and entries. Pure. */
import { type Cell, type Sheet, type SheetRow, textOf } from '#platform/files/cells.ts'
import { type ReadEntry, readEntry } from './entries.ts'
import { type Layout, layoutOf } from './layout.ts'
import { rowKindOf } from './row-kinds.ts'
import type { SheetReading } from './staged.ts'
import { leaderIn, likeliestUnit, titleOfFile, unitCandidates } from './titles.ts'
import type { RowKind } from './words.ts'

/** Rows of titles that are looked at. */
const titlesMax = 12

/** The value of cells merged downwards, in every row they span: one unit beside ten people. */
export function fillMerged(sheet: Sheet): void {
  const byLine = new Map(sheet.rows.map((row) => [row.line, row]))
  for (const { top, left, bottom } of sheet.merges) {
    const value = byLine.get(top)?.cells[left]
    if (typeof value !== 'string' || bottom <= top) continue
    for (let line = top + 1; line <= Math.min(bottom, top + 5000); line++) {
      const cells = byLine.get(line)?.cells
      if (!cells) continue
      while (cells.length <= left) cells.push(null)
      cells[left] ??= value
    }
  }
}

/** What the titles of a sheet and the name of its file say. */
export function readTitles(
  titleRows: readonly (readonly Cell[])[],
  fileName: string,
): Omit<SheetReading, 'name' | 'hidden' | 'layout'> {
  const titles = titleRows.slice(0, titlesMax).map((cells) =>
    cells
      .map((cell) => textOf(cell))
      .filter((text, at, all) => text !== '' && text !== all[at - 1])
      .join(' ')
      .slice(0, 300),
  )
  const sources = [...titles, titleOfFile(fileName)].filter((text) => text !== '')
  const leader = sources.map(leaderIn).find((found) => found !== undefined)
  return {
    titles,
    unitCandidates: [...new Set(sources.flatMap(unitCandidates))].slice(0, 30),
    unitName: sources.map(likeliestUnit).find((name) => name !== undefined) ?? null,
    leader: leader ?? null,
  }
}

/** What a sheet is and says of all its rows. */
export function readSheetHead(sheet: Sheet, fileName: string, given?: Layout): SheetReading {
  const layout = given ? named(given, sheet.rows) : layoutOf(sheet)
  const first = (layout.headingLine ?? 0) - layout.headingLines + 1
  const above = sheet.rows.filter(({ line }) => layout.headingLine !== null && line < first)
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    layout,
    ...readTitles(
      above.map(({ cells }) => cells),
      fileName,
    ),
  }
}

/** A layout somebody gave, with its columns called what the heading row calls them. */
function named(layout: Layout, rows: readonly SheetRow[]): Layout {
  const headings = rows.find(({ line }) => line === layout.headingLine)?.cells ?? []
  const columns = layout.columns.map((column) => ({
    ...column,
    heading: textOf(headings[column.index]) || `${column.index + 1}`,
  }))
  return { ...layout, columns }
}

/** What one row is, and what it says where it is data. Without headings nothing is data. */
export function readRow(
  { line, cells }: SheetRow,
  { list, headingLine, headingLines, columns }: Layout,
  today: string,
): { kind: RowKind; read: ReadEntry | null } {
  if (headingLine === null || list === null) return { kind: 'note', read: null }
  if (line <= headingLine)
    return { kind: line > headingLine - headingLines ? 'heading' : 'title', read: null }
  const kind = rowKindOf(cells, columns)
  return { kind, read: kind === 'data' ? readEntry(cells, columns, list, today) : null }
}
