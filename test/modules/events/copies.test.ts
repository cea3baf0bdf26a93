import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

test('an event is copied to another day with its shifts at the same hours, and nobody on them', async () => {
  await using app = await startApp({ worker: false })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const closing = await aPlace(app.db)
  const skills = [{ skill: '急救', min: 1 }]
  const kept = await aShift(app, { eventId, min: 2, target: 3, max: 4, skills, meetingPoint: '东门' })
  await aShift(app, { eventId, zoneId: closing.id })
  const cancelled = await aShift(app, { eventId })
  await office.put(`/api/shifts/${cancelled.id}/cancellation`).send({ reason: '施工封路' }).expect(200)
  await office.put(`/api/zones/${closing.id}/closure`).set('if-match', '"v1"').expect(200)

  const body = { name: '再办一次', startsAt: onTheDay('00:00', '2027-03-05') }
  const copy = (who = office) => who.post(`/api/events/${eventId}/copies`).send(body)
  const { body: made, headers } = await copy().expect(201)
  expect(headers.location).toBe(`/api/events/${made.event.id}`)
  expect([made.event.name, made.event.state, made.event.shifts, made.leftOut]).toEqual([
    '再办一次',
    'draft',
    1,
    1,
  ])
  expect(made.event.endsAt).toBe(onTheDay('23:59', '2027-03-05'))
  const { body: list } = await office.get(`/api/events/${made.event.id}/shifts`).expect(200)
  expect(list.items).toMatchObject([
    {
      zone: { id: kept.zone.id },
      startsAt: onTheDay('13:30', '2027-03-05'),
      endsAt: onTheDay('17:30', '2027-03-05'),
      ...{ min: 2, target: 3, max: 4, taken: 0, skills, meetingPoint: '东门' },
      ...{ inCharge: null, deputy: null, batchId: null },
    },
  ])
  expect(list.items[0].id).not.toBe(kept.id)

  // Somebody else's event is a pattern for one's own.
  const mine = await aUnit(app.db, { districtCode: '210503' })
  const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
  expect((await copy(district)).status).toBe(403)
  const own = await district
    .post(`/api/events/${eventId}/copies`)
    .send({ ...body, organiserUnitId: mine.id })
    .expect(201)
  expect(own.body.event.organiser.id).toBe(mine.id)
})

test('clocks that change between the two days change no hour of a shift', async () => {
  await using app = await startApp({ worker: false })
  const office = app.as('city_office')
  const { id: organiserUnitId } = await aUnit(app.db)
  const { body: event } = await office
    .post('/api/events')
    .send({
      name: 'Spring clean',
      organiserUnitId,
      timeZone: 'Europe/London',
      startsAt: '2026-03-04T09:00:00Z',
      endsAt: '2026-03-04T17:00:00Z',
    })
    .expect(201)
  await aShift(app, { eventId: event.id, startsAt: '2026-03-04T13:00:00Z', endsAt: '2026-03-04T15:00:00Z' })
  const { body } = await office
    .post(`/api/events/${event.id}/copies`)
    .send({ name: 'Summer clean', startsAt: '2026-07-04T08:00:00Z' })
    .expect(201)
  expect(body.event.endsAt).toBe('2026-07-04T16:00:00.000Z')
  const { body: list } = await office.get(`/api/events/${body.event.id}/shifts`)
  expect(list.items[0].startsAt).toBe('2026-07-04T12:00:00.000Z')
})
