/** Finds the heading rows of a sheet: one to three rows, below any titles. Pure. */
import { type Merge, type Sheet, type SheetRow, textOf } from '#platform/files/cells.ts'
import { type HeadingPath, type Headings, plainHeading } from './headings.ts'
import { blockStarts, labelsOver } from './labels.ts'
import { ownerOfGroup, personHeading } from './owners.ts'

/** The number of rows searched for headings, and the maximum number of heading rows. */
const searched = 40
const rowsMax = 3

export interface HeadingRows {
  /** The last line of the headings. */
  line: number
  lines: number
  /** For each column: the names of its groups, then its heading. */
  paths: HeadingPath[]
  /** The label over each of several blocks side by side: 一队, 二队. */
  labels?: string[]
}

type Texts = string[]
const textsOf = (row: SheetRow | undefined): Texts =>
  (row?.cells ?? []).map((cell) => (cell instanceof Date ? '' : textOf(cell).replace(/\s+/g, ' ')))
const filled = (texts: Texts) => texts.filter((text) => text !== '')

/** The number of distinct fields in the row if it is a heading row, else 0. */
function scoreOf(texts: Texts, headings: Headings): number {
  const named = filled(texts)
  const meanings = new Set<string>()
  for (const text of named) {
    const { field, person } = headings.read([text])
    if (field) meanings.add(field)
    else if (person) meanings.add(`${person.owner} ${person.attribute}`)
    else if (ownerOfGroup(plainHeading(text))) meanings.add(`group ${text}`)
  }
  const read = named.filter((text) => headings.recognises(text)).length
  if (meanings.size >= 2 && read * 3 >= named.length) return meanings.size
  const [only] = meanings
  return named.length === 1 && (only === 'name' || only === 'unit' || only === 'self name') ? 1 : 0
}

/** The heading rows, or undefined when there are none. */
export function headingRowsOf(
  sheet: Pick<Sheet, 'rows' | 'merges'>,
  headings: Headings,
): HeadingRows | undefined {
  const rows = sheet.rows.slice(0, searched)
  const scores = rows.map((row) => scoreOf(textsOf(row), headings))
  const first = scores.findIndex((score) => score > 0)
  if (first < 0) return undefined
  return rowsAround(rows, belowTitle(sheet.rows, scores, first), sheet.merges, headings)
}

/** The number of rows below a title in which the headings are. */
const titlesMax = 4

/** A single word such as 志愿者 is the title of a table whose headings follow, or the heading of a list of names. */
function belowTitle(rows: readonly SheetRow[], scores: readonly number[], first: number): number {
  if (scores[first] !== 1) return first
  const later = scores.findIndex((score, at) => at > first && at <= first + titlesMax && score > 1)
  const below = rows[later + 1]
  return later > 0 && below && filled(textsOf(below)).length > 1 ? later : first
}

/** The headings with the last line given by a user, and the groups above them. */
export function headingRowsAt(
  sheet: Pick<Sheet, 'rows' | 'merges'>,
  line: number,
  headings: Headings,
): HeadingRows | undefined {
  const at = sheet.rows.findIndex((row) => row.line === line)
  if (at < 0) return undefined
  const first = firstRow(sheet.rows, at, sheet.merges, headings)
  return withLabels(pathsOf(sheet.rows.slice(first, at + 1), sheet.merges), sheet.rows, first, headings)
}

function rowsAround(rows: SheetRow[], at: number, merges: readonly Merge[], headings: Headings): HeadingRows {
  const first = firstRow(rows, at, merges, headings)
  let last = at
  while (last - first + 1 < rowsMax && follows(rows, last, merges, headings)) last++
  return withLabels(pathsOf(rows.slice(first, last + 1), merges), rows, first, headings)
}

/** The row directly above the headings belongs to them when it labels the blocks. */
function withLabels(
  found: HeadingRows,
  rows: readonly SheetRow[],
  first: number,
  headings: Headings,
): HeadingRows {
  const [above, here] = [rows[first - 1], rows[first]]
  if (!above || !here || above.line !== here.line - 1) return found
  const starts = blockStarts(
    found.paths.map((path) => path.at(-1) ?? ''),
    headings,
  )
  const labels = labelsOver(textsOf(above), starts, headings)
  return labels ? { ...found, lines: found.lines + 1, labels } : found
}

