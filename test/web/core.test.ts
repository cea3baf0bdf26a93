/** What the console reckons by itself, without a browser. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bringTogether, changedFields, keptKeys } from '#src/web/core/draft.ts'
import { languageFor } from '#src/web/core/language.ts'
import { queryIn, withFilter } from '#src/web/core/list-query.ts'
import { addressOf } from '#src/web/core/operation.ts'
import {
  dayAfter,
  daysText,
  dayText,
  instantOf,
  isZone,
  momentText,
  periodText,
  serverTimeIs,
  wallOf,
} from '#src/web/core/time.ts'
import { operationsText } from '../../scripts/lib/operations.ts'

const benxi = 'Asia/Shanghai'

const made = (name: string) => readFileSync(resolve(import.meta.dirname, '../../src', name), 'utf8')

test('zones that keep their clocks are reckoned as the tables of zones have them', () => {
  for (const timeZone of [benxi, 'UTC']) {
    // Swedes write a moment as 2026-03-04 13:30.
    const table = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    const moments = fc.integer({ min: Date.UTC(1980), max: Date.UTC(2100) })
    fc.assert(
      fc.property(moments, (ms) => {
        expect(wallOf(ms, timeZone).replace('T', ' ')).toBe(table.format(ms))
      }),
    )
  }
})

test('times are those of the zone, whatever zone this computer is in', () => {
  expect(wallOf('2026-03-04T05:30:00.000Z', benxi)).toBe('2026-03-04T13:30')
  expect(instantOf('2026-03-04T13:30', benxi)).toBe('2026-03-04T05:30:00.000Z')
  expect(wallOf('2026-03-03T16:00:00.000Z', benxi)).toBe('2026-03-04T00:00')
})

test('days that follow each other are read as one span, with what they share said once', () => {
  serverTimeIs('2026-03-04T05:30:00.000Z')
  const both = (first: string, last: string) => [daysText(first, last, 'zh'), daysText(first, last, 'en')]
  expect(both('2026-01-01', '2026-01-03')).toEqual(['1月1日至3日', '1–3 January'])
  expect(both('2026-04-30', '2026-05-03')).toEqual(['4月30日至5月3日', '30 April–3 May'])
  expect(both('2026-01-01', '2026-01-01')).toEqual(['1月1日', '1 January'])
  expect(both('2027-02-05', '2027-02-11')).toEqual(['2027年2月5日至11日', '5–11 February 2027'])
  expect(both('2027-01-30', '2027-02-02')).toEqual(['2027年1月30日至2月2日', '30 January–2 February 2027'])
  expect(daysText('2025-01-28', '2025-02-04', 'en', '2025')).toBe('28 January–4 February')
  expect(both('2025-12-30', '2026-01-02')).toEqual([
    '2025年12月30日至2026年1月2日',
    '30 December 2025–2 January 2026',
  ])
})

test('the day after a day is one day later, over months and years', () => {
  const days = ['2026-03-04T13:30', '2026-02-28T00:00', '2028-02-28T00:00', '2026-12-31T23:59']
  expect(days.map(dayAfter)).toEqual([
    '2026-03-05T00:00',
    '2026-03-01T00:00',
    '2028-02-29T00:00',
    '2027-01-01T00:00',
  ])
})

test('a zone that is only half typed breaks nothing', () => {
  expect([isZone('Asia/Shanghai'), isZone('Asia/Shang'), isZone('')]).toEqual([true, false, false])
  expect(wallOf('2026-03-04T05:30:00.000Z', 'Asia/Shang')).toBe('2026-03-04T05:30')
  expect(instantOf('2026-03-04T05:30', 'Asia/Shang')).toBe('2026-03-04T05:30:00.000Z')
})

test('what clocks show and the moment lead to each other, also around a change of the clocks', () => {
  const minutes = fc.integer({ min: 0, max: 40 * 365 * 24 * 60 })
  for (const zone of [benxi, 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu']) {
    fc.assert(
      fc.property(minutes, (minute) => {
        const at = new Date(Date.UTC(2000, 0, 1) + minute * 60_000).toISOString()
        const wall = wallOf(at, zone)
        // An hour that comes twice has two moments; the one that is found shows the same.
        expect(wallOf(instantOf(wall, zone), zone)).toBe(wall)
      }),
    )
  }
  // Clocks went from 2 to 3: 2:30 was never shown, and the moment after it is meant.
  expect(wallOf(instantOf('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-29T03:30')
})

test('days and periods read as people write them, with the year where it is another', () => {
  serverTimeIs('2026-02-20T01:00:00.000Z')
  const [from, until] = ['2026-03-04T05:30:00.000Z', '2026-03-04T09:30:00.000Z']
  expect(periodText(from, until, benxi, 'zh')).toBe('3月4日13:30–17:30')
  expect(periodText(from, until, benxi, 'en')).toBe('4 March 13:30–17:30')
  expect(periodText(from, '2026-03-05T01:00:00.000Z', benxi, 'zh')).toBe('3月4日13:30–3月5日09:00')
  expect(momentText('2025-12-31T16:00:00.000Z', benxi, 'zh')).toBe('1月1日00:00')
  expect(dayText('2025-12-31T15:59:00.000Z', benxi, 'zh')).toBe('2025年12月31日')
  expect(dayText('2025-12-31T15:59:00.000Z', benxi, 'en')).toBe('31 December 2025')
})

test('two edits of one thing are brought together, and only what both changed is asked', () => {
  const base = { name: '学雷锋', theme: '', minors: 10, unit: { id: '1', name: '住建局' } }
  const mine = { ...base, name: '学雷锋日', theme: '奉献' }
  const theirs = { ...base, name: '学雷锋志愿服务日', minors: 8, unit: { id: '2', name: '教育局' } }
  expect(bringTogether(base, mine, theirs)).toEqual({
    merged: { name: '学雷锋日', theme: '奉献', minors: 8, unit: { id: '2', name: '教育局' } },
    conflicts: [{ field: 'name', theirs: '学雷锋志愿服务日', mine: '学雷锋日' }],
  })
  expect(bringTogether(base, mine, { ...base, name: '学雷锋日' }).conflicts).toEqual([])
  expect(changedFields(base, mine)).toEqual(['name', 'theme'])
})

test('no edit of one side is lost when two are brought together', () => {
  const fields = fc.record({
    a: fc.integer({ max: 2 }),
    b: fc.integer({ max: 2 }),
    c: fc.integer({ max: 2 }),
  })
  fc.assert(
    fc.property(fields, fields, fields, (base, mine, theirs) => {
      const { merged, conflicts } = bringTogether(base, mine, theirs)
      for (const field of ['a', 'b', 'c'] as const) {
        const asked = conflicts.some((each) => each.field === field)
        const [changed, changedThere] = [mine[field] !== base[field], theirs[field] !== base[field]]
        expect(asked).toBe(changed && changedThere && mine[field] !== theirs[field])
        expect(merged[field]).toBe(changed ? mine[field] : theirs[field])
      }
    }),
  )
})

test('what is sent again unchanged keeps its key, and what is changed gets a new one', () => {
  let made = 0
  const keyFor = keptKeys(() => `key ${++made}`)
  expect([
    keyFor({ name: 'a' }),
    keyFor({ name: 'a' }),
    keyFor({ name: 'b' }),
    keyFor({ name: 'a' }),
  ]).toEqual(['key 1', 'key 1', 'key 2', 'key 3'])
})

test('the language is the one that was chosen, else the first of ours that the browser prefers, else Chinese', () => {
  expect(languageFor('en', ['zh-CN'])).toBe('en')
  expect(languageFor(undefined, ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en')
  expect(languageFor(undefined, ['zh-TW', 'en'])).toBe('zh')
  expect(languageFor(undefined, ['fr'])).toBe('zh')
})

test('the address of a list is its query, and a filter begins at the first page', () => {
  const search = new URLSearchParams('state=draft&cursor=abc&nonsense=1&search=')
  expect(queryIn(search, ['state', 'search', 'cursor'] as never[])).toEqual({ state: 'draft', cursor: 'abc' })
  expect(withFilter(search, { state: null, search: '雷锋' }).toString()).toBe(
    'nonsense=1&search=%E9%9B%B7%E9%94%8B',
  )
})

test('an operation leads to its address', () => {
  const operation = { method: 'GET', path: '/api/events/{eventId}/shifts' } as const
  expect(
    addressOf(operation, { params: { eventId: 'a/b' }, query: { limit: 5, search: '', from: undefined } }),
  ).toBe('/api/events/a%2Fb/shifts?limit=5')
})

test('the operations the console asks with are what the routes say', () => {
  const text = operationsText(JSON.parse(made('openapi.json')))
  expect(made('web/api/operations.ts') === text ? 'current' : 'run: npm run openapi').toBe('current')
})
