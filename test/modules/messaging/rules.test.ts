import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import {
  afterQuietHours,
  beforeQuietHours,
  isSynthetic,
  mayFollow,
  retryDelayMs,
} from '#modules/messaging/rules.ts'
import { segmentsOf } from '#modules/messaging/segments.ts'
import { type MessageState, messageStates } from '#modules/messaging/words.ts'

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })
const night = { from: '21:00', to: '08:00' }

describe('quiet hours', () => {
  test.each([
    ['2026-03-03T20:59:00+08:00', '2026-03-03T20:59:00+08:00'],
    ['2026-03-03T21:00:00+08:00', '2026-03-04T08:00:00+08:00'],
    ['2026-03-04T03:00:00+08:00', '2026-03-04T08:00:00+08:00'],
    ['2026-03-04T08:00:00+08:00', '2026-03-04T08:00:00+08:00'],
  ])('a message of %s goes at %s', (from, to) => {
    expect(afterQuietHours(at(from), 'Asia/Shanghai', night).toMillis()).toBe(at(to).toMillis())
  })

  test.each([
    ['2026-03-03T21:00:00+08:00', '2026-03-03T20:59:00+08:00'],
    ['2026-03-04T03:00:00+08:00', '2026-03-03T20:59:00+08:00'],
    ['2026-03-04T12:00:00+08:00', '2026-03-04T12:00:00+08:00'],
  ])('what must be told before %s is told by %s', (from, to) => {
    expect(beforeQuietHours(at(from), 'Asia/Shanghai', night).toMillis()).toBe(at(to).toMillis())
  })

  test('the wall clock rules when clocks are changed', () => {
    const moved = afterQuietHours(at('2026-03-29T00:30:00Z'), 'Europe/Berlin', { from: '01:00', to: '09:00' })
    expect(moved.toMillis()).toBe(at('2026-03-29T07:00:00Z').toMillis())
  })

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  test('whatever they are, a message moves forward, less than a day, to where it stays', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), time, time, (seconds, from, to) => {
        const asked = DateTime.fromSeconds(seconds, { zone: 'utc' })
        const moved = afterQuietHours(asked, 'Asia/Shanghai', { from, to })
        const hours = moved.diff(asked).as('hours')
        expect(hours >= 0 && hours < 25).toBe(true)
        expect(afterQuietHours(moved, 'Asia/Shanghai', { from, to })).toBe(moved)
      }),
    )
  })
})

test('a message never moves back from what is known', () => {
  const settled: MessageState[] = ['delivered', 'undelivered', 'expired', 'suppressed', 'cancelled', 'dead']
  for (const from of settled) {
    for (const to of Object.keys(messageStates) as MessageState[]) expect(mayFollow(from, to)).toBe(false)
  }
  expect(mayFollow('accepted', 'sending')).toBe(false)
  expect(mayFollow('sent', 'accepted')).toBe(false)
  expect(mayFollow('sent', 'queued')).toBe(false)
})

test.each([
  ['15412345678', true],
  ['+8615412345678', true],
  ['008615412345678', true],
  ['１５４12345678', true],
  ['154-1234-5678', true],
  ['13912345678', false],
  ['+15412345678', true],
  ['zhang@example.org', true],
  ['zhang@sub.school.test', true],
  ['zhang@exampled.cn', false],
])('%s is made up: %s', (to, made) => {
  expect(isSynthetic(to)).toBe(made)
})

test('waiting grows, never beyond its bound, and never comes before it was told to', () => {
  for (let attempts = 1; attempts <= 20; attempts++) {
    expect(retryDelayMs(attempts, undefined, () => 0.999_999)).toBeLessThanOrEqual(30 * 60_000)
    expect(retryDelayMs(attempts, 120_000, () => 0)).toBe(120_000)
  }
  expect(retryDelayMs(1, undefined, () => 0.5)).toBe(7_500)
  expect(retryDelayMs(3, undefined, () => 0.5)).toBe(30_000)
})

test.each([
  [70, 1],
  [71, 2],
  [134, 2],
  [135, 3],
])('%i Chinese characters are %i parts', (length, parts) => {
  const text = '学'.repeat(length)
  expect([segmentsOf(text, 'china'), segmentsOf(text, 'gsm')]).toEqual([parts, parts])
})

test('in China an English text is counted like any other, elsewhere by its alphabet', () => {
  expect(segmentsOf('a'.repeat(160), 'china')).toBe(3)
  expect(segmentsOf('a'.repeat(160), 'gsm')).toBe(1)
})
