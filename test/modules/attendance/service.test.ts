/** What somebody was placed on, and what came of it. */
import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-04T13:25:00+08:00', worker: false })

test('somebody’s shifts are told with their outcome and hours, each office seeing those of its own teams', async () => {
  const day = await aDay(app)
  const [mine, other] = [await aUnit(app.db), await aUnit(app.db)]
  const team = await aTeam(app.db, { unitId: mine.id })
  const volunteer = await aVolunteer(app, day, { teamId: team.id })
  const url = `/api/persons/${volunteer.personId}/service`
  const before = await app.as('city_office').get(url).expect(200)
  // Nobody is absent before the shift is over.
  expect(before.body).toMatchObject({ items: [{ answer: 'accepted', outcome: null }], times: 0, minutes: 0 })
  const path = `/api/assignments/${volunteer.assignmentId}`
  await app.as('city_office').put(`${path}/check-in`).send({ operationId: newId() }).expect(200)
  const after = await app.as('city_office').get(url).expect(200)
  expect(after.body).toMatchObject({
    items: [
      {
        assignmentId: volunteer.assignmentId,
        event: { id: day.eventId, timeZone: 'Asia/Shanghai' },
        shift: { id: day.shiftId, work: '清理小广告' },
        zone: { id: day.zoneId },
        team: { id: team.id },
        outcome: 'arrived',
      },
    ],
    nextCursor: null,
    times: 1,
  })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: mine.id })
  expect((await app.as(admin).get(url).expect(200)).body).toEqual(after.body)
  const stranger = await app.signIn({ role: 'unit_administrator', unitId: other.id })
  const refused = await app.as(stranger).get(url)
  expect([refused.status, refused.body.code]).toEqual([404, 'person.missing'])
})
