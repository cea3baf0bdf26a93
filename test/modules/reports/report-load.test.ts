import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aDayToReport } from '#test/support/factories/reports.ts'
import { answeredDuring } from '#test/support/loop.ts'

/** A fifth of the reference day: `npm run bench:loop` reports on all of it. */
const everybody = 3_000

test(`a report over ${everybody} assignments lets others be answered`, async () => {
  await using app = await startApp({ worker: false })
  const eventId = await aDayToReport(app, everybody)
  const asking = async () => app.as('city_office').get(`/api/events/${eventId}/report`).expect(200)
  const {
    result: { body },
    answered,
  } = await answeredDuring(app, asking)

  const { assigned, people, arrived, absent, unanswered, minutes } = body.total
  expect({ assigned, people, arrived, minutes }).toEqual({
    assigned: everybody,
    people: everybody,
    arrived: 2000,
    minutes: 2000 * 240,
  })
  expect(arrived + absent + unanswered).toBe(assigned)
  expect(answered).toBeGreaterThan(4)
})
