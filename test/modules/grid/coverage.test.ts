import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coverageOf, holdsOn, validitiesOverlap } from '#modules/grid/coverage.ts'

const year = { from: '2026-01-01', until: '2027-01-01' }

test('periods are half-open: one ends on the day the next begins, without gap or overlap', () => {
  const two = [
    { validFrom: '2025-06-01', validUntil: '2026-03-01' },
    { validFrom: '2026-03-01', validUntil: null },
  ]
  expect(coverageOf(two, year)).toEqual({ gaps: [], overlaps: [] })
  expect(validitiesOverlap(two[0]!, two[1]!)).toBe(false)
  expect([holdsOn(two[0]!, '2026-02-28'), holdsOn(two[0]!, '2026-03-01')]).toEqual([true, false])
})

test('days with nobody responsible and days with more than one are distinguished', () => {
  const duties = [
    { validFrom: '2026-02-01', validUntil: '2026-05-01' },
    { validFrom: '2026-04-01', validUntil: '2026-06-01' },
    { validFrom: '2026-04-15', validUntil: '2026-04-20' },
  ]
  expect(coverageOf(duties, year)).toEqual({
    gaps: [
      { from: '2026-01-01', until: '2026-02-01' },
      { from: '2026-06-01', until: '2027-01-01' },
    ],
    overlaps: [{ from: '2026-04-01', until: '2026-05-01' }],
  })
  expect(coverageOf([], year).gaps).toEqual([year])
})

test('gaps and overlaps agree with counting the duties of every day', () => {
  const day = fc.integer({ min: 0, max: 27 }).map((n) => `2026-02-${String(n + 1).padStart(2, '0')}`)
  const duty = fc.record({ validFrom: day, validUntil: fc.option(day) })
  fc.assert(
    fc.property(fc.array(duty, { maxLength: 5 }), day, (duties, on) => {
      const { gaps, overlaps } = coverageOf(duties, { from: '2026-02-01', until: '2026-03-01' })
      const holding = duties.filter((each) => holdsOn(each, on)).length
      const within = (stretches: { from: string; until: string }[]) =>
        stretches.some(({ from, until }) => from <= on && on < until)
      expect([within(gaps), within(overlaps)]).toEqual([holding === 0, holding > 1])
    }),
  )
})
