import type { ContactKind, Sex } from './words.ts'

/** Makes full-width digits half-width and removes invisible characters, spaces, dashes, dots and brackets. */
function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{C}\-‐-―·.()（）]/gu, '')
}

const dash = /[-‐-―－]/
/** A landline with an extension behind it: 024-42880001-801. Without its dash the extension would be part of the number. */
const withExtension = /^\s*\(?0\d{2,3}\)?[-\s]*\d{7,8}\s*[-‐-―]\s*\d{1,6}\s*$/
/** Behind an area code of three digits stand eight. */
const tooLong = /^0(?:10|2\d)\d{9}/

/**
 * Normalises a phone number for storage; undefined if it is none. A mainland mobile number (11 digits), a landline with
 * its area code, or an international number with `+`. Reads `+86`, `0086` and a leading 86.
 */
export function readPhone(text: string): string | undefined {
  if (text.length > 60 || (dash.test(text) && withExtension.test(text.normalize('NFKC')))) return undefined
  const digits = compact(text)
    .replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)/, '')
    .replace(/^(?:\+|00)86(?=[2-9]\d{8,10}$)/, '0')
  if (/^1[3-9]\d{9}$/.test(digits)) return digits
  if (/^0\d{9,11}$/.test(digits) && !digits.startsWith('00') && !tooLong.test(digits)) return digits
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return digits
  return undefined
}

/**
 * Normalises an e-mail address; undefined if it is none. Control characters are refused, so that no address can inject
 * a mail header.
 */
export function readEmail(text: string): string | undefined {
  const address = text.normalize('NFKC').trim().toLowerCase()
  if (address.length > 254) return undefined
  return /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(
    address,
  )
    ? address
    : undefined
}

/** Normalises the value of a contact of this kind; undefined if it is not valid. */
export function readContact(kind: ContactKind, text: string): string | undefined {
  return kind === 'phone' ? readPhone(text) : readEmail(text)
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check character (18th) of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export function identityCheckCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11] as string
}

/**
 * Normalises an identity number; undefined if it is none. 18 characters with a correct check character and a real date;
 * an old number of 15 digits, converted to 18; or the number of another document.
 */
export function readIdentityNumber(text: string): string | undefined {
  if (text.length > 60) return undefined
  const typed = compact(text).toUpperCase()
  const number = /^\d{15}$/.test(typed) ? expanded(typed) : typed
  if (/^\d{17}[\dX]$/.test(number)) {
    return identityCheckCharacter(number.slice(0, 17)) === number[17] && birthDateIn(number)
      ? number
      : undefined
  }
  return otherDocuments.some((shape) => shape.test(number)) ? number : undefined
}

/**
 * Formats of other documents: passports and permits of up to nine characters, permits for Hong Kong and Macao, and the
 * permanent residence card of foreigners. A longer number with letters is a mistyped resident number.
 */
const otherDocuments = [
  /^(?=.*[A-Z])(?=(?:.*\d){4})[A-Z0-9]{5,9}$/,
  /^[HM]\d{8}(?:\d{2})?$/,
  /^[A-Z]{3}\d{12}$/,
]

function expanded(old: string): string {
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`
  return first17 + identityCheckCharacter(first17)
}

/** The birth date in a resident identity number; undefined for other documents. */
export function birthDateIn(number: string): string | undefined {
  if (!/^\d{17}[\dX]$/.test(number)) return undefined
  const [year, month, day] = [
    Number(number.slice(6, 10)),
    Number(number.slice(10, 12)),
    Number(number.slice(12, 14)),
  ]
  if (year < 1880 || day < 1 || day > daysIn(year, month)) return undefined
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

/** The number of days of a month; 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** The sex in a resident identity number: the 17th digit is odd for males. */
export function sexIn(number: string): Sex | undefined {
  if (!/^\d{17}[\dX]$/.test(number)) return undefined
  return Number(number[16]) % 2 === 1 ? 'male' : 'female'
}
