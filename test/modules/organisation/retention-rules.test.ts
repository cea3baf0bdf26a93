import { expect, test } from 'vitest'
import { type KeptChild, keptOf } from '#modules/organisation/index.ts'
import { instantFrom } from '#platform/time.ts'

const day = (date: string, time = '00:00:00') => instantFrom(`2026-${date}T${time}+08:00`)
const recorded = day('02-01')
const child = (more: Partial<KeptChild> = {}): KeptChild => ({
  recordedAt: recorded,
  events: [],
  standing: 'none',
  ...more,
})
const event = (date: string, consent: 'given' | 'refused' | 'none' = 'none') => ({
  endsAt: day(date, '17:30:00'),
  consent,
})

test('a child nobody said yes for is kept whole for ten days, then as the roll, then not at all', () => {
  expect(keptOf(child(), day('02-10', '23:59:59'))).toBe('all')
  expect(keptOf(child(), day('02-11'))).toBe('roll')
  expect(keptOf(child(), day('04-01', '23:59:59'))).toBe('roll')
  expect(keptOf(child(), day('04-02'))).toBe('nothing')
})

test('names and numbers go ten days after the last event, to the second', () => {
  const both = child({ events: [event('03-04'), event('03-11')] })
  expect(keptOf(both, day('03-21', '17:29:59'))).toBe('roll')
  expect(keptOf(both, day('03-21', '17:30:00'))).toBe('nothing')
  const early = child({ events: [event('02-03')] })
  expect(keptOf(early, day('02-13', '17:30:00'))).toBe('nothing')
})

test('a yes keeps everything; a no for one event lengthens nothing; a standing no keeps whom it is about', () => {
  expect(keptOf(child({ standing: 'given' }), day('12-01'))).toBe('all')
  expect(keptOf(child({ events: [event('03-04', 'given')] }), day('12-01'))).toBe('all')
  expect(keptOf(child({ events: [event('03-04', 'refused')] }), day('03-14', '17:30:00'))).toBe('nothing')
  expect(keptOf(child({ events: [event('03-04')], standing: 'refused' }), day('03-15'))).toBe('name')
})
