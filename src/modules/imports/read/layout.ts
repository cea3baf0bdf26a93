/** Finds the table of a sheet, the meaning of its columns and the kind of list; where unsure, the possible readings. Pure. */
import { type Cell, type Sheet, type SheetRow, textOf } from '#platform/files/cells.ts'
import type { ListKind } from '../words.ts'
import { type Blocks, blocksOf, type Column } from './blocks.ts'
import { classIn } from './defaults.ts'
import type { Section } from './entry.ts'
import type { FieldName } from './fields/fields.ts'
import { type HeadingRows, headingRowsOf } from './heading-rows.ts'
import { type Headings, isOwnColumn, ownHeadings, plainHeading } from './headings.ts'
import { kindsFor, type SheetKind } from './kinds.ts'
import { sectionOf } from './labels.ts'
import { looksLikeName, looksLikeUnit } from './names.ts'
import type { Owner } from './owners.ts'

export type { Column } from './blocks.ts'

export interface Layout {
  list: ListKind | null
  /** The line of the headings, or the last of several; null when none were found. */
  headingLine: number | null
  headingLines: number
  columns: Column[]
  /** The number of people per row. */
  parts: number
  /** What the label over each block says of its people. */
  sections?: Section[]
}

/** Why a user must choose how to read the sheet. */
export type SheetDoubt = 'whose' | 'blocks' | 'list'

export interface SheetLayout {
  layout: Layout
  /** The possible readings, the likeliest first; more than one only in doubt. */
  readings: Layout[]
  doubt: SheetDoubt | null
}

const nothing: Layout = { list: null, headingLine: null, headingLines: 0, columns: [], parts: 1 }

/** The layout of a sheet: its headings may be below any titles. */
export function layoutOf(sheet: Pick<Sheet, 'rows' | 'merges'>, headings: Headings = ownHeadings): Layout {
  return readLayout(sheet, headings).layout
}

/** As `layoutOf`, with all possible readings where the layout is uncertain. */
export function readLayout(
  sheet: Pick<Sheet, 'rows' | 'merges'>,
  headings: Headings = ownHeadings,
): SheetLayout {
  const single = headingRowsOf(sheet, headings)
  const found = single && overItsColumns(single, sheet)
  if (!found) return { layout: nothing, readings: [], doubt: null }
  const below = sheet.rows.filter(({ line }) => line > found.line)
  const flags = flagsIn(found, below, headings)
  const blocks = blocksOf(found.paths, headings, { flags })
  const layout = layoutWith(found, blocks, headings)
  if (found.labels?.some((label) => !sectionOf(label).certain)) return labelReadings(layout)
  const byWhom = whoseReadings({ found, flags, below, headings }, blocks)
  const byKind = byWhom.length > 1 ? [layout] : kindReadings({ found, flags, below, headings }, layout)
  const readings = byWhom.length > 1 ? byWhom : byKind
  const doubt =
    blocks.doubt === 'blocks' ? 'blocks' : byWhom.length > 1 ? 'whose' : readings.length > 1 ? 'list' : null
  return { layout: readings[0] ?? layout, readings: doubt === null ? [] : readings, doubt }
}

/** A heading merged over several columns with values is the heading of each: 姓名 over four names in a row. */
function overItsColumns(found: HeadingRows, { rows, merges }: Pick<Sheet, 'rows' | 'merges'>): HeadingRows {
  const paths = [...found.paths]
  for (const { top, bottom, left, right } of merges) {
    const heading = paths[left]
    if (top > found.line || bottom < found.line || !heading?.length) continue
    for (let index = left + 1; index <= right; index++) {
      const filled = rows.some(({ line, cells }) => line > found.line && textOf(cells[index]) !== '')
      if (filled && !paths[index]?.length) paths[index] = heading
    }
  }
  return { ...found, paths: Array.from(paths, (path) => path ?? []) }
}

/** A table of which the layout is to be found. */
interface Found {
  found: HeadingRows
  flags: ReadonlySet<number>
  below: readonly SheetRow[]
  headings: Headings
}

/** Columns under the word for a person whose values are 是, 否 or a mark: 党员, 团员. They name nobody. */
function flagsIn({ paths }: HeadingRows, below: readonly SheetRow[], headings: Headings): Set<number> {
  const isFlag = (text: string) => /^(?:是|否|有|无|[√✓✔☑×✗])$/.test(text)
  const columns = paths.flatMap((path, index) => {
    const names = headings.read(path).person?.attribute === 'name'
    return names && share(below.slice(0, samples), index, isFlag) === 1 ? [index] : []
  })
  return new Set(columns)
}

