/** Dates of birth as lists write them. Pure. */
import { type Cell, isFault } from '#platform/files/cells.ts'
import { plainText, type Read } from './values.ts'

const oldest = 120

/** The day as `YYYY-MM-DD`, or undefined when it does not exist. */
function dayOf(year: number, month: number, date: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, date))
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date
  return real ? at.toISOString().slice(0, 10) : undefined
}

/** Excel's serial number (days since the end of 1899), as shown by a cell that lost its date format. */
function dayOfSerial(serial: number): string {
  return new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10)
}

const forms = {
  full: /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?(?:\.0+)?)?$/,
  digits: /^(\d{4})(\d{2})(\d{2})$/,
  month: /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$|^((?:19|20)\d{2})(0[1-9]|1[0-2])$/,
  year: /^(?:19|20)\d{2}年?$/,
}

/** A birth date without the day, as in some lists: `2011-09`, `2011`. */
function readBirthPart(cell: Cell | undefined): string | undefined {
  const text = plainText(cell)
  const month = forms.month.exec(text)
  if (month) {
    const [year, number] = [month[1] ?? month[3], Number(month[2] ?? month[4])]
    return number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : undefined
  }
  return forms.year.test(text) ? text.slice(0, 4) : undefined
}

/**
 * A date of birth: a date cell, 1990-01-31 with any separator, 1990年1月31日, 19900131, or Excel's serial number.
 * Of a date without the day, the month or the year: `2011-09`, `2011`.
 * @param today `YYYY-MM-DD`: a birth date is not later, and not more than 120 years earlier
 * @param monthOnly the heading asks for year and month: a date cell on the first of a month is a month, which spreadsheet
 *   programs keep as that day
 */
export function readBirthDate(cell: Cell | undefined, today: string, monthOnly = false): Read<string> {
  if (cell === undefined || cell === null) return {}
  if (isFault(cell)) return { reason: cell.fault === 'formula' ? 'cell.formula' : 'cell.error' }
  // A time of day means that a program stored local midnight of another time zone: the intended day is unknown.
  if (cell instanceof Date && cell.getTime() % 86_400_000 !== 0) return { reason: 'birth.time_of_day' }
  const text = plainText(cell)
  if (text === '' || /^[-/无—]+$/.test(text)) return {}
  if (cell instanceof Date && monthOnly && text.endsWith('-01')) return partial(text.slice(0, 7), today)
  // 1990.10 and 1990.1 are the same number.
  if (typeof cell === 'number' && /^\d{4}\.1$/.test(text)) return { reason: 'birth.month_unsure' }
  const parts = forms.full.exec(text) ?? forms.digits.exec(text)
  if (parts) return within(dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])), today)
  const part = readBirthPart(cell)
  if (part !== undefined) return partial(part, today)
  const serial = Number(text)
  if (/^\d{4,5}(?:\.0+)?$/.test(text) && serial > 3000 && serial < 60_000)
    return within(dayOfSerial(serial), today)
  return { reason: 'birth.malformed' }
}

/** A year, or a year and month, of birth. */
function partial(part: string, today: string): Read<string> {
  const said = within(part.length === 4 ? `${part}-01-01` : `${part}-01`, today)
  return 'reason' in said && said.reason ? said : { value: part, remark: 'birth.month_only' }
}

function within(day: string | undefined, today: string): Read<string> {
  if (day === undefined) return { reason: 'birth.malformed' }
  const earliest = `${Number(today.slice(0, 4)) - oldest}${today.slice(4)}`
  return day > today || day < earliest ? { reason: 'birth.impossible' } : { value: day }
}
