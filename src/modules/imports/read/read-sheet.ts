/** Reads a sheet: its kind, its defaults for all rows, and the values of each row. Pure. */
import { type Cell, type Sheet, type SheetRow, textOf } from '#platform/files/cells.ts'
import type { RowKind } from '../words.ts'
import { classIn, isGenericName, teamNamed } from './defaults.ts'
import { type PartColumns, partColumnsOf, readEntries } from './entries.ts'
import type { ReadEntry, Reading, Section } from './entry.ts'
import { gridOf } from './grid.ts'
import { headingRowsAt } from './heading-rows.ts'
import { isOwnColumn, plainHeading } from './headings.ts'
import { labelsOver, sectionOf } from './labels.ts'
import { type Layout, readLayout } from './layout.ts'
import { looksLikeName } from './names.ts'
import { rowKindOf } from './row-kinds.ts'
import { divide } from './said/dividers.ts'
import {
  leaderIn,
  likeliestUnit,
  saysUnit,
  teacherIn,
  titleOfFile,
  unitCandidates,
  unitNamedBy,
} from './said/titles.ts'
import { likeness } from './said/unit-names.ts'
import { masked } from './shown.ts'
import type { SheetReading, UnreadColumn } from './staged.ts'
import { startsTable } from './tables/split-tables.ts'

/** The maximum number of title rows that are read. */
const titlesMax = 12

/**
 * What the titles (from the top), the sheet's name and the file's name say of all rows; the first that says it counts.
 * @param amongOthers whether the file has several sheets with rows
 * @param outer the titles over the first table of the sheet, when this is a later one
 */
export function readTitles(
  titleRows: readonly (readonly Cell[])[],
  sheetName: string,
  fileName: string,
  { amongOthers = false, outer = [] }: { amongOthers?: boolean; outer?: readonly string[] } = {},
): Pick<SheetReading, 'titles' | 'unitCandidates' | 'unitName' | 'leader' | 'teacher' | 'defaults'> {
  const own = titleRows.slice(0, titlesMax).map((cells) =>
    cells
      .map((cell) => textOf(cell))
      .filter((text, at, all) => text !== '' && text !== all[at - 1])
      .join(' ')
      .slice(0, 300),
  )
  const titles = [...own, ...outer]
  const file = titleOfFile(fileName)
  const sources = [...titles, ...(isGenericName(sheetName) ? [] : [sheetName]), file].filter(
    (text) => text !== '',
  )
  const units = unitsIn(sources, sheetName)
  const first = <T>(read: (text: string) => T | undefined) =>
    sources.map(read).find((found) => found !== undefined)
  const className = first(classIn) ?? classOfSheet(sheetName, sources)
  const team = className === undefined ? teamOfSheet(sheetName, amongOthers) : undefined
  return {
    titles,
    unitCandidates: units.candidates,
    unitName: units.name,
    leader: first(leaderIn) ?? null,
    teacher: first(teacherIn) ?? null,
    defaults: { ...(className ? { class: className } : {}), ...(team ? { team } : {}) },
  }
}

/**
 * The units that the titles, the sheet's name and the file's name may mean. What one of them names for certain is not
 * overruled by a later one: people of 市林业局 in a file of 市住建局 are not of 市住建局 because only that one is known.
 */
function unitsIn(
  sources: readonly string[],
  sheetName: string,
): { candidates: string[]; name: string | null } {
  const ordered = [...sources.filter(saysUnit), ...sources.filter((text) => !saysUnit(text))]
  const at = ordered.findIndex((text) => unitNamedBy(text) !== undefined)
  const certain = at < 0 ? undefined : unitNamedBy(ordered[at] as string)
  const candidates = ordered.flatMap((text, index) =>
    unitCandidates(text).filter(
      (name) => certain === undefined || index <= at || likeness(name, certain) >= 0.9,
    ),
  )
  const asked = ordered.filter((text) => text !== sheetName).map(likeliestUnit)
  const name = certain ?? asked.find((each) => each !== undefined) ?? null
  return { candidates: [...new Set(candidates)].slice(0, 30), name }
}

