/** Parses one row of a list into values and errors. Pure. */

import { birthDateIn, sexIn } from '#modules/organisation/pure.ts'
import { type Cell, textOf } from '#platform/files/cells.ts'
import type { Reason } from '../reasons.ts'
import type { Column } from './blocks.ts'
import { type Entry, headingOf, type ReadEntry, type Reading, type Section } from './entry.ts'
import type { Field, FieldName } from './fields/fields.ts'
import type { GridRow } from './grid.ts'
import type { Layout } from './layout.ts'
import { attributes } from './owners.ts'
import { readCell, refuse } from './read-cell.ts'
import { readNameCell } from './values.ts'

const counts: ReadonlySet<string> = new Set(['heads', 'adults', 'minors'])

/** The required fields of each kind of list. */
const needed: Record<string, readonly [Field, Reason][]> = {
  people: [['name', 'name.missing']],
  classes: [['name', 'name.missing']],
  units: [['unit', 'unit.missing']],
  teams: [['team', 'team.missing']],
}

/** The columns that are read, for each person of a line: the same for every row of a sheet. */
export interface PartColumns {
  list: string
  /** The field that takes the dividing lines. */
  dividers?: FieldName
  parts: { columns: readonly Column[]; own: readonly Column[]; section: Section }[]
}

export function partColumnsOf(
  { list, parts, columns, sections = [] }: Layout,
  { headings }: Pick<Reading, 'headings'>,
): PartColumns {
  const uses = new Set(list === null ? [] : headings.kinds[list]?.uses)
  const used = columns.filter(({ field }) => field !== null && uses.has(field))
  const dividers = list === null ? undefined : headings.kinds[list]?.dividers
  return {
    list: list ?? '',
    ...(dividers === undefined ? {} : { dividers }),
    parts: Array.from({ length: list === null ? 0 : parts }, (_, part) => ({
      columns: used.filter((column) => column.part === undefined || column.part === part),
      own: used.filter((column) => column.part === part && column.field !== 'number'),
      section: { ...sections[part] },
    })),
  }
}

/** Parses a row: one entry per person in it, or one for the unit or team it is about. */
export function readEntries(
  row: GridRow,
  { list, parts, dividers }: PartColumns,
  section: Section,
  reading: Reading,
): ReadEntry[] {
  const reads: ReadEntry[] = []
  for (const [block, { columns, own, section: ofBlock }] of parts.entries()) {
    if (parts.length > 1 && own.every(({ index }) => isEmpty(row.cells[index]))) continue
    for (const cells of peopleIn(row.cells, columns)) {
      const read = readOne(row, cells, columns, list, reading)
      inSection(read, list, { ...section, ...ofBlock })
      if (dividers !== undefined && section.lines)
        read.entry.more = { ...read.entry.more, [dividers]: [...section.lines] }
      if (row.hidden) read.hidden = true
      if (parts.length > 1) read.block = block
      reads.push(read)
    }
  }
  return reads
}

const isEmpty = (cell: Cell | undefined) => cell === undefined || cell === null || textOf(cell) === ''

/** Attributes of one person; several values in a cell are split like the names. A residence is not: it may contain commas. */
const each: ReadonlySet<string> = new Set(attributes.filter((attribute) => attribute !== 'residence'))
const pieces = /[\n\r]+|[、,，;；/|]+|\s{2,}|\s+(?=1[3-9]\d{9}(?!\d))/

/** Splits a row with several people in one cell (张三 above 李四, with a number each) into the cells of each person. */
function peopleIn(cells: readonly Cell[], columns: readonly Column[]): (readonly Cell[])[] {
  const name = columns.find(({ field }) => field === 'name')
  const text = name && cells[name.index]
  if (!name || typeof text !== 'string' || !/[\n\r、,，;；/|]|\s{2}/.test(text)) return [cells]
  const found = readNameCell(text)
  const names = 'value' in found ? (found.value?.names ?? []) : []
  if (names.length < 2) return [cells]
  const split = names.map(() => [...cells])
  for (const { index, field } of columns) {
    const cell = cells[index]
    if (field === null || !each.has(field) || isEmpty(cell)) continue
    const own = field === 'name' ? names : plainPieces(cell)
    // With more names than numbers it is unknown which person a number belongs to.
    if (own.length === names.length)
      for (const [at, value] of own.entries()) (split[at] as Cell[])[index] = value
    else if (field === 'sex' || field === 'role') continue
    else for (const some of split) some[index] = { fault: 'unpaired', text: textOf(cell) }
  }
  return split
}

const plainPieces = (cell: Cell | undefined): string[] =>
  textOf(cell)
    .normalize('NFKC')
    .split(pieces)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')

