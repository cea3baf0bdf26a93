/** Parses cells into values in the stored form. Pure. */

import {
  birthDateIn,
  identityCheckCharacter,
  readEmail,
  readIdentityNumber,
  readPhone,
  type Sex,
  type UnitKind,
} from '#modules/organisation/pure.ts'
import { type Cell, isFault, textOf } from '#platform/files/cells.ts'
import { unguarded } from '#platform/files/guard.ts'
import type { Reason, Remark } from '../reasons.ts'
import { readNames } from './names.ts'

/** A value, nothing (an empty cell), or the reason why the cell is refused. */
export type Read<T> =
  | { value: T; remark?: Remark }
  | { value?: undefined; remark?: Remark; reason?: undefined }
  | { reason: Reason }

const nothing = {} as const

/** Whether a text is only visible ASCII and common ideographs, as most cells are: nothing to normalise. */
export const isPlain = (text: string) => /^[!-~\u4e00-\u9fff]*$/.test(text)

/**
 * Converts full-width to half-width forms, removes invisible characters, collapses white space. Unassigned characters
 * stay.
 */
export function plainText(cell: Cell | undefined): string {
  const text = unguarded(textOf(cell))
  if (isPlain(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .trim()
}

/** Texts that mean "nothing" in lists. */
const blank = /^(?:-+|—+|\/+|\\+|无|没有|空|n\/?a|null|none|不详|未知|暂无|\.)$/i

/** Wraps a parser of text with the checks for every cell: faults, emptiness, length. */
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

/** A text. A date is refused: a spreadsheet program converted a text such as 3-1 to a date, and the text is lost. */
export const readLine = reader<string>(200, (text, cell) =>
  cell instanceof Date ? { reason: 'cell.is_date' } : { value: text },
)

/** A text of several lines. */
export const readProse = reader<string>(2000, (_, cell) =>
  cell instanceof Date ? { reason: 'cell.is_date' } : { value: linesOf(cell) },
)

const linesOf = (cell: Cell) =>
  textOf(cell)
    .split(/[\n\r]+/)
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n')

/** A day as `YYYY-MM-DD`, or words such as 6月底前. */
export const readWhen = reader<string>(100, (text, cell) =>
  cell instanceof Date && cell.getTime() % 86_400_000 !== 0
    ? { reason: 'birth.time_of_day' }
    : { value: text },
)

/** The names in a cell; see `names.ts`. */
export function readNameCell(cell: Cell | undefined): Read<{ names: string[]; note?: string }> {
  if (cell === undefined || cell === null) return nothing
  if (isFault(cell)) return { reason: cell.fault === 'formula' ? 'cell.formula' : 'cell.error' }
  if (cell instanceof Date || typeof cell === 'number') return { reason: 'name.malformed' }
  const text = unguarded(cell.trim())
  if (text === '' || blank.test(text)) return nothing
  if (text.length > 200) return { reason: 'text.too_long' }
  const found = readNames(text)
  if ('either' in found) return { reason: 'name.several' }
  if ('title' in found) return { reason: 'name.title_only' }
  if ('gone' in found) return { reason: 'name.gone' }
  if ('malformed' in found) return { reason: 'name.malformed' }
  if (found.names.some((name) => name.length > 60)) return { reason: 'text.too_long' }
  return { value: found }
}

/** One name; several names are refused. */
export function readName(cell: Cell | undefined): Read<string> {
  const found = readNameCell(cell)
  if (!('value' in found) || found.value === undefined) return found as Read<string>
  const [name] = found.value.names
  return found.value.names.length > 1 || name === undefined ? { reason: 'name.several' } : { value: name }
}

/** Characters that people type before a number so that it stays text. */
const quoted = /^['’‘`]+/

/** The owner of a number by the note after it: 13900000001（妻）. Another note is refused. */
const noteWords: readonly [pattern: RegExp, whose: 'own' | 'spouse' | 'guardian' | 'colleague'][] = [
  [
    /^(?:本人|自己|个人|微信|微信同号|同微信|手机|电话|移动|联通|电信|常用|新号|座机|单位|办公室?|办|宅|家里?|宅电|工作)$/,
    'own',
  ],
  [/^(?:妻子?|爱人|配偶|老婆|老公|丈夫|夫)$/, 'spouse'],
  [/^(?:父亲?|母亲?|爸爸?|妈妈?|家长|监护人|爷爷|奶奶|外公|外婆|姥姥|姥爷)$/, 'guardian'],
  [/^(?:同事|同学|朋友)$/, 'colleague'],
]

export interface StatedPhone {
  value: string
  whose: 'own' | 'spouse' | 'guardian' | 'colleague'
}

const noteBehind = /^([+\d\s()-]{7,}?)\s*[(（【[]?\s*([\p{Script=Han}]{1,6})\s*[)）】\]]?$/u
const noteBefore = /^([\p{Script=Han}]{1,6})\s*[:：]?\s*([+\d][+\d\s()-]{6,})$/u

/** One phone number and the note beside it. @param areaCode for landlines written without one */
function readOne(part: string, areaCode: string | undefined): StatedPhone | Reason {
  const text = part
    .replace(quoted, '')
    .replace(/^(\d{11})\.0$/, '$1')
    // 0 before a mobile number is dialled from another city; it is no part of it.
    .replace(/^0(?=1[3-9]\d{9}$)/, '')
  const plain = readPhone(text)
  if (plain) return { value: plain, whose: 'own' }
  const behind = noteBehind.exec(text)
  const before = noteBefore.exec(text)
  const [number, note] = behind ? [behind[1], behind[2]] : before ? [before[2], before[1]] : []
  if (number !== undefined && note !== undefined) {
    const noted = readOne(number, areaCode)
    const whose = noteWords.find(([pattern]) => pattern.test(note))?.[1]
    if (typeof noted !== 'string') return whose ? { value: noted.value, whose } : 'phone.noted'
  }
  const local = text.replace(/[\s-]/g, '')
  if (/^[2-8]\d{6,7}$/.test(local)) {
    const whole = areaCode === undefined ? undefined : readPhone(areaCode + local)
    return whole ? { value: whole, whose: 'own' } : 'phone.area_code_missing'
  }
  return 'phone.malformed'
}

const betweenNumbers = /[,\uff0c、;\uff1b/|\n\r]+|\s+(?=1[3-9]\d{9}(?!\d))/

/** The phone numbers of a cell, separated by any characters that do not occur in numbers. */
export function readStatedPhones(cell: Cell | undefined, areaCode?: string): Read<StatedPhone[]> {
  if (cell === undefined || cell === null) return nothing
  if (isFault(cell)) return { reason: cell.fault === 'formula' ? 'cell.formula' : 'cell.error' }
  const whole = plainText(cell)
  if (whole === '' || blank.test(whole)) return nothing
  // 1.39E+10 becomes 13900000000 again in the next program.
  if (typeof cell === 'number' && (!Number.isSafeInteger(cell) || /e|^\d{3,5}0{6,}$/i.test(whole)))
    return { reason: 'phone.lost_digits' }
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(whole)) return { reason: 'phone.lost_digits' }
  if (whole.length > 200) return { reason: 'text.too_long' }
  const first = readOne(whole, areaCode)
  if (typeof first !== 'string') return { value: [first] }
  const source = typeof cell === 'string' ? cell.normalize('NFKC') : whole
  const parts = source
    .split(betweenNumbers)
    .map((part) => plainText(part))
    .filter((part) => part !== '')
  const numbers = parts.map((part) => readOne(part, areaCode))
  const wrong = numbers.find((number) => typeof number === 'string')
  const [only] = numbers
  if (parts.length <= 1) return typeof only === 'object' ? { value: [only] } : { reason: only ?? first }
  if (wrong !== undefined) return { reason: wrong === 'phone.area_code_missing' ? wrong : 'phone.malformed' }
  const stated = numbers as StatedPhone[]
  return { value: stated.filter(({ value }, at) => stated.findIndex((each) => each.value === value) === at) }
}

/** The phone numbers of a cell, without notes. */
export function readPhones(cell: Cell | undefined, areaCode?: string): Read<string[]> {
  const read = readStatedPhones(cell, areaCode)
  return 'value' in read && read.value
    ? { value: read.value.map(({ value }) => value) }
    : (read as Read<string[]>)
}

export const readEmailCell = reader<string>(254, (text) => {
  const value = readEmail(text)
  return value ? { value } : { reason: 'email.malformed' }
})

/** Resident identity numbers (GB 11643-1999, 15 or 18 characters) and those of other documents. */
export const readIdentity = reader<string>(60, (text, cell) => {
  if (typeof cell === 'number' && cell > 9e15) return { reason: 'identity.lost_digits' }
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(text)) return { reason: 'identity.lost_digits' }
  if (cell instanceof Date) return { reason: 'identity.malformed' }
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

/** The distinct parts of an enumeration: 急救、摄影. */
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
  const said = text.replace(/[\s。.!！,，]/g, '')
  if (/^(?:是|同意|已同意|同意参加|参加|可以|愿意|有|√|✓|✔|☑|y|yes|true|1)$/i.test(said))
    return { value: true }
  if (
    /^(?:否|不|不同意|未同意|没有同意|拒绝|不同意参加|不参加|不可以|不愿意|不行|×|✗|✘|x|n|no|false|0)$/i.test(
      said,
    )
  )
    return { value: false }
  return { reason: 'consent.unclear' }
})