/** A sheet called 1班 in the file of a grade: 实验小学三年级学生名单. */
function classOfSheet(sheetName: string, sources: readonly string[]): string | undefined {
  const own = /^[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?班$/.exec(sheetName.trim())?.[1]
  const grades = new Set(sources.flatMap((text) => text.match(gradeNamed) ?? []))
  const [grade] = grades
  return own && grade && grades.size === 1 ? `${grade}${own}班` : undefined
}

const gradeNamed = /[一二三四五六七八九\d]年级|[初高][一二三]|20\d\d级/g

/** The team in a sheet's name; when the file has several sheets, any name may be a team. */
function teamOfSheet(name: string, amongOthers: boolean): string | undefined {
  if (isGenericName(name)) return undefined
  return teamNamed(name) ?? (amongOthers && unitCandidates(name).length === 0 ? name.trim() : undefined)
}

/** The kind and the defaults of a sheet. @param amongOthers whether the file has several sheets with rows */
export function readSheetHead(
  sheet: Sheet,
  fileName: string,
  { headings }: Pick<Reading, 'headings'>,
  {
    given,
    amongOthers = false,
    outerTitles = [],
  }: { given?: Layout; amongOthers?: boolean; outerTitles?: readonly string[] } = {},
): SheetReading {
  const found = given
    ? { layout: named(given, sheet, headings), readings: [], doubt: null }
    : readLayout(sheet, headings)
  const first = (found.layout.headingLine ?? 0) - found.layout.headingLines + 1
  const above = sheet.rows.filter(({ line }) => found.layout.headingLine !== null && line < first)
  const said = readTitles(
    above.map(({ cells }) => cells),
    sheet.name,
    fileName,
    { amongOthers, outer: outerTitles },
  )
  const hiddenColumns = new Set(sheet.hiddenColumns)
  const layout =
    found.layout.list === 'people' &&
    (said.defaults.class || found.layout.sections?.some((section) => section.class))
      ? { ...found.layout, list: 'classes' }
      : found.layout
  const marked = (each: Layout): Layout =>
    hiddenColumns.size === 0
      ? each
      : {
          ...each,
          columns: each.columns.map((column) =>
            hiddenColumns.has(column.index) ? { ...column, hidden: true } : column,
          ),
        }
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    layout: marked(layout),
    readings: found.readings.map(marked),
    doubt: found.doubt,
    merges: sheet.merges,
    unread: unreadOf(sheet, layout, headings),
    namesUnits: hasValues(sheet, layout, 'unit'),
    fileTitle: titleOfFile(fileName),
    hiddenLines: sheet.rows.flatMap(({ line, hidden }) => (hidden ? [line] : [])),
    hiddenColumns: [...hiddenColumns],
    ...(outerTitles.length > 0 ? { outerTitles: [...outerTitles] } : {}),
    ...said,
  }
}

/** Whether any row below the headings has a value in a column of this field. */
function hasValues({ rows }: Sheet, { columns, headingLine }: Layout, field: string): boolean {
  const own = columns.filter((column) => column.field === field)
  if (headingLine === null) return false
  return rows.some(
    ({ line, cells }) => line > headingLine && own.some(({ index }) => textOf(cells[index]) !== ''),
  )
}

/** Columns of words that look like names: 满族, 党员, 平山区. */
const describes =
  /民族|政治面貌|党派|籍贯|学历|学位|职称|职业|专业|区县|县区|健康|血型|婚姻|性质|关系|尺码|方向|岗位|部门|科室|社区|街道/

/**
 * The unread columns: those with an unknown heading, with a field this kind of list does not import, or without
 * heading.
 */
function unreadOf(
  { rows }: Sheet,
  { columns, list, headingLine }: Layout,
  headings: Reading['headings'],
): UnreadColumn[] {
  if (headingLine === null) return []
  const uses = new Set(list === null ? [] : [...(headings.kinds[list]?.uses ?? []), 'number'])
  const read = new Set(
    columns.filter(({ field }) => field !== null && uses.has(field)).map(({ index }) => index),
  )
  const unread = new Map<number, UnreadColumn>()
  for (const [index, cell] of (rows.find(({ line }) => line === headingLine)?.cells ?? []).entries())
    if (isOwnColumn(textOf(cell))) read.add(index)
  for (const { line, cells } of rows) {
    if (line <= headingLine) continue
    for (const [index, cell] of cells.entries()) {
      const text = read.has(index) ? '' : textOf(cell)
      if (text === '') continue
      const heading = columns.find((column) => column.index === index)?.heading ?? ''
      // Headings again, as on every printed page.
      if (text.length <= heading.length + 4 && plainHeading(heading) === plainHeading(text)) continue
      const column = unread.get(index) ?? { index, heading, values: 0, holdsPeople: false }
      unread.set(index, column)
      column.values++
      const names = !describes.test(heading) && text.split(/[、，,；;/\s]+/).every(looksLikeName)
      column.holdsPeople ||= names || masked(text, null) !== text
    }
  }
  return [...unread.values()].sort((a, b) => a.index - b.index)
}

