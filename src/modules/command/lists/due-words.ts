/** When something is due, in the words of lists: 6月底前, 每月25日前, 3个工作日内, 长期坚持, 立行立改. Pure. */
import { DateTime } from 'luxon'

/** `recurring`: a task for each of these days. */
export type DueWords =
  | { kind: 'day'; on: string }
  | { kind: 'limit'; limit: string }
  | { kind: 'standing' }
  | { kind: 'recurring'; days: string[]; every: 'month' | 'quarter' }

/** Why words name no time. */
export type NoDue = 'unclear' | 'past' | 'no_such_day'

/** The limit of what is put right at once (立行立改). */
export const atOnce = 'hours:24'

const numerals = '一二三四五六七八九十'
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  const digit = (each: string | undefined) => (each ? numerals.indexOf(each) + 1 : 0)
  return text.includes('十') ? (tens ? digit(tens) : 1) * 10 + digit(ones) : digit(ones)
}

const standing =
  /^(?:长期(?:坚持|推进|开展|工作|有效)?|常态化?(?:推进|开展|保持|坚持|管理)?|持续(?:推进|开展|坚持|推动)?|全年(?:推进|坚持|开展)?|贯穿全年|随时|日常(?:坚持|工作)?|经常性?|(?:长期坚持|持续推进)[、,]?(?:长期坚持|持续推进))$/
const immediate =
  /^(?:立行立改|立即(?:整改|办理|完成|落实)?|即知即改|即行即改|马上(?:整改|办理)?|当日(?:整改|办结|完成)?|当天(?:整改|办结|完成)?|边查边改|即时(?:整改)?)$/
const limits: readonly [pattern: RegExp, measure: 'hours' | 'work_hours' | 'workdays', times: number][] = [
  [/^(\d{1,3}|[一二三四五六七八九十]{1,3})个?工作日$/, 'workdays', 1],
  [/^(\d{1,3}|[一二三四五六七八九十]{1,3})个?工作时$/, 'work_hours', 1],
  [/^(\d{1,3}|[一二三四五六七八九十]{1,3})个?小时$/, 'hours', 1],
  [/^(\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:天|日)$/, 'hours', 24],
  [/^(\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:周|星期)$/, 'hours', 24 * 7],
]
const dayForms = /^(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?$/
const monthForm =
  /^(?:(\d{4})年)?(\d{1,3}|[一二三四五六七八九十]{1,3})月(上旬|中旬|下旬|底|末|月底|份|初|中)?$/
const quarterForm = /^(?:(\d{4})年)?第?([一二三四1-4])季度(?:底|末|末月)?$/
const yearForm = /^(?:(\d{4})年?|今年|本年度?|年内|年)(?:年)?(上半年|底|末|年底|年末|内|下半年)?$/

/** @param today `YYYY-MM-DD` @param year of the list, where it says one */
export function readDue(words: string, today: string, year?: number): DueWords | NoDue {
  const plain = bare(words)
  if (standing.test(plain)) return { kind: 'standing' }
  if (immediate.test(plain)) return { kind: 'limit', limit: atOnce }
  const limited = limitOf(plain)
  if (limited) return limited
  const recurring = recurringOf(plain, today, year)
  if (recurring) return recurring
  const day = dayOf(plain, year ?? Number(today.slice(0, 4)))
  if (day === undefined) return 'unclear'
  if (day === null) return 'no_such_day'
  return day < today ? 'past' : { kind: 'day', on: day }
}

/** Without the words around a time: 于6月30日前完成 is 6月30日. */
function bare(words: string): string {
  return words
    .normalize('NFKC')
    .replace(/[\s()。;]/g, '')
    .replace(/^(?:务必)?(?:于|在|到|截至|截止到?|限)/, '')
    .replace(/(?:全面|全部|基本)?(?:完成|办结|整改到位|整改完毕|达标|报送|到位|落实)(?:整改)?$/, '')
    .replace(/(?:之?前|以前|之?内|以内|为止)$/, '')
}

function limitOf(plain: string): DueWords | undefined {
  for (const [pattern, measure, times] of limits) {
    const amount = pattern.exec(plain)?.[1]
    if (amount === undefined) continue
    const counted = numberOf(amount) * times
    if (counted >= 1 && counted <= 999) return { kind: 'limit', limit: `${measure}:${counted}` }
  }
  return undefined
}

const monthly = /^每个?月(?:(\d{1,2})[日号]|(底|末|月底|初|上旬|中旬|下旬))?$/
const quarterly = /^每(?:个)?季度?(?:(末|底|末月)?(?:(\d{1,2})[日号])?|一次)$/
const lastDays: Readonly<Record<string, number>> = { 上旬: 10, 初: 5, 中旬: 20, 中: 15 }

/** The days of a duty that comes again, until the end of the year. */
function recurringOf(plain: string, today: string, year?: number): DueWords | NoDue | undefined {
  const [month, quarter] = [monthly.exec(plain), quarterly.exec(plain)]
  if (!month && !quarter) return undefined
  const of = year ?? Number(today.slice(0, 4))
  const date = month?.[1] ?? quarter?.[2]
  const part = month?.[2]
  const months = Array.from({ length: 12 }, (_, n) => n + 1).filter((n) => month || n % 3 === 0)
  const days = months.map((n) => (date ? exactDay(of, n, Number(date), true) : partOfMonth(of, n, part)))
  if (days.some((day) => day === null)) return 'no_such_day'
  const ahead = (days as string[]).filter((day) => day >= today)
  return ahead.length === 0 ? 'past' : { kind: 'recurring', days: ahead, every: month ? 'month' : 'quarter' }
}

/** Undefined: no day; null: a day that does not exist. */
function dayOf(plain: string, year: number): string | null | undefined {
  const day = dayForms.exec(plain)
  if (day) return exactDay(Number(day[1] ?? year), Number(day[2]), Number(day[3]))
  const month = monthForm.exec(plain)
  if (month) return partOfMonth(Number(month[1] ?? year), numberOf(month[2] as string), month[3])
  const quarter = quarterForm.exec(plain)
  if (quarter) return partOfMonth(Number(quarter[1] ?? year), 3 * numberOf(quarter[2] as string), '底')
  const whole = yearForm.exec(plain)
  if (whole) return partOfMonth(Number(whole[1] ?? year), whole[2] === '上半年' ? 6 : 12, '底')
  return undefined
}

/** @param shorten 31日 of a month with 30 days is its last one */
function exactDay(year: number, month: number, date: number, shorten = false): string | null {
  const last = DateTime.utc(year, month).daysInMonth ?? 0
  if (date < 1 || date > 31) return null
  const at = DateTime.utc(year, month, shorten ? Math.min(date, last) : date)
  return at.isValid ? at.toISODate() : null
}

function partOfMonth(year: number, month: number, part: string | undefined): string | null {
  const at = DateTime.utc(year, month)
  if (!at.isValid) return null
  const date = lastDays[part ?? ''] ?? at.daysInMonth ?? 31
  return at.set({ day: date }).toISODate()
}