/** Names of column groups that belong to no person. */
const groupName = /(?:信息|情况|资料|内容|方式|部分|项目)$/

/** Adds group names from the rows above the recognised headings: 学生信息, 监护人信息. */
function firstRow(
  rows: readonly SheetRow[],
  at: number,
  merges: readonly Merge[],
  headings: Headings,
): number {
  let first = at
  while (first > 0 && at - first < rowsMax - 1) {
    const [above, here] = [rows[first - 1], rows[first]]
    if (!above || !here || above.line !== here.line - 1) break
    const texts = filled(textsOf(above))
    const merge = mergeAt(merges, above.line, 0)
    // A text over all columns is a title.
    const wide = merge ? merge.right + 1 >= here.cells.length : texts.length === 1 && textsOf(above)[0] !== ''
    const groups = texts.filter((text) => ownerOfGroup(plainHeading(text)) !== undefined)
    if (
      wide ||
      groups.length === 0 ||
      texts.some((text) => !headings.recognises(text) && !groupName.test(text))
    )
      break
    first--
  }
  return first
}

/** Whether the next row belongs to the headings: it names columns, and only below groups or empty cells. */
function follows(
  rows: readonly SheetRow[],
  last: number,
  merges: readonly Merge[],
  headings: Headings,
): boolean {
  const [row, below] = [rows[last], rows[last + 1]]
  if (!row || below?.line !== row.line + 1) return false
  const [upper, lower] = [textsOf(row), textsOf(below)]
  const named = filled(lower)
  if (named.length === 0 || named.some((text) => /\d{4,}/.test(text))) return false
  if (named.filter((text) => headings.recognises(text)).length * 3 < named.length * 2) return false
  return lower.every(
    (text, column) => text === '' || takesLower(upper, lower, column, row.line, merges, headings),
  )
}

function takesLower(
  upper: Texts,
  lower: Texts,
  column: number,
  line: number,
  merges: readonly Merge[],
  headings: Headings,
): boolean {
  const own = upper[column] ?? ''
  const merge = mergeAt(merges, line, column)
  if (own === '') return true
  if (merge && merge.right > merge.left) return true
  const spans = (upper[column + 1] ?? '') === '' && (lower[column + 1] ?? '') !== ''
  if (spans && !merge) return true
  // Over a single column: 联系方式 above 手机, 联络员 above 姓名; but never 身份 above 学生, which is a row of data.
  const [above, below] = [personHeading(plainHeading(own)), personHeading(plainHeading(lower[column] ?? ''))]
  if (!below) return false
  return above ? above.attribute === below.attribute && below.owner === undefined : !headings.fieldOf(own)
}

const mergeAt = (merges: readonly Merge[], line: number, column: number) =>
  merges.find(
    ({ top, bottom, left, right }) => top <= line && line <= bottom && left <= column && column <= right,
  )

/** Repeats a group name over all its columns: merged cells, or following empty cells. */
function spread(
  upper: Texts,
  below: readonly Texts[],
  line: number,
  merges: readonly Merge[],
  width: number,
): Texts {
  let last = ''
  return Array.from({ length: width }, (_, at) => {
    const text = upper[at] ?? ''
    if (text !== '') last = text
    const merge = mergeAt(merges, line, at)
    if (merge) return merge.top === line ? (upper[merge.left] ?? '') : ''
    if (text !== '') return text
    return below.some((lower) => (lower[at] ?? '') !== '') ? last : ''
  })
}

function pathsOf(rows: readonly SheetRow[], merges: readonly Merge[]): HeadingRows {
  const texts = rows.map(textsOf)
  const width = Math.max(...texts.map(({ length }) => length))
  const levels = texts.map((upper, at) =>
    at === texts.length - 1 ? upper : spread(upper, texts.slice(at + 1), rows[at]?.line ?? 0, merges, width),
  )
  const paths = Array.from({ length: width }, (_, column) =>
    levels.map((level) => level[column] ?? '').filter((text, at, all) => text !== '' && text !== all[at - 1]),
  )
  return { line: rows.at(-1)?.line ?? 0, lines: rows.length, paths }
}