/** A layout given by a user, with the headings from the heading rows. */
function named(layout: Layout, sheet: Sheet, headings: Reading['headings']): Layout {
  const found = layout.headingLine === null ? undefined : headingRowsAt(sheet, layout.headingLine, headings)
  const columns = layout.columns.map((column) => ({
    ...column,
    heading: found?.paths[column.index]?.join('') || `${column.index + 1}`,
  }))
  const headingLines = found?.lines ?? layout.headingLines
  // A reading without them was chosen where they are none.
  const labels = layout.sections && found?.labels?.length === layout.parts ? found.labels : undefined
  const sections = labels?.map((label) => sectionOf(label).section) ?? layout.sections
  return { ...layout, headingLines, columns, ...(sections ? { sections } : {}) }
}

/** A row: its kind and, for data, one entry per person in it. */
export interface RowReading {
  line: number
  kind: RowKind
  reads: ReadEntry[]
}

/** Reads the rows in order: a divider line (class, team) applies to the rows below. Without headings no row is data. */
export function readRows(
  sheet: Sheet,
  { layout, defaults, hidden, teacher, unitCandidates: said }: SheetReading,
  reading: Reading,
): RowReading[] {
  const { list, headingLine, headingLines } = layout
  const section: Section = { ...defaults }
  const parts = partColumnsOf(layout, reading)
  const starts = parts.parts.flatMap(({ own }) => own.find(({ field }) => field === 'name')?.index ?? [])
  const grid = new Map(gridOf(sheet.rows, sheet.merges, layout).map((row) => [row.line, row]))
  let another = false
  return sheet.rows.map((row): RowReading => {
    const { line } = row
    if (headingLine === null || list === null) return { line, kind: 'note', reads: [] }
    const below = grid.get(line)
    if (!below) return { line, kind: line > headingLine - headingLines ? 'heading' : 'title', reads: [] }
    if (below.continues) return { line, kind: 'continued', reads: [] }
    if (relabels(row, parts, starts, reading)) return { line, kind: 'title', reads: [] }
    const kind = rowKindOf(below.cells, layout.columns)
    if (startsTable(below.cells, layout.columns, reading.headings)) {
      another = true
      return { line, kind: 'heading', reads: [] }
    }
    if (kind === 'heading') another = false
    if (kind === 'title') divide(section, row.cells, parts, said)
    if (kind !== 'data') return { line, kind, reads: [] }
    const reads = readEntries(hidden ? { ...below, hidden: true } : below, parts, section, reading)
    if (another) for (const read of reads) read.problems = [outsideTable]
    for (const { entry } of reads) {
      // The teacher in the title is not that of another class further down.
      const ofTitle = (defaults.class ?? entry.class) === entry.class ? teacher : null
      const theirs = section.teacher ?? ofTitle
      if (theirs && list === 'classes') beside(entry, theirs)
    }
    return { line, kind: reads.length > 0 ? 'data' : 'numbered', reads }
  })
}

const outsideTable = { column: null, field: null, value: null, reason: 'table.headings_differ' } as const

/** A line that names another team over each block, for the rows below it. */
function relabels(
  { cells }: SheetRow,
  { parts }: PartColumns,
  starts: readonly number[],
  { headings }: Reading,
): boolean {
  if (parts.length < 2) return false
  const labels = labelsOver(
    cells.map((cell) => textOf(cell)),
    starts,
    headings,
  )
  if (!labels?.every((label) => classIn(label) ?? teamNamed(label))) return false
  for (const [at, part] of parts.entries()) part.section = sectionOf(labels[at] as string).section
  return true
}

/** Adds the teacher named by the title to a row of a class list that names none. */
function beside(entry: ReadEntry['entry'], teacher: NonNullable<SheetReading['teacher']>): void {
  if (entry.teacher !== undefined || entry.name === teacher.name) return
  entry.teacher = teacher.name
  if (teacher.phone) entry.teacherPhone = [teacher.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')]
}
