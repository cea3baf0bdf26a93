import { expect, test } from 'vitest'
import {
  answerBy,
  dueAfter,
  dueOn,
  givenBack,
  halfway,
  type OfficeTime,
  readLimit,
  workMinutesBetween,
} from '#modules/command/due-rules.ts'
import { knownNotices } from '#platform/calendar/known-years.ts'
import { calendarOf } from '#platform/calendar/rules.ts'
import { instantFrom } from '#platform/time.ts'

const office: OfficeTime = { calendar: calendarOf(knownNotices), zone: 'Asia/Shanghai' }
const at = (local: string) => instantFrom(`${local}:00+08:00`)
const local = (moment: { setZone(zone: string): { toFormat(format: string): string } }) =>
  moment.setZone(office.zone).toFormat('yyyy-MM-dd HH:mm')
const due = (from: string, limit: string) => local(dueAfter(office, at(from), readLimit(limit)).at)

test('working days do not count the day of issue and end at 17:00 of the last', () => {
  expect(due('2026-09-18T16:59', 'workdays:3')).toBe('2026-09-22 17:00')
  expect(due('2026-09-29T08:00', 'workdays:3')).toBe('2026-10-09 17:00')
  expect(due('2026-02-12T10:00', 'workdays:7')).toBe('2026-02-28 17:00')
})

test('hours run through the night, working time only within the office hours', () => {
  expect(due('2026-03-06T16:00', 'hours:24')).toBe('2026-03-07 16:00')
  expect(due('2026-03-06T10:00', 'work_hours:5')).toBe('2026-03-06 16:30')
  // Friday afternoon: an hour is left, then Monday from 8:30.
  expect(due('2026-03-06T16:00', 'work_hours:5')).toBe('2026-03-09 14:00')
  // Beginning at night or on a holiday it counts from the next opening.
  expect(due('2026-10-01T12:00', 'work_hours:1')).toBe('2026-10-08 09:30')
})

test('what ends in a year whose notice is not known is provisional', () => {
  const limit = readLimit('workdays:10')
  expect(dueAfter(office, at('2026-12-22T09:00'), limit).provisional).toBe(true)
  expect(dueAfter(office, at('2026-06-01T09:00'), limit).provisional).toBe(false)
  expect(dueAfter(office, at('2026-12-31T16:00'), readLimit('work_hours:9')).provisional).toBe(true)
})

test('time is given back in the measure of the limit, and never makes a deadline earlier', () => {
  const span = { from: at('2026-03-04T10:00'), until: at('2026-03-09T10:00') }
  const back = (measure: 'hours' | 'work_hours' | 'workdays', dueAt: string) =>
    local(givenBack(office, { due: at(dueAt), ...span, measure }))
  expect(back('hours', '2026-03-05T10:00')).toBe('2026-03-10 10:00')
  // Wednesday, Thursday, Friday.
  expect(back('workdays', '2026-03-10T17:00')).toBe('2026-03-13 17:00')
  // Three days of seven hours.
  expect(workMinutesBetween(office, span.from, span.until)).toBe(3 * 7 * 60)
  expect(back('work_hours', '2026-03-10T09:30')).toBe('2026-03-13 09:30')
  const none = { from: span.until, until: span.from }
  expect(givenBack(office, { due: at('2026-03-10T17:00'), ...none, measure: 'hours' })).toEqual(
    at('2026-03-10T17:00'),
  )
})

test('a unit is asked to answer within a working day, or half of the time if that is less', () => {
  const answer = (from: string, limit: string) => {
    const times = {
      from: at(from),
      due: dueAfter(office, at(from), readLimit(limit)).at,
      measure: readLimit(limit).measure,
    }
    return [local(answerBy(office, times)), local(halfway(office, times))]
  }
  expect(answer('2026-03-04T09:00', 'workdays:7')).toEqual(['2026-03-05 17:00', '2026-03-10 08:45'])
  expect(answer('2026-03-04T09:00', 'hours:24')).toEqual(['2026-03-04 21:00', '2026-03-04 21:00'])
  expect(answer('2026-03-04T09:00', 'work_hours:4')).toEqual(['2026-03-04 11:00', '2026-03-04 11:00'])
})

test('what is no limit or no day is refused', () => {
  for (const wrong of ['', 'workdays', 'workdays:0', 'days:3', 'workdays:1000', 'hours:1.5'])
    expect(() => readLimit(wrong)).toThrow(RangeError)
  expect(() => dueOn(office, '2026-02-30')).toThrow(RangeError)
  expect(local(dueOn(office, '2026-03-31'))).toBe('2026-03-31 17:00')
})
