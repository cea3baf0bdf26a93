/** One row of a list as values, and what is wrong with it. Pure. */
import { maskIdentity, maskPhone } from '#platform/crypto/mask.ts'
import { type Cell, isFault, textOf } from '#platform/files/cells.ts'
import { birthDateIn, sexIn } from '../numbers.ts'
import type { MemberRole, Sex, UnitKind } from '../words.ts'
import { readBirthDate } from './dates.ts'
import type { Field } from './fields.ts'
import type { Column } from './layout.ts'
import type { Reason, Remark } from './reasons.ts'
import {
  type Read,
  readCount,
  readEmailCell,
  readIdentity,
  readLatitude,
  readLine,
  readLongitude,
  readName,
  readParts,
  readPhones,
  readRole,
  readSex,
  readUnitKind,
  readYesNo,
} from './values.ts'
import type { ListKind } from './words.ts'

/** What a row says, by field; what it does not say is absent. */
export interface Entry {
  name?: string
  sex?: Sex
  birthDate?: string
  identityNumber?: string
  phone?: string[]
  email?: string
  unit?: string
  team?: string
  class?: string
  role?: MemberRole
  teacher?: string
  teacherPhone?: string[]
  guardian?: string
  guardianPhone?: string[]
  guardianConsent?: boolean
  residence?: string
  serviceCategory?: string
  skills?: string[]
  unitKind?: UnitKind
  parent?: string
  district?: string
  system?: string
  honourTitle?: string
  staffCount?: number
  liaison?: string
  liaisonPhone?: string[]
  leader?: string
  leaderPhone?: string[]
  aliases?: string[]
  longitude?: number
  latitude?: number
  heads?: number
  adults?: number
  minors?: number
}

/** Why a row is not taken: the heading of the column, the value as far as it may be shown, the reason. */
export interface Problem {
  column: string | null
  field: Field | null
  value: string | null
  reason: Reason
  /** The line of another row this is about. */
  line?: number
}

export interface ReadEntry {
  entry: Entry
  problems: Problem[]
  remarks: Remark[]
}

const readers: { [F in Exclude<Field, 'number' | 'birthDate'>]: (cell: Cell | undefined) => Read<Entry[F]> } =
  {
    name: readName,
    sex: readSex,
    identityNumber: readIdentity,
    phone: readPhones,
    email: readEmailCell,
    unit: readLine,
    team: readLine,
    class: readLine,
    role: readRole,
    teacher: readName,
    teacherPhone: readPhones,
    guardian: readName,
    guardianPhone: readPhones,
    guardianConsent: readYesNo,
    residence: readLine,
    serviceCategory: readLine,
    skills: readParts,
    unitKind: readUnitKind,
    parent: readLine,
    district: readLine,
    system: readLine,
    honourTitle: readLine,
    staffCount: readCount,
    liaison: readName,
    liaisonPhone: readPhones,
    leader: readName,
    leaderPhone: readPhones,
    aliases: readParts,
    longitude: readLongitude,
    latitude: readLatitude,
    heads: readCount,
    adults: readCount,
    minors: readCount,
  }

const phones: ReadonlySet<Field> = new Set<Field>([
  'phone',
  'teacherPhone',
  'guardianPhone',
  'liaisonPhone',
  'leaderPhone',
])

/** A cell as it may be shown to whoever corrects the list: numbers of people masked, at most 60 characters. */
export function shown(cell: Cell | undefined, field: Field | null): string | null {
  const text = isFault(cell) ? cell.text : textOf(cell)
  if (text === '') return null
  if (field !== null && phones.has(field))
    return text.replace(/\d(?:[\s-]?\d){4,}/g, (number) => maskPhone(number.replace(/\D/g, '')))
  if (field === 'identityNumber') return maskIdentity(text)
  if (field === 'email') return text.replace(/^[^@]+/, (name) => `${name.slice(0, 1)}***`)
  // A number in the wrong column is a number of somebody all the same.
  return text
    .slice(0, 60)
    .replace(/\d{7,}[\dXx]?/g, (number) => `${number.slice(0, 3)}****${number.slice(-2)}`)
}

const needed: Record<ListKind, readonly [Field, Reason][]> = {
  people: [['name', 'name.missing']],
  classes: [['name', 'name.missing']],
  units: [['unit', 'unit.missing']],
  teams: [['team', 'team.missing']],
  heads: [],
}

/** Reads the cells of one row. `today` bounds dates of birth. */
export function readEntry(
  cells: readonly Cell[],
  columns: readonly Column[],
  list: ListKind,
  today: string,
): ReadEntry {
  const read: ReadEntry = { entry: {}, problems: [], remarks: [] }
  const entry = read.entry as Record<string, unknown>
  for (const { index, field, heading } of columns) {
    if (field === null || field === 'number') continue
    const cell = cells[index]
    const found: Read<unknown> = field === 'birthDate' ? readBirthDate(cell, today) : readers[field](cell)
    if ('reason' in found && found.reason) {
      read.problems.push({ column: heading, field, value: shown(cell, field), reason: found.reason })
      continue
    }
    if (found.remark) read.remarks.push(found.remark)
    if (found.value === undefined) continue
    const before = entry[field]
    entry[field] = Array.isArray(before)
      ? [...new Set([...before, ...(found.value as unknown[])])]
      : found.value
  }
  for (const [field, reason] of needed[list]) {
    if (
      read.entry[field as keyof Entry] === undefined &&
      !read.problems.some((problem) => problem.field === field)
    ) {
      read.problems.push({ column: headingOf(columns, field), field, value: null, reason })
    }
  }
  checkIdentity(read, columns)
  checkPlace(read, columns)
  return read
}

export function headingOf(columns: readonly Column[], field: Field): string | null {
  return columns.find((column) => column.field === field)?.heading ?? null
}

/** An identity number carries sex and date of birth: what is missing is taken from it, what differs is an error. */
function checkIdentity({ entry, problems, remarks }: ReadEntry, columns: readonly Column[]): void {
  if (!entry.identityNumber) return
  const birthDate = birthDateIn(entry.identityNumber)
  const sex = sexIn(entry.identityNumber)
  if (birthDate && entry.birthDate && entry.birthDate !== birthDate) {
    problems.push({
      column: headingOf(columns, 'birthDate'),
      field: 'birthDate',
      value: entry.birthDate,
      reason: 'birth.differs',
    })
  } else if (birthDate && !entry.birthDate) {
    entry.birthDate = birthDate
    remarks.push('birth.derived')
  }
  if (sex && entry.sex && entry.sex !== sex) {
    const value = entry.sex === 'male' ? '男' : '女'
    problems.push({ column: headingOf(columns, 'sex'), field: 'sex', value, reason: 'sex.differs' })
  } else if (sex) entry.sex = sex
}

function checkPlace({ entry, problems }: ReadEntry, columns: readonly Column[]): void {
  if ((entry.longitude === undefined) === (entry.latitude === undefined)) return
  if (problems.some(({ field }) => field === 'longitude' || field === 'latitude')) return
  const field = entry.longitude === undefined ? 'longitude' : 'latitude'
  problems.push({ column: headingOf(columns, field), field, value: null, reason: 'coordinate.incomplete' })
}
