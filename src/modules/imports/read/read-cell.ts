/** One cell of a row as the value of a field, and what is wrong with it. Pure. */

import { type Cell, isFault } from '#platform/files/cells.ts'
import type { Reason } from '../reasons.ts'
import type { Column } from './blocks.ts'
import { readBirthDate } from './dates.ts'
import type { ReadEntry, Reading } from './entry.ts'
import type { Field, FieldName } from './fields/fields.ts'
import { isDitto } from './grid.ts'
import type { AddedReader } from './kinds.ts'
import { roleOfWord } from './roles.ts'
import { shown } from './shown.ts'
import {
  plainText,
  type Read,
  readCount,
  readEmailCell,
  readIdentity,
  readLatitude,
  readLine,
  readLongitude,
  readName,
  readNameCell,
  readParts,
  readPhones,
  readProse,
  readSex,
  readStatedPhones,
  readUnitKind,
  readWhen,
  readYesNo,
} from './values.ts'

type ReadField = Exclude<Field, 'number' | 'birthDate' | 'name' | 'role' | 'phone' | 'attends' | 'age'>
type CellReader = (cell: Cell | undefined, reading: Reading) => Read<unknown>

const phones: CellReader = (cell, { areaCode }) => readPhones(cell, areaCode)

const readers: Record<ReadField, CellReader> = {
  sex: readSex,
  identityNumber: readIdentity,
  email: readEmailCell,
  unit: readLine,
  team: readLine,
  class: readLine,
  grade: readLine,
  teacher: readName,
  teacherPhone: phones,
  guardian: readName,
  guardianPhone: phones,
  secondGuardian: readName,
  secondGuardianPhone: phones,
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
  liaisonPhone: phones,
  leader: readName,
  leaderPhone: phones,
  aliases: readParts,
  longitude: readLongitude,
  latitude: readLatitude,
  heads: readCount,
  adults: readCount,
  minors: readCount,
}

/** Parsers of the fields that other slices add. */
const addedReaders: Record<AddedReader, CellReader> = {
  line: readLine,
  prose: readProse,
  parts: readParts,
  count: readCount,
  phones,
  name: readName,
  when: readWhen,
}

/** 出生年月, without 日. */
const asksForMonth = /年月(?!日)/

/** Adds an error for one cell. */
export function refuse(
  read: ReadEntry,
  { heading, field }: Column,
  cell: Cell | undefined,
  reason: Reason,
): void {
  read.problems.push({ column: heading, field, value: shown(cell, field), reason })
}

/** The field of the number beside a name in one cell: 张伟 13900000001. */
const numberOf: Readonly<Record<string, string>> = {
  name: 'phone',
  teacher: 'teacherPhone',
  guardian: 'guardianPhone',
  secondGuardian: 'secondGuardianPhone',
  liaison: 'liaisonPhone',
  leader: 'leaderPhone',
}
const nameAndNumber =
  /^([^\d、,，;；\n]*\p{L})[\s:：/,，(（]*((?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})[\s)）]*$/u

/** Splits a cell with a name and a mobile number; its number is read as that of the same person. */
function readNumberBeside(
  read: ReadEntry,
  column: Column,
  cell: Cell | undefined,
  list: string,
  reading: Reading,
): boolean {
  const field = numberOf[column.field as string]
  const both = field && typeof cell === 'string' ? nameAndNumber.exec(cell.normalize('NFKC').trim()) : null
  if (!both) return false
  readCell(read, column, both[1], list, reading)
  readCell(read, { ...column, field: field as string }, both[2], list, reading)
  return true
}

/** Parses one cell into the entry. Refuses a value that contradicts another line of the same person. */
export function readCell(
  read: ReadEntry,
  column: Column,
  cell: Cell | undefined,
  list: string,
  reading: Reading,
) {
  const field = column.field as FieldName
  if (typeof cell === 'string' && isDitto(cell)) return refuse(read, column, cell, 'cell.ditto')
  if (isFault(cell) && cell.fault === 'unpaired') return refuse(read, column, cell, 'phone.unpaired')
  if (readNumberBeside(read, column, cell, list, reading)) return
  if (field === 'name') return readNameInto(read, column, cell, list, reading)
  if (field === 'phone') return readPhonesInto(read, column, cell, reading)
  if (field === 'role') return readRoleInto(read, cell, list)
  if (field === 'age') return
  if (field === 'attends') return readAttendsInto(read, column, cell, list)
  if (field === 'class' && roleOfWord(plainText(cell), true))
    return refuse(read, column, cell, 'class.is_role')
  const found =
    field === 'birthDate'
      ? readBirthDate(cell, reading.today, asksForMonth.test(column.heading))
      : readerOf(field, reading)(cell, reading)
  if ('reason' in found && found.reason) return refuse(read, column, cell, found.reason)
  if (found.remark) read.remarks.push(found.remark)
  if (found.value !== undefined) put(read, column, cell, found.value)
}

