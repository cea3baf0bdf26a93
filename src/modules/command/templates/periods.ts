/** Periods in which a template is issued anew, and when what is issued in one of them is due. Pure. */
import { DateTime } from 'luxon'
import type { Cadence } from '../words.ts'

const at = (day: string) => DateTime.fromISO(day, { zone: 'utc' })

/** The period that a day lies in: `2026-W10`, `2026-03`, `2026-Q1`, `2026`; empty for what is issued once. */
export function periodOf(cadence: Cadence, day: string): string {
  const date = at(day)
  switch (cadence) {
    case 'once':
      return ''
    case 'weekly':
      return date.toFormat("kkkk-'W'WW")
    case 'monthly':
      return date.toFormat('yyyy-MM')
    case 'quarterly':
      return date.toFormat("yyyy-'Q'q")
    case 'yearly':
      return date.toFormat('yyyy')
  }
}

/** How a day of the period is written, for each cadence: 5 (Friday), 25 (of the month), 12-25. */
const dueDays: Record<Cadence, RegExp> = {
  once: /^$/,
  weekly: /^[1-7]$/,
  monthly: /^([1-9]|[12]\d|3[01])$/,
  quarterly: /^([1-9]|[12]\d|3[01])$/,
  yearly: /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
}

export function isDueDay(cadence: Cadence, dueDay: string): boolean {
  return dueDays[cadence].test(dueDay)
}

/** The day of the period of `day`: 每月25日, 每季度末月25日. A month that is too short has its last day. */
export function dueDayIn(cadence: Cadence, dueDay: string, day: string): string {
  const date = at(day)
  const inMonth = (month: DateTime, wanted: number) =>
    month.set({ day: Math.min(wanted, month.daysInMonth!) }).toISODate()!
  switch (cadence) {
    case 'once':
      return day
    case 'weekly':
      return date.set({ weekday: Number(dueDay) as 1 }).toISODate()!
    case 'monthly':
      return inMonth(date.startOf('month'), Number(dueDay))
    case 'quarterly':
      return inMonth(date.endOf('quarter').startOf('month'), Number(dueDay))
    case 'yearly': {
      const [month, wanted] = dueDay.split('-').map(Number) as [number, number]
      return inMonth(date.startOf('year').set({ month }), wanted)
    }
  }
}
