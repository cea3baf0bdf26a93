/** Cells as values: what people type, made the one form in which it is stored. Pure. */
import { type Cell, isFault, textOf } from '#platform/files/cells.ts'
import { unguarded } from '#platform/files/guard.ts'
import { birthDateIn, identityCheckCharacter, readEmail, readIdentityNumber, readPhone } from '../numbers.ts'
import type { MemberRole, Sex, UnitKind } from '../words.ts'
import type { Reason, Remark } from './reasons.ts'

/** A value, nothing (an empty cell), or why it cannot be taken. */
export type Read<T> =
  | { value: T; remark?: Remark }
  | { value?: undefined; remark?: Remark; reason?: undefined }
  | { reason: Reason }

const nothing = {} as const

/** Full-width forms made half-width, invisible characters out, white space collapsed. */
export function plainText(cell: Cell | undefined): string {
  return unguarded(textOf(cell))
    .normalize('NFKC')
    .replace(/\p{C}/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .trim()
}

/** What stands for "nothing" in lists. */
const blank = /^(?:-+|—+|\/+|\\+|无|没有|空|n\/?a|null|none|不详|未知|暂无|\.)$/i

/** Wraps a reader of text with what holds for every cell: faults, emptiness, length. */
function reader<T>(
  max: number,
  read: (text: string, cell: Cell) => Read<T>,
): (cell: Cell | undefined) => Read<T> {
  return (cell) => {
    if (cell === undefined || cell === null) return nothing
    if (isFault(cell)) return { reason: cell.fault === 'formula' ? 'cell.formula' : 'cell.error' }
    const text = plainText(cell)
    if (text === '' || blank.test(text)) return nothing
    if (text.length > max) return { reason: 'text.too_long' }
    return read(text, cell)
  }
}

export const readLine = reader<string>(200, (text) => ({ value: text }))

/** Two characters are often spread over the width of three: 张 三. */
export const readName = reader<string>(60, (text) => {
  const name = /^[\p{Script=Han}\s·•]+$/u.test(text) ? text.replace(/\s/g, '').replaceAll('•', '·') : text
  return /^[\p{L}][\p{L}\p{M}\s·.'’\-()]*$/u.test(name) ? { value: name } : { reason: 'name.malformed' }
})

/** What people set before a number so that it stays text. */
const quoted = /^['’‘`]+/

export const readPhoneCell = reader<string>(60, (text, cell) => {
  if (typeof cell === 'number' && (!Number.isSafeInteger(cell) || /e/i.test(text)))
    return { reason: 'phone.lost_digits' }
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(text)) return { reason: 'phone.lost_digits' }
  const value = readPhone(text.replace(quoted, '').replace(/^(\d{11})\.0$/, '$1'))
  return value ? { value } : { reason: 'phone.malformed' }
})

/** Several numbers in one cell are separated by anything but what stands inside a number. */
export function readPhones(cell: Cell | undefined): Read<string[]> {
  const whole = readPhoneCell(cell)
  if (!('reason' in whole) || whole.reason !== 'phone.malformed') {
    return 'reason' in whole && whole.reason
      ? { reason: whole.reason }
      : whole.value
        ? { value: [whole.value] }
        : nothing
  }
  const parts = plainText(cell)
    .split(/[,\uff0c、;\uff1b/|\n]|\s{1,}(?=1[3-9]\d{9})/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const numbers = parts.map(readPhone)
  return parts.length > 1 && numbers.every((number) => number !== undefined)
    ? { value: [...new Set(numbers)] }
    : { reason: 'phone.malformed' }
}

export const readEmailCell = reader<string>(254, (text) => {
  const value = readEmail(text)
  return value ? { value } : { reason: 'email.malformed' }
})

/** Resident identity numbers (GB 11643-1999, 15 or 18 characters) and those of other documents. */
export const readIdentity = reader<string>(60, (text, cell) => {
  if (typeof cell === 'number' && cell > 9e15) return { reason: 'identity.lost_digits' }
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(text)) return { reason: 'identity.lost_digits' }
  const value = readIdentityNumber(text.replace(quoted, ''))
  if (value) return { value }
  const typed = text.replace(/[\s-]/g, '').toUpperCase()
  const mistyped =
    /^\d{17}[\dX]$/.test(typed) &&
    identityCheckCharacter(typed.slice(0, 17)) !== typed[17] &&
    birthDateIn(typed)
  return { reason: mistyped ? 'identity.checksum' : 'identity.malformed' }
})

const sexWords: Record<string, Sex> = {
  男: 'male',
  女: 'female',
  male: 'male',
  female: 'female',
  m: 'male',
  f: 'female',
}

export const readSex = reader<Sex>(20, (text) => {
  const value = sexWords[text.toLowerCase().replace(/[性士生\s]/g, '')]
  return value ? { value } : { reason: 'sex.unknown' }
})

const roleWords: [pattern: RegExp, role: MemberRole][] = [
  [/^(?:副队长|副领队|deputy(?: leader)?|vice.*)$/i, 'deputy'],
  [/^(?:队长|领队|负责人|(?:team )?leader|captain)$/i, 'leader'],
  [/^(?:教师|老师|带队教师|带队老师|班主任|教职工|teacher)$/i, 'teacher'],
  [/^(?:学生|小学生|中学生|pupil|student)$/i, 'pupil'],
  [/^(?:队员|成员|组员|志愿者|member|volunteer)$/i, 'member'],
]

/** 职务 may be an office outside of the team (科长): then it says nothing here. */
export const readRole = reader<MemberRole>(60, (text) => {
  const found = roleWords.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1] } : { remark: 'role.unread' }
})