function layoutWith(found: HeadingRows, { columns, parts }: Blocks, headings: Headings): Layout {
  const list = listOf(columns, headings)
  const sections = found.labels?.length === parts ? found.labels.map((label) => sectionOf(label).section) : []
  const apart = sections.some(({ role }) => role !== undefined)
  return {
    list,
    headingLine: found.line,
    headingLines: found.lines,
    columns: columns
      .filter(({ heading }) => !isOwnColumn(heading))
      .map((column) => resembling(column, columns, headings))
      .map((column) => (apart ? inItsBlock(column, columns) : column)),
    parts,
    ...(sections.length > 0 ? { sections } : {}),
  }
}

/** Pupils and teachers side by side are two lists: what is said in one block says nothing of the other. */
function inItsBlock(column: Column, columns: readonly Column[]): Column {
  if (column.part !== undefined || column.field === null || column.field === 'number') return column
  const before = columns.findLast(({ part, index }) => part !== undefined && index <= column.index)
  return { ...column, part: before?.part ?? 0 }
}

/** The readings of blocks under labels that may be names of teams or something else. */
function labelReadings(layout: Layout): SheetLayout {
  const { sections: _, ...without } = layout
  return { layout, readings: [layout, without], doubt: 'blocks' }
}

/** The kind of a list with these columns. */
export function listOf(columns: readonly Column[], headings: Headings = ownHeadings): ListKind | null {
  return kindsFor(headings.kinds, fieldsIn(columns))[0] ?? null
}

const fieldsIn = (columns: readonly Column[]) =>
  new Set(columns.flatMap(({ field }) => (field === null ? [] : [field as string])))

/** Doubt `whose`: a heading without an owner after a second person belongs to that person, or to the row's main person. */
function whoseReadings({ found, flags, headings, below }: Found, blocks: Blocks): Layout[] {
  const first = layoutWith(found, blocks, headings)
  const unnamed = unnamedPeople(found, first, headings, below)
  if (unnamed.length > 0) {
    const as = (owner: Owner) =>
      layoutWith(
        found,
        blocksOf(found.paths, headings, { names: new Map(unnamed.map((index) => [index, owner])), flags }),
        headings,
      )
    return [as('other'), as('self'), first]
  }
  if (blocks.doubt !== 'whose') return [first]
  const other = layoutWith(found, blocksOf(found.paths, headings, { bare: 'self', flags }), headings)
  const differ = first.columns.filter(({ field, owner }, at) => {
    const there = other.columns[at]
    return there && (there.field !== field || there.owner !== owner)
  })
  // An empty column raises no doubt.
  const said = differ.some(({ index }) => below.some(({ cells }) => textOf(cells[index]) !== ''))
  return said ? [first, other] : [first]
}

const samples = 200
const mostly = 0.75

/**
 * Columns under unknown headings with names of people and a number directly behind them: 带班人 | 电话 | 姓名 | 电话. The
 * number is theirs, and not that of the person of the row.
 */
function unnamedPeople(
  { paths }: HeadingRows,
  { columns }: Layout,
  headings: Headings,
  below: readonly SheetRow[],
): number[] {
  const rows = below.slice(0, samples)
  if (!columns.some(({ field }) => field === 'name')) return []
  return columns.flatMap(({ index, field, owner, heading }) => {
    const next = headings.read(paths[index + 1] ?? []).person
    const bare = next?.attribute === 'phone' && next.owner === undefined
    const holds = field === null && owner === undefined && heading !== '' && bare
    return holds && share(rows, index, looksLikeName) > mostly ? [index] : []
  })
}

/** Doubts from the values: names of people below an unknown heading, names of units below 姓名. */
function kindReadings(table: Found, layout: Layout): Layout[] {
  const { below, headings } = table
  const rows = below.slice(0, samples)
  const kinds = kindsFor(headings.kinds, fieldsIn(layout.columns))
  const fields = fieldsIn(layout.columns)
  if (layout.list === 'classes' && !saysClass(rows, layout)) return [{ ...layout, list: 'people' }, layout]
  if (fields.has('name')) {
    const name = layout.columns.find(({ field }) => field === 'name')
    if (name && share(rows, name.index, looksLikeUnit) > 0.5) return [layout, asUnits(layout, name)]
    return severalKinds(layout, kinds, headings.kinds)
  }
  const named = layout.columns.filter(
    (column) => column.field === null && !column.owner && share(rows, column.index, looksLikeName) > mostly,
  )
  const teacher = layout.columns.find(({ field }) => field === 'teacher' || field === 'guardian')
  const people =
    named[0] ??
    (hasPeople(fields) ? layout.columns.find(({ field }) => field === null) : undefined) ??
    teacher
  if (people && (layout.list === null || layout.list in ownOnly))
    return peopleReadings(table, layout, named.length > 0 ? named : [people])
  if (layout.list === 'units' && repeated(rows, layout)) return [layout, { ...layout, list: 'people' }]
  return severalKinds(layout, kinds, headings.kinds)
}

