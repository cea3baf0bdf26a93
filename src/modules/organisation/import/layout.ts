import { type Merge, type Sheet, type SheetRow, textOf } from '#platform/files/cells.ts'
import { type Field, manyColumns } from './fields.ts'
import { fieldOf, fieldOfTwo } from './headings.ts'
import type { ListKind } from './words.ts'

export interface Column {
  /** From 0. */
  index: number
  heading: string
  /** Null: not read. */
  field: Field | null
}

/** Where a sheet's table is, and what its columns mean. */
export interface Layout {
  list: ListKind | null
  /** The line of the headings, or the lower one of two; null when none were found. */
  headingLine: number | null
  headingLines: number
  columns: Column[]
}

/** Rows among which the headings are looked for. */
const searched = 40

type Texts = string[]

const textsOf = (row: SheetRow | undefined): Texts => (row?.cells ?? []).map((cell) => textOf(cell))
const filled = (texts: Texts) => texts.filter((text) => text !== '')

/** How many columns of different meaning a row of headings would name; 0 when it is not one. */
function scoreOf(texts: Texts): number {
  const named = filled(texts)
  const found = new Set(named.map(fieldOf).filter((field) => field !== undefined))
  if (found.size >= 2 && found.size * 3 >= named.length) return found.size
  const [only] = found
  return named.length === 1 && (only === 'name' || only === 'unit') ? 1 : 0
}

/** The upper of two heading rows, with merged cells carried over the columns they span. */
function spread(upper: Texts, lower: Texts, line: number, merges: readonly Merge[]): Texts {
  const columns = Math.max(upper.length, lower.length)
  let last = ''
  return Array.from({ length: columns }, (_, at) => {
    const text = upper[at] ?? ''
    if (text !== '') last = text
    const merge = merges.find(({ top, left, right }) => top === line && left <= at && at <= right)
    if (merge) return upper[merge.left] ?? ''
    return text !== '' || (lower[at] ?? '') === '' ? text : last
  })
}

/** Whether the row below belongs to the headings too: it names columns, and only where it may. */
function continues(upper: Texts, lower: Texts): boolean {
  const named = filled(lower)
  if (named.length === 0 || named.some((text) => /\d{4,}/.test(text))) return false
  const recognised = lower.filter(
    (text, at) => text !== '' && fieldOfTwo(upper[at] ?? '', text) !== undefined,
  )
  const itself = named.filter((text) => fieldOf(text) !== undefined)
  return itself.length >= 1 && recognised.length * 3 >= named.length * 2 && itself.length * 2 >= named.length
}

/** Every field once, but for those that may stand in several columns. */
function distinct(columns: Column[]): Column[] {
  const taken = new Set<Field>()
  return columns.map((column) => {
    const { field } = column
    if (field === null || manyColumns.has(field)) return column
    if (taken.has(field)) return { ...column, field: null }
    taken.add(field)
    return column
  })
}

/** What a list with these columns is a list of. */
export function listOf(columns: readonly Column[]): ListKind | null {
  const has = (...some: Field[]) => columns.some(({ field }) => field !== null && some.includes(field))
  if (has('name')) {
    return has('class', 'guardian', 'guardianPhone', 'guardianConsent', 'teacher') ? 'classes' : 'people'
  }
  if (has('team') && has('leader', 'leaderPhone', 'latitude')) return 'teams'
  if (has('heads', 'adults', 'minors') && has('unit', 'team', 'class') && !has('parent', 'unitKind'))
    return 'heads'
  if (has('team')) return 'teams'
  return has('unit') ? 'units' : null
}

/** Finds the headings of a sheet, below whatever titles stand above them. */
export function layoutOf(sheet: Pick<Sheet, 'rows' | 'merges'>): Layout {
  const rows = sheet.rows.slice(0, searched)
  for (const [at, row] of rows.entries()) {
    const texts = textsOf(row)
    if (scoreOf(texts) === 0) continue
    const below = rows[at + 1]?.line === row.line + 1 ? textsOf(rows[at + 1]) : []
    const upper = spread(texts, below, row.line, sheet.merges)
    const two = continues(upper, below)
    const columns = upper.flatMap((text, index): Column[] => {
      const lower = two ? (below[index] ?? '') : ''
      const heading = lower === '' || lower === text ? text : `${text}${lower}`
      const field = two ? fieldOfTwo(text, lower) : fieldOf(text)
      return heading === '' ? [] : [{ index, heading, field: field ?? null }]
    })
    const named = distinct(columns)
    return {
      list: listOf(named),
      headingLine: row.line + (two ? 1 : 0),
      headingLines: two ? 2 : 1,
      columns: named,
    }
  }
  return { list: null, headingLine: null, headingLines: 0, columns: [] }
}