const kindWords: [pattern: RegExp, kind: UnitKind][] = [
  [/^(?:党政机关|机关|行政机关|政府|政府机关|government.*)$/i, 'government'],
  [/企业|公司|enterprise|company|business/i, 'enterprise'],
  [/^(?:学校|教育机构|中小学|school)$/i, 'school'],
  [/事业|医院|institution/i, 'institution'],
  [/社会组织|社会团体|社团|协会|群团|人民团体|social/i, 'social_organisation'],
  [/社区|居委|村|街道|community/i, 'community'],
  [/^(?:其他|其它|other)$/i, 'other'],
]

export const readUnitKind = reader<UnitKind>(60, (text) => {
  const found = kindWords.find(([pattern]) => pattern.test(text))
  return found ? { value: found[1] } : { reason: 'kind.unknown' }
})

/** Parts of an enumeration: 急救、摄影; each once. */
export const readParts = reader<string[]>(500, (text) => {
  const parts = text.split(/[,\uff0c、;\uff1b/|\n]+/).map((part) => part.trim())
  return { value: [...new Set(parts.filter((part) => part !== ''))].slice(0, 30) }
})

export const readCount = reader<number>(20, (text) => {
  const digits = text
    .replace(/[,\s]/g, '')
    .replace(/(?:人|名|个)$/, '')
    .replace(/\.0+$/, '')
  return /^\d{1,6}$/.test(digits) ? { value: Number(digits) } : { reason: 'count.malformed' }
})

const readDegrees = (max: number) =>
  reader<number>(30, (text) => {
    const degrees = Number(text.replace(/[°度]$/, ''))
    return Math.abs(degrees) <= max ? { value: degrees } : { reason: 'coordinate.malformed' }
  })
export const readLongitude = readDegrees(180)
export const readLatitude = readDegrees(90)

export const readYesNo = reader<boolean>(20, (text) => {
  if (/^(?:是|同意|已同意|有|√|✓|✔|y|yes|true|1)$/i.test(text)) return { value: true }
  if (/^(?:否|不同意|未同意|×|✗|x|n|no|false|0)$/i.test(text)) return { value: false }
  return { reason: 'consent.unclear' }
})
