import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf, outcomes } from '#modules/attendance/index.ts'
import { judge } from '#modules/attendance/position.ts'
import {
  gradeOfOwn,
  isPlainlyMinor,
  isPlainlyOfAge,
  minutesOf,
  phaseOf,
  timingOf,
} from '#modules/attendance/rules.ts'
import type { Position, Ring } from '#modules/grid/geometry.ts'
import { bornOn, isMinorOn } from '#modules/organisation/index.ts'
import { dayIn, instantFrom } from '#platform/time.ts'
import { insideSquare, shiftEnd, shiftStart, square } from '#test/support/factories/attendance.ts'

const window = { startsAt: shiftStart, endsAt: shiftEnd }
const at = (time: string) => instantFrom(`2026-03-04T${time}+08:00`)

test.each([
  ['10:29:59', 'ahead'],
  ['10:30:00', 'open'],
  ['17:29:59', 'open'],
  ['17:30:00', 'over'],
])('at %s the time of a shift is %s', (time, phase) => {
  expect(phaseOf(window, at(time))).toBe(phase)
})

test.each([
  ['12:59:59', 'early'],
  ['13:00:00', 'on_time'],
  ['13:40:00', 'on_time'],
  ['13:40:01', 'late'],
  ['18:00:00', 'late'],
])('somebody who comes at %s is %s', (time, timing) => {
  expect(timingOf(window, at(time))).toBe(timing)
})

test.each([
  ['13:00:00', '17:30:00', 240],
  ['13:45:00', '15:00:59', 75],
  ['13:30:00', '23:00:00', 240],
  ['17:40:00', '18:00:00', 0],
  ['12:00:00', '13:00:00', 0],
])('from %s to %s are %i minutes of service', (from, to, minutes) => {
  expect(minutesOf(window, at(from), at(to))).toBe(minutes)
})

test.each([
  ['13:20:00', 'inside', 'A'],
  ['12:50:00', 'inside', 'C'],
  ['17:30:00', 'inside', 'C'],
  ['13:20:00', 'near', 'C'],
  ['13:20:00', 'none', 'C'],
] as const)('an own check-in at %s, position %s, is evidence of grade %s', (time, position, grade) => {
  expect(gradeOfOwn(window, at(time), position)).toBe(grade)
})

describe('an assignment ends in exactly one of six ways', () => {
  const moment = fc.constantFrom(null, shiftStart)
  const assignment = fc.record({
    checkInAt: moment,
    cancelledAt: moment,
    excusedAt: moment,
    answer: fc.constantFrom(null, 'accepted' as const, 'declined' as const),
  })
  test('whatever happened', () => {
    fc.assert(
      fc.property(assignment, (facts) => {
        expect(Object.keys(outcomes)).toContain(outcomeOf(facts))
        // Who came has arrived, and nobody else has.
        expect(outcomeOf(facts) === 'arrived').toBe(facts.checkInAt !== null)
      }),
    )
  })
  test.each([
    [{}, 'unanswered'],
    [{ answer: 'accepted' as const }, 'absent'],
    [{ answer: 'declined' as const }, 'declined'],
    [{ answer: 'accepted' as const, excusedAt: shiftStart }, 'excused'],
    [{ excusedAt: shiftStart, cancelledAt: shiftStart }, 'cancelled'],
    [{ answer: 'declined' as const, checkInAt: shiftStart }, 'arrived'],
  ])('%o is %s', (facts, outcome) => {
    expect(outcomeOf({ checkInAt: null, cancelledAt: null, excusedAt: null, answer: null, ...facts })).toBe(
      outcome,
    )
  })
})

describe('a position', () => {
  const zone = { boundary: square, centreLatitude: null, centreLongitude: null }
  test.each([
    ['inside the boundary', insideSquare, 'inside', '0'],
    ['60 m west of it', { latitude: 41.292, longitude: 123.75928 }, 'near', '100m'],
    [
      '60 m west of it, by a phone that may be 80 m off',
      { latitude: 41.292, longitude: 123.75928, accuracyM: 80 },
      'inside',
      '0',
    ],
    ['1 km north of it', { latitude: 41.3026, longitude: 123.762 }, 'far', '2km'],
    [
      'in another city, by a phone that claims to be 100 km off',
      { latitude: 41.8, longitude: 123.43, accuracyM: 100_000 },
      'far',
      'beyond',
    ],
  ])('%s is judged', (_, place, judgement, band) => {
    expect(judge(place, zone)).toEqual({ judgement, band })
  })
  test('in a hole of the zone is not inside', () => {
    const [outer = []] = square.coordinates as Ring[]
    const hole = outer.map(([x, y]): Position => [123.7625 + (x - 123.7625) / 2, 41.2918 + (y - 41.2918) / 2])
    const pierced = { ...zone, boundary: { type: 'Polygon' as const, coordinates: [outer, hole] } }
    expect(judge({ latitude: 41.2918, longitude: 123.7625 }, pierced).judgement).toBe('near')
  })
  test('is judged by the centre where no boundary was drawn, and not at all where there is neither', () => {
    const centred = { boundary: null, centreLatitude: 41.2918, centreLongitude: 123.7625 }
    expect(judge(insideSquare, centred).judgement).toBe('inside')
    expect(judge(insideSquare, { boundary: null, centreLatitude: null, centreLongitude: null })).toEqual({
      judgement: 'none',
      band: null,
    })
  })
})

test('if the birth year alone decides the age, the time zone of the shift does not matter', () => {
  const born = fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  const starts = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  const zone = fc.constantFrom('Pacific/Kiritimati', 'Asia/Shanghai', 'UTC', 'Pacific/Pago_Pago')
  fc.assert(
    fc.property(born, starts, zone, (birth, start, timeZone) => {
      const birthDate = birth.toISOString().slice(0, 10)
      const startsAt = instantFrom(start.toISOString())
      const minor = isMinorOn(bornOn(birthDate), [], dayIn(startsAt, timeZone))
      if (isPlainlyMinor(birth.getUTCFullYear(), startsAt)) expect(minor).toBe(true)
      if (isPlainlyOfAge(birth.getUTCFullYear(), startsAt)) expect(minor).toBe(false)
    }),
  )
  expect(isPlainlyMinor(null, shiftStart)).toBe(false)
  expect(isPlainlyOfAge(null, shiftStart)).toBe(false)
})