/** Not so where nobody filled in the columns for guardians, beside no class: pupils, or volunteers of any age. */
function saysClass(rows: readonly SheetRow[], { columns }: Layout): boolean {
  const said = columns.filter(({ field }) => field !== null && ofClass.test(field))
  const filled = ({ field, index }: Column) =>
    /^[ct]|^grade/.test(field as string) || rows.some(({ cells }) => textOf(cells[index]) !== '')
  return said.some(filled) || rows.some(({ cells }) => cells.some((cell) => classIn(textOf(cell))))
}

const ofClass = /^(?:class|grade|teacher|guardian|secondGuardian)/

const ownOnly: Readonly<Record<string, true>> = { units: true, teams: true, heads: true }

function severalKinds(
  layout: Layout,
  kinds: readonly string[],
  known: Readonly<Record<string, SheetKind>>,
): Layout[] {
  const [first, second] = kinds
  if (first === undefined || second === undefined) return [layout]
  const read = (kind: string) =>
    known[kind]?.uses.filter((field) => fieldsIn(layout.columns).has(field)).length ?? 0
  return read(first) > read(second)
    ? [{ ...layout, list: first }]
    : [first, second].map((list) => ({ ...layout, list }))
}

const hasPeople = (fields: ReadonlySet<string>) =>
  ['sex', 'birthDate', 'identityNumber', 'skills'].some((field) => fields.has(field))

/** The two readings of a table in which unknown columns may contain people's names; a number behind a name is theirs. */
function peopleReadings(
  { found, flags, headings }: Found,
  layout: Layout,
  named: readonly Column[],
): Layout[] {
  const names = new Map(named.map(({ index }) => [index, 'self' as const]))
  const people = layoutWith(found, blocksOf(found.paths, headings, { names, flags }), headings)
  return layout.list === null ? [people, { ...layout, list: null }] : [people, layout]
}

/** The other reading of a name column whose values all look like names of units. */
function asUnits(layout: Layout, name: Column): Layout {
  const columns = layout.columns.map((column) => (column === name ? { ...column, field: 'unit' } : column))
  return { ...layout, list: 'units', columns }
}

function share(rows: readonly SheetRow[], index: number, is: (text: string) => boolean): number {
  const texts = rows.map(({ cells }) => textOf(cells[index])).filter((text) => text !== '')
  return texts.length === 0 ? 0 : texts.filter(is).length / texts.length
}

/** Whether a register repeats the same units: then its rows are about something else. */
function repeated(rows: readonly SheetRow[], { columns }: Layout): boolean {
  const unit = columns.find(({ field }) => field === 'unit')
  const names = rows
    .map(({ cells }) => textOf(cells[unit?.index ?? -1] as Cell))
    .filter((text) => text !== '')
  return names.length >= 4 && new Set(names).size * 2 < names.length
}

/** An unknown heading that is similar to a known one is only proposed, not used. */
function resembling(column: Column, columns: readonly Column[], headings: Headings): Column {
  if (column.field !== null || column.owner !== undefined) return column
  const plain = plainHeading(column.heading)
  if (plain.length < 2) return column
  let best: { field: FieldName; score: number } | undefined
  for (const [field, { zh, en, also }] of Object.entries(headings.words)) {
    if (field === 'number' || columns.some((each) => each.field === field)) continue
    for (const word of [zh, en, ...also]) {
      const score = alike(plain, plainHeading(word))
      if (score > (best?.score ?? 0.55)) best = { field, score }
    }
  }
  return best ? { ...column, resembles: best.field } : column
}

/** Dice's coefficient over the characters of two headings. */
function alike(a: string, b: string): number {
  const left = [...b]
  let shared = 0
  for (const character of a) {
    const at = left.indexOf(character)
    if (at < 0) continue
    left.splice(at, 1)
    shared++
  }
  return (2 * shared) / (a.length + b.length)
}
