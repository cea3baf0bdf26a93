/** Tables below one another in a sheet: each has headings of its own, and is read by them. Pure. */
import { type Cell, type Sheet, textOf } from '#platform/files/cells.ts'
import type { Column } from '../blocks.ts'
import { classIn } from '../defaults.ts'
import { type Headings, plainHeading } from '../headings.ts'
import { type Layout, layoutOf } from '../layout.ts'
import { rowKindOf } from '../row-kinds.ts'

/** One table of a sheet; `outerTitles` are the titles over the first one, which may name the unit of all. */
export interface Table {
  sheet: Sheet
  outerTitles: string[]
}

/** Whether a row holds the headings of another table: it must not be read by these columns, nor the rows below it. */
export function startsTable(cells: readonly Cell[], columns: readonly Column[], headings: Headings): boolean {
  if (cells.some(isValue)) return false
  const texts = cells.map((cell) => (typeof cell === 'string' ? textOf(cell) : ''))
  const filled = texts.filter((text) => text !== '')
  if (filled.length < 2) return false
  const fields = texts.map((text) => (text === '' ? undefined : headings.fieldOf(text)))
  const known = fields.filter((field) => field !== undefined).length
  if (known < 2 || known * 3 < filled.length * 2) return false
  const overKey = columns.some(({ field, index }) => keys.has(field ?? '') && fields[index] !== undefined)
  if (!fields.includes('name') && !overKey && (known < 3 || known < filled.length)) return false
  return texts.some((text, index) => {
    const [field, column] = [fields[index], columns.find((each) => each.index === index)]
    if (field === undefined) return false
    if (column && plainHeading(column.heading).endsWith(plainHeading(text))) return false
    return column?.field !== field
  })
}

/** A number, a date, or a text with one: no heading. */
const isValue = (cell: Cell) =>
  typeof cell === 'number' || cell instanceof Date || (typeof cell === 'string' && /\d{5}/.test(cell))

/** What the row of a list is about: a heading in such a column is no value. */
const keys: ReadonlySet<string> = new Set(['name', 'unit', 'team'])

/** The tables of a sheet, from the top: a row with other headings begins another one, with the titles directly above it. */
export function tablesOf(sheet: Sheet, headings: Headings): Table[] {
  const found: Table[] = []
  let outerTitles: string[] = []
  let rest = sheet
  for (;;) {
    const layout = layoutOf(rest, headings)
    const start = nextTable(rest, layout, headings)
    if (start === undefined) return [...found, { sheet: rest, outerTitles }]
    const [own, below] = [rest.rows.slice(0, start), rest.rows.slice(start)]
    const from = below[0]?.line ?? 0
    const merges = (inside: boolean) => rest.merges.filter(({ top }) => top < from === inside)
    found.push({ sheet: { ...rest, rows: own, merges: merges(true) }, outerTitles })
    if (found.length === 1) outerTitles = titlesOf(own, layout)
    rest = { ...rest, rows: below, merges: merges(false) }
  }
}

function titlesOf(rows: Sheet['rows'], { headingLine, headingLines }: Layout): string[] {
  const first = (headingLine ?? 0) - headingLines + 1
  return rows
    .filter(({ line }) => line < first)
    .map(({ cells }) =>
      [...new Set(cells.map((cell) => textOf(cell)).filter((text) => text !== ''))].join(' '),
    )
    .filter((text) => text !== '')
}

/** The index of the row with which the next table begins. */
function nextTable(
  { rows }: Sheet,
  { headingLine, columns }: Layout,
  headings: Headings,
): number | undefined {
  if (headingLine === null) return undefined
  const first = rows.findIndex(({ line }) => line > headingLine)
  if (first < 0) return undefined
  const at = rows.findIndex(
    ({ cells }, index) =>
      index >= first && startsTable(cells, columns, headings) && rowKindOf(cells, columns) === 'data',
  )
  if (at < 0) return undefined
  let start = at
  while (start > first && leads(rows[start - 1]?.cells ?? [], columns, headings)) start--
  return start
}

const overTable = /名单|名册|通讯录|情况|一览|统计|登记|汇总|表$|^附/

/** A row above the headings that belongs to them: a title, or the names of groups. */
function leads(cells: readonly Cell[], columns: readonly Column[], headings: Headings): boolean {
  if (rowKindOf(cells, columns) === 'title') return true
  const texts = cells.map((cell) => textOf(cell)).filter((text) => text !== '')
  const [only = ''] = texts
  if (texts.length === 1 && (classIn(only) !== undefined || overTable.test(only))) return true
  return texts.length > 0 && texts.every((text) => headings.recognises(text))
}
