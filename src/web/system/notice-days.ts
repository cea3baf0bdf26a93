/**
 * The days of a holiday notice as they are typed or pasted: 1月1日至3日、2月14日, 2027-02-06, 1–3 January, and a line or a comma between.
 */

import { months } from '../core/time.ts'

export interface NoticeDays {
  /** Each day, once, in order. */
  days: string[]
  /** What was not understood. */
  wrong: string[]
}

/** A day as English writes it: 3 January, 3 January 2027. */
const inEnglish = new RegExp(`(\\d{1,2})\\s+(${months.join('|')})(?:\\s+(\\d{4}))?`, 'gi')

/** The same with the month as a number; days that share a month have it each: 1–3 January is 1/1–1/3. */
function withNumbers(written: string): string {
  const numbered = written.replace(inEnglish, (_, day: string, name: string, year?: string) => {
    const month = months.findIndex((each) => each.toLowerCase() === name.toLowerCase()) + 1
    return `${year ? `${year}/` : ''}${month}/${day}`
  })
  if (numbered === written) return written
  return numbered.replace(/^(\d{1,2})(?=\s*(?:–|—|~|\sto\s)\s*((?:\d{4}\/)?\d{1,2}\/))/, '$2$1')
}

const numbers = /^(?:(\d{4})[年\-/.])?(?:(\d{1,2})[月\-/.])?(\d{1,2})日?$/
/** A dash alone also stands inside 2027-02-06, so a range has a longer one, or a word. */
const between = /\s*(?:至|到|–|—|~|～|\sto\s)\s*/

/** @param year of the notice: of days that are written without one */
export function noticeDays(text: string, year: number): NoticeDays {
  const days = new Set<string>()
  const wrong: string[] = []
  // What notices say besides: （周四）, 放假, 上班, 共3天.
  const plain = text.replace(/[（(][^）)]*[）)]/g, '').replace(/放假|调休|上班|共\s*\d+\s*天|[。.]\s*$/gm, '')
  for (const part of plain.split(/[\n,，、;；]/)) {
    const written = part.trim()
    if (written === '') continue
    const found = rangeOf(written, year)
    if (found) for (const day of found) days.add(day)
    else wrong.push(written)
  }
  return { days: [...days].sort(), wrong }
}

function rangeOf(written: string, year: number): string[] | undefined {
  const [first = '', last, ...more] = withNumbers(written).split(between)
  const from = dayOf(first, { year })
  const until = last === undefined ? from : from && dayOf(last, from)
  if (!from || !until || more.length > 0 || until.day < from.day) return undefined
  const days = []
  for (let at = Date.parse(from.day); at <= Date.parse(until.day); at += 24 * 3600_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  // A holiday of two months is a slip of the pen.
  return days.length > 31 ? undefined : days
}

function dayOf(written: string, near: { year: number; month?: number }) {
  const [, inYear, inMonth, day] = numbers.exec(written.trim()) ?? []
  const year = Number(inYear ?? near.year)
  const month = Number(inMonth ?? near.month ?? 0)
  const at = new Date(Date.UTC(year, month - 1, Number(day)))
  const exists = day !== undefined && month > 0 && at.getUTCMonth() === month - 1
  return exists ? { year, month, day: at.toISOString().slice(0, 10) } : undefined
}