function readOne(
  { more, carried, repeats }: GridRow,
  cells: readonly Cell[],
  columns: readonly Column[],
  list: string,
  reading: Reading,
): ReadEntry {
  const read: ReadEntry = { entry: {}, problems: [], remarks: repeats ? ['ditto.resolved'] : [] }
  for (const column of columns) {
    const { index, field } = column
    if (field === null) continue
    if (counts.has(field) && carried.has(index)) refuse(read, column, cells[index], 'count.merged')
    else readCell(read, column, cells[index], list, reading)
    for (const further of more) {
      if (textOf(further[index]) === textOf(cells[index])) continue
      readCell(read, column, further[index], list, reading)
    }
  }
  for (const [field, reason] of needed[list] ?? []) {
    if (read.entry[field as keyof Entry] !== undefined || read.problems.some((each) => each.field === field))
      continue
    read.problems.push({ column: headingOf(columns, field), field, value: null, reason })
  }
  checkIdentity(read, columns)
  checkAge(read, columns, cells)
  checkPlace(read, columns)
  checkConsent(read)
  const unseen = columns.some(
    ({ hidden, field, index }) => hidden && field !== 'number' && !isEmpty(cells[index]),
  )
  if (unseen) read.remarks.push('column.hidden')
  return read
}

const wholeClass = /班/
/** A class name includes the grade: 三年级 and 1班 in two columns are 三年级1班. */
function inSection({ entry, remarks }: ReadEntry, list: string, section: Section): void {
  if (section.unread && (list === 'people' || list === 'classes')) remarks.push('divider.unread')
  if (section.role && (list === 'people' || list === 'classes') && !entry.roleWord) {
    entry.role ??= section.role
    delete entry.roleWord
  }
  if (list === 'classes' || list === 'heads') {
    if (entry.grade !== undefined && entry.class !== undefined)
      entry.class = withGrade(entry.grade, entry.class)
    if (entry.class === undefined && entry.team === undefined && list === 'classes')
      entry.class = section.class
  }
  if (list === 'people') entry.team ??= section.team
  if (list === 'people' || list === 'classes') entry.unit ??= section.unit
  delete entry.grade
  if (entry.class === undefined) delete entry.class
  if (entry.team === undefined) delete entry.team
  if (entry.unit === undefined) delete entry.unit
}

function withGrade(grade: string, name: string): string {
  const [year, own] = [grade.replace(/\s/g, ''), name.replace(/\s/g, '')]
  if (/年|级|届/.test(own) || own.startsWith(year)) return name
  // 三(1)班 beside 三年级 already contains the grade.
  if (
    /^[小初高]?[〇一二三四五六七八九十\d]/.test(own) &&
    own.startsWith(year.replace(/年级?$|级$/, '')) &&
    /^.+[(（]/.test(own)
  )
    return name
  return `${year}${wholeClass.test(own) ? own : `${own}班`}`
}

/** A refusal of consent counts even without the guardian's name; consent counts only with it. */
function checkConsent({ entry, remarks }: ReadEntry): void {
  if (entry.guardianConsent === undefined) return
  if (entry.guardianConsent === false) remarks.push('consent.refused')
  else if (entry.guardian === undefined) remarks.push('consent.nameless')
}

/** An identity number contains sex and birth date: missing values are taken from it, different ones are an error. */
function checkIdentity({ entry, problems, remarks }: ReadEntry, columns: readonly Column[]): void {
  if (!entry.identityNumber) return
  const birthDate = birthDateIn(entry.identityNumber)
  const sex = sexIn(entry.identityNumber)
  if (birthDate && entry.birthDate && !birthDate.startsWith(entry.birthDate)) {
    problems.push({
      column: headingOf(columns, 'birthDate'),
      field: 'birthDate',
      value: entry.birthDate,
      reason: 'birth.differs',
    })
  } else if (birthDate && entry.birthDate !== birthDate) {
    entry.birthDate = birthDate
    const month = remarks.indexOf('birth.month_only')
    if (month >= 0) remarks.splice(month, 1)
    remarks.push('birth.derived')
  }
  if (sex && entry.sex && entry.sex !== sex) {
    const value = entry.sex === 'male' ? '男' : '女'
    problems.push({ column: headingOf(columns, 'sex'), field: 'sex', value, reason: 'sex.differs' })
  } else if (sex) entry.sex = sex
}

/**
 * An age is not kept, because it is of an unknown day. But a child must not enter among adults: without a birth date the
 * row is refused, unless the list says that this is a pupil.
 */
function checkAge(read: ReadEntry, columns: readonly Column[], cells: readonly Cell[]): void {
  const column = columns.find(({ field }) => field === 'age')
  if (!column || read.entry.birthDate !== undefined || read.entry.role === 'pupil') return
  if (read.entry.class !== undefined) return
  const age = /^(\d{1,2})(?:\.\d+)?(?:周?岁)?$/.exec(textOf(cells[column.index]).normalize('NFKC'))?.[1]
  if (age !== undefined && Number(age) < 18) refuse(read, column, cells[column.index], 'age.minor')
}

function checkPlace({ entry, problems }: ReadEntry, columns: readonly Column[]): void {
  if ((entry.longitude === undefined) === (entry.latitude === undefined)) return
  if (problems.some(({ field }) => field === 'longitude' || field === 'latitude')) return
  const field = entry.longitude === undefined ? 'longitude' : 'latitude'
  problems.push({ column: headingOf(columns, field), field, value: null, reason: 'coordinate.incomplete' })
}
