import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aDay, shiftEnd } from '#test/support/factories/attendance.ts'
import { aTeam } from '#test/support/factories/organisation.ts'
import { aCrowd, aShiftIn, somePeople } from '#test/support/factories/reports.ts'
import { watchLoop } from '#test/support/loop.ts'

/** The reference day: 11,302 volunteers and 3,229 teachers and pupils. */
const everybody = 14_531

test(`a report over ${everybody} assignments holds up nobody for long`, async () => {
  await using app = await startApp({ worker: false })
  const { db } = app
  const day = await aDay(app)
  const team = await aTeam(db)
  const shiftIds: string[] = []
  for (let made = 0; made < 20; made++) shiftIds.push(await aShiftIn(db, day.eventId))
  const people = await somePeople(db, everybody)
  await aCrowd(db, { eventId: day.eventId, shiftIds, people, teamId: team.id, unitId: team.unitId })
  app.clock.set(shiftEnd)

  const office = app.as('city_office')
  await office.get(`/api/events/${day.eventId}/report`).expect(200)
  const loop = watchLoop()
  const { body } = await office.get(`/api/events/${day.eventId}/report`).expect(200)
  const longestMs = loop.stop()

  const { assigned, arrived, absent, unanswered, minutes } = body.total
  expect({ assigned, people: body.total.people, arrived, minutes }).toEqual({
    assigned: everybody,
    people: everybody,
    arrived: 9687,
    minutes: 9687 * 240,
  })
  expect(arrived + absent + unanswered).toBe(assigned)
  expect(longestMs).toBeLessThan(100)
}, 120_000)
