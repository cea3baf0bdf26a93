import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grantedDays, problemsOf } from '#platform/calendar/check-notice.ts'
import { knownNotices } from '#platform/calendar/known-years.ts'
import {
  addWorkdays,
  calendarOf,
  deadlineOf,
  isCertain,
  isWorkday,
  settledDeadline,
  workdaysBetween,
} from '#platform/calendar/rules.ts'
import { instantFrom, isoOf } from '#platform/time.ts'

const known = calendarOf(knownNotices)
const zone = 'Asia/Shanghai'
const after = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
const daysOf = (from: string, until: string) =>
  Array.from({ length: (Date.parse(until) - Date.parse(from)) / 86_400_000 }, (_, n) => after(from, n))

/** Everything known, and a year 2027 with these days. */
const with2027 = (restDays: string[], makeUpWorkdays: string[]) =>
  calendarOf([...knownNotices, { year: 2027, restDays, makeUpWorkdays }])

test('three days that cross a worked Sunday, a golden week, and seven that end on a worked Saturday', () => {
  expect(addWorkdays(known, '2026-09-18', 3)).toEqual({ day: '2026-09-22', provisional: false })
  expect(addWorkdays(known, '2026-09-29', 3)).toEqual({ day: '2026-10-09', provisional: false })
  expect(addWorkdays(known, '2026-02-12', 7)).toEqual({ day: '2026-02-28', provisional: false })
})

/**
 * What chinese-days, another reckoning of the same notices, says of these days: whether each is worked, and the
 * first, third and tenth working day after it. It is right in its own zone alone, so it runs in a process there.
 */
function otherwise(days: string[]): [day: string, worked: boolean, ...after: string[]][] {
  const script = `
    const { isWorkday, findWorkday } = require('chinese-days')
    const days = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
    const said = days.map((day) => [day, isWorkday(day), ...[1, 3, 10].map((n) => findWorkday(n, day))])
    process.stdout.write(JSON.stringify(said))`
  const env = { ...process.env, TZ: zone }
  const output = execFileSync(process.execPath, ['-e', script], { env, input: JSON.stringify(days) })
  return JSON.parse(output.toString())
}

test('every day of the known years, and what is counted from it, is as another reckoning has it', () => {
  // It knows nothing beyond 2026, so no count may cross into 2027.
  const days = daysOf('2021-01-01', '2027-01-01')
  expect(days.length).toBe(2191)
  const ours = days.map((day) => [
    day,
    isWorkday(known, day),
    ...[1, 3, 10].map((n) => addWorkdays(known, day, n).day),
  ])
  const countable = (said: unknown[]) => (String(said[0]) > '2026-12-10' ? said.slice(0, 2) : said)
  expect(ours.map(countable)).toEqual(otherwise(days).map(countable))
})

test('every known notice gives exactly the days of the law and passes what an entered one must', () => {
  expect(knownNotices.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024, 2025, 2026])
  for (const notice of knownNotices) {
    expect([notice.year, grantedDays(notice)]).toEqual([notice.year, 0])
    expect([notice.year, problemsOf(notice, 0, '2026-11-29')]).toEqual([notice.year, []])
  }
})

test('days are counted half-open: the first, not the last', () => {
  expect(workdaysBetween(known, '2026-09-18', '2026-09-22')).toEqual({ workdays: 3, provisional: false })
  expect(workdaysBetween(known, '2026-10-01', '2026-10-08')).toEqual({ workdays: 0, provisional: false })
  expect(workdaysBetween(known, '2026-10-08', '2026-10-08')).toEqual({ workdays: 0, provisional: false })
  expect(() => workdaysBetween(known, '2026-10-08', '2026-10-07')).toThrow(RangeError)
})

test('counting back ends before the day', () => {
  expect(addWorkdays(known, '2026-10-09', -1).day).toBe('2026-10-08')
  expect(addWorkdays(known, '2026-10-08', -1).day).toBe('2026-09-30')
  expect(addWorkdays(known, '2026-10-03', 0).day).toBe('2026-10-03')
})

test('a day that is none, and half a working day, are refused', () => {
  for (const day of ['2026-02-30', '2026-13-01', '2026-2-1', 'yesterday', '']) {
    expect(() => isWorkday(known, day)).toThrow(RangeError)
  }
  expect(() => addWorkdays(known, '2026-03-04', 1.5)).toThrow(RangeError)
  expect(() => addWorkdays(known, '2026-03-04', Number.POSITIVE_INFINITY)).toThrow(RangeError)
})