function readerOf(field: FieldName, { headings }: Reading): CellReader {
  if (Object.hasOwn(readers, field)) return readers[field as ReadField]
  const words = headings.words[field] as { read?: AddedReader } | undefined
  return addedReaders[words?.read ?? 'line']
}

function put(read: ReadEntry, column: Column, cell: Cell | undefined, value: unknown): void {
  const field = column.field as FieldName
  const own = Object.hasOwn(readers, field) || field === 'birthDate' || field === 'name' || field === 'phone'
  if (!own) read.entry.more ??= {}
  const into = (own ? read.entry : read.entry.more) as Record<string, unknown>
  const before = into[field]
  if (Array.isArray(before)) into[field] = [...new Set([...before, ...(value as unknown[])])]
  else if (before === undefined) into[field] = value
  else if (before !== value) refuse(read, column, cell, 'cell.contradicts')
}

/** A note after a name may be a role: 子七（教师）. */
function readNameInto(
  read: ReadEntry,
  column: Column,
  cell: Cell | undefined,
  list: string,
  { headings }: Reading,
) {
  // A form with one person has its headings beside the values, or a second table begins here.
  if (typeof cell === 'string' && headings.fieldOf(cell) !== undefined)
    return refuse(read, column, cell, 'name.is_heading')
  const found = readNameCell(cell)
  if ('reason' in found && found.reason) return refuse(read, column, cell, found.reason)
  if (!('value' in found) || found.value === undefined) return
  const { names, note } = found.value
  if (names.length > 1) return refuse(read, column, cell, 'name.several')
  put(read, column, cell, names[0])
  if (note === undefined) return
  const sex = /^[男女]$/.test(note) ? readSex(note) : undefined
  if (sex && 'value' in sex && sex.value) {
    read.entry.sex ??= sex.value
    return
  }
  const role = roleOfWord(note, list === 'classes')
  if (role === undefined) read.remarks.push('note.unread')
  else read.entry.role ??= role
}

function readPhonesInto(read: ReadEntry, column: Column, cell: Cell | undefined, { areaCode }: Reading) {
  const found = readStatedPhones(cell, areaCode)
  if ('reason' in found && found.reason) return refuse(read, column, cell, found.reason)
  if (!('value' in found) || found.value === undefined) return
  const own = found.value.filter(({ whose }) => whose === 'own').map(({ value }) => value)
  const others = found.value.filter(({ whose }) => whose !== 'own')
  if (own.length > 0) put(read, column, cell, own)
  if (others.length > 0) read.entry.otherPhones = [...(read.entry.otherPhones ?? []), ...others]
}

/**
 * 是否参加 in a class list is what a guardian answers for the child. In a list of volunteers it concerns one activity: who
 * is in a team stays in it, and the row says that this person does not say yes.
 */
function readAttendsInto(read: ReadEntry, column: Column, cell: Cell | undefined, list: string) {
  const said = readYesNo(cell)
  if (list === 'people') {
    const no = ('value' in said && said.value === false) || ('reason' in said && said.reason !== undefined)
    if (no) read.remarks.push('attends.not_yes')
  } else if ('reason' in said && said.reason) refuse(read, column, cell, said.reason)
  else if ('value' in said && said.value !== undefined) read.entry.guardianConsent ??= said.value
}

/**
 * 职务 may be a job outside the team (科长). In a class list it decides who is a minor, so an unknown one is asked about.
 */
function readRoleInto(read: ReadEntry, cell: Cell | undefined, list: string) {
  if (isFault(cell)) return
  const text = plainText(cell)
  if (read.entry.role !== undefined) return
  const role = roleOfWord(text, list === 'classes')
  if (role !== undefined) read.entry.role = role
  else if (list === 'classes') read.entry.roleWord = text
  else if (text !== '') read.remarks.push('role.unread')
}
