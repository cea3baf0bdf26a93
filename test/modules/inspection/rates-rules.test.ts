import { expect, test } from 'vitest'
import { noFigures } from '#modules/command/pure.ts'
import { ratesOf } from '#modules/inspection/rates/rates-rules.ts'

test('357 cases, 293 with a deadline, 203 of them closed: 69.28 %, and 56.86 % is nowhere', () => {
  const rates = ratesOf({
    ...noFigures,
    ...{ issued: 357, open: 154, closed: 203, dated: 293, closedDated: 203, due: 280, closedDue: 203 },
    ...{ dueNotSuspended: 278, onTime: 190, reported: 230, sentBack: 23, extended: 12 },
    ...{ everClosed: 210, reopened: 7 },
  })
  expect(rates).toEqual({
    rectified: { part: 203, whole: 293, percent: '69.28' },
    settled: { part: 203, whole: 280, percent: '72.50' },
    onTime: { part: 190, whole: 278, percent: '68.35' },
    rework: { part: 23, whole: 230, percent: '10.00' },
    extended: { part: 12, whole: 293, percent: '4.10' },
    recurrence: { part: 7, whole: 210, percent: '3.33' },
  })
  expect(JSON.stringify(rates)).not.toContain('56.86')
})

test('what another city printed: 911 of 972 due cases closed are 93.72 %', () => {
  expect(ratesOf({ ...noFigures, due: 972, closedDue: 911 }).settled.percent).toBe('93.72')
})

test('where nothing is counted there is no rate', () => {
  expect(Object.values(ratesOf(noFigures)).map(({ percent }) => percent)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})