test('a year without a notice counts weekends only and is provisional, and so is the last week before it', () => {
  expect(isWorkday(known, '2027-01-01')).toBe(true)
  expect(isWorkday(known, '2027-10-02')).toBe(false)
  expect(addWorkdays(known, '2026-12-22', 2)).toEqual({ day: '2026-12-24', provisional: false })
  expect(addWorkdays(known, '2026-12-22', 3)).toEqual({ day: '2026-12-25', provisional: true })
  expect(addWorkdays(known, '2026-12-30', 2)).toEqual({ day: '2027-01-01', provisional: true })
  expect(['2026-12-24', '2026-12-25', '2027-01-01'].map((day) => isCertain(known, day))).toEqual([
    true,
    false,
    false,
  ])
})

test('the notice of a year decides the last days of the year before', () => {
  const calendar = with2027(['2026-12-30', '2026-12-31', '2027-01-01'], ['2026-12-26'])
  expect(isWorkday(calendar, '2026-12-26')).toBe(true)
  expect(isWorkday(calendar, '2026-12-31')).toBe(false)
  expect(isCertain(calendar, '2026-12-31')).toBe(true)
})

test('the day is that of the zone, and the last one ends there at its hour', () => {
  const lateInBenxi = instantFrom('2026-09-18T23:30:00+08:00')
  const earlyInBenxi = instantFrom('2026-09-18T16:30:00Z')
  const due = (from = lateInBenxi, closesAt?: string, at = zone) => {
    const { lastDay, endsAt } = deadlineOf(known, { from, workdays: 3, zone: at, closesAt })
    return [lastDay, isoOf(endsAt)]
  }
  expect(due()).toEqual(['2026-09-22', '2026-09-22T16:00:00.000Z'])
  expect(due(earlyInBenxi)).toEqual(['2026-09-22', '2026-09-22T16:00:00.000Z'])
  expect(due(earlyInBenxi, undefined, 'UTC')).toEqual(['2026-09-22', '2026-09-23T00:00:00.000Z'])
  expect(due(lateInBenxi, '17:00')).toEqual(['2026-09-22', '2026-09-22T09:00:00.000Z'])
  expect(() => due(lateInBenxi, '25:00')).toThrow(RangeError)
  expect(() => due(lateInBenxi, undefined, 'Mars/Olympus')).toThrow(RangeError)
})

test('a provisional deadline moves later when the year is published, says so, and does not move again', () => {
  const asked = { from: instantFrom('2026-12-30T10:00:00+08:00'), workdays: 3, zone }
  const told = deadlineOf(known, asked)
  expect([told.lastDay, told.provisional]).toEqual(['2027-01-04', true])

  const published = with2027(['2027-01-01', '2027-01-02', '2027-01-03'], [])
  const settled = settledDeadline(told, deadlineOf(published, asked))
  expect([settled.lastDay, settled.provisional, settled.moved]).toEqual(['2027-01-05', false, true])

  const amended = with2027(['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06'], [])
  expect(settledDeadline(settled, deadlineOf(amended, asked))).toEqual({ ...settled, moved: false })
})

test('a provisional deadline never moves earlier, not for a make-up day', () => {
  const asked = { from: instantFrom('2026-12-30T10:00:00+08:00'), workdays: 3, zone }
  const told = deadlineOf(known, asked)
  const published = with2027([], ['2027-01-02'])
  expect(deadlineOf(published, asked).lastDay).toBe('2027-01-02')
  expect(settledDeadline(told, deadlineOf(published, asked))).toEqual({
    ...told,
    provisional: false,
    moved: false,
  })
})

const anyDay = fc.integer({ min: 0, max: 2600 }).map((n) => after('2020-06-01', n))
const anyDays = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: max })

test('between a day and the n-th working day after it lie n, and that one is worked', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 300 }), (from, n) => {
      const { day, provisional } = addWorkdays(known, from, n)
      expect(isWorkday(known, day)).toBe(true)
      expect(workdaysBetween(known, after(from, 1), after(day, 1))).toEqual({ workdays: n, provisional })
      expect(addWorkdays(known, after(day, 1), -n).day > from).toBe(true)
    }),
  )
})

test('whatever a year turns out to be, what was certain stands and what was provisional is never earlier', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 30 }),
      anyDays(40),
      anyDays(20),
      (start, workdays, rest, makeUp) => {
        const asked = { from: instantFrom(`${after('2026-11-01', start)}T10:00:00+08:00`), workdays, zone }
        const told = deadlineOf(known, asked)
        // Days of the notice of 2027: from the last week of 2026 on.
        const named = (n: number) => after('2026-12-25', n)
        const counted = deadlineOf(with2027(rest.map(named), makeUp.map(named)), asked)
        const settled = settledDeadline(told, counted)
        if (!told.provisional) expect(counted.lastDay).toBe(told.lastDay)
        expect(settled.endsAt >= told.endsAt).toBe(true)
        expect(settled.endsAt >= counted.endsAt).toBe(true)
      },
    ),
  )
})
