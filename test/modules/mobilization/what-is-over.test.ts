/** What is over stays: no act afterwards changes who came to a shift and who did not. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { assignments } from '#modules/mobilization/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

/** An event of two days with a shift on each, somebody who accepted the first and holds both, and the morning between them. */
async function theMorningBetween(app: TestApp) {
  const { id: eventId } = await anEvent(app, { endsAt: onTheDay('23:00', '2026-03-05') })
  const { id: teamId } = await aTeam(app.db)
  const { id: personId } = await aPerson(app, { teamId, phone: aPhone() })
  const office = app.as('city_office')
  const signedUp = await office
    .post(`/api/events/${eventId}/sign-ups`)
    .send({ teamId, personIds: [personId] })
  expect(signedUp.body).toMatchObject({ signedUp: 1 })
  const first = await aShift(app, { eventId })
  const second = await aShift(app, {
    eventId,
    startsAt: onTheDay('13:30', '2026-03-05'),
    endsAt: onTheDay('17:30', '2026-03-05'),
  })
  const places = []
  for (const { id: shiftId } of [first, second]) places.push(await anAssignment(app, { shiftId, personId }))
  await office.put(`/api/shifts/${first.id}/allotments/${(await aTeam(app.db)).id}`).send({ heads: 2 })
  await publish(app, eventId)
  const { body } = await office.get(`/api/events/${eventId}/participations`)
  const participationId = body.items[0].id as string
  await office.put(`/api/participations/${participationId}/answer`).send({ answer: 'accepted' }).expect(200)
  app.clock.set(instantFrom('2026-03-05T08:00:00+08:00'))
  const outcomes = async () => {
    const { body: report } = await office.get(`/api/events/${eventId}/report`).expect(200)
    const { assigned, absent, unanswered, cancelled, arrived } = report.total
    return { assigned, absent, unanswered, cancelled, arrived }
  }
  return { eventId, teamId, personId, first, second, places, office, outcomes }
}

const absentOnce = { assigned: 2, absent: 1, unanswered: 0, cancelled: 0, arrived: 0 }

test('a shift that is over is neither moved nor cancelled, and nobody is taken off it', async () => {
  await using app = await startApp()
  const { eventId, personId, first, office, outcomes } = await theMorningBetween(app)
  const before = await outcomes()
  // Whoever accepted and is yet to come counts as absent until they come.
  expect(before).toMatchObject({ assigned: 2, absent: 2, cancelled: 0 })
  const seen = await office.get(`/api/shifts/${first.id}`)
  const change = (input: object) =>
    office
      .patch(`/api/shifts/${first.id}`)
      .set('If-Match', seen.headers.etag as string)
      .send(input)
  const allotted = await office.get(`/api/events/${eventId}/allotments`).expect(200)
  for (const reply of [
    // The morning after, everybody could check in from home.
    await change({ endsAt: onTheDay('10:00', '2026-03-05') }),
    await change({ meetingPoint: '广场西侧' }),
    await office.put(`/api/shifts/${first.id}/cancellation`).send({ reason: '人数不足' }),
    await office.delete(`/api/shifts/${first.id}/assignments/${personId}`),
    await office.delete(`/api/shifts/${first.id}/allotments/${allotted.body.items[0].team.id}`),
  ])
    expect([reply.status, reply.body.code]).toEqual([409, 'shift.over'])
  expect(await outcomes()).toEqual(before)
  // What changes nothing for anybody is still put right.
  expect((await change({ tools: '铲刀' })).status).toBe(200)
})

test('a sign-up that is withdrawn between two days gives up the second place alone', async () => {
  await using app = await startApp()
  const { eventId, first, places, office, outcomes } = await theMorningBetween(app)
  const listed = await office.get(`/api/events/${eventId}/sign-ups`).expect(200)
  await office.delete(`/api/sign-ups/${listed.body.items[0].id}`).expect(204)
  await app.settled()
  expect(await outcomes()).toMatchObject({ absent: 1, cancelled: 1 })
  const rows = await app.db.read
    .select({ cancelledAt: assignments.cancelledAt })
    .from(assignments)
    .where(eq(assignments.id, places[0]!.id))
  expect([rows, first.id]).toEqual([[{ cancelledAt: null }], expect.any(String)])
})

test('an event that is called off after its first day keeps what became of that day', async () => {
  await using app = await startApp()
  const { eventId, office, outcomes } = await theMorningBetween(app)
  const seen = await office.get(`/api/events/${eventId}`)
  await office
    .put(`/api/events/${eventId}/cancellation`)
    .set('If-Match', seen.headers.etag as string)
    .send({ reason: '因雨' })
    .expect(200)
  await app.settled()
  expect(await outcomes()).toEqual({ ...absentOnce, cancelled: 1 })
})

test('an event that is over is not cancelled, and asks nobody any more', async () => {
  await using app = await startApp()
  const { eventId, teamId, personId, office, outcomes } = await theMorningBetween(app)
  const unit = await aUnit(app.db)
  const ask = () =>
    office.put(`/api/events/${eventId}/quotas`).send({ quotas: [{ unitId: unit.id, asked: 5 }] })
  expect((await ask()).status).toBe(200)
  const { body: asked } = await office.get(`/api/events/${eventId}/quotas`)
  app.clock.set(instantFrom('2026-03-06T08:00:00+08:00'))
  const before = await outcomes()
  const seen = await office.get(`/api/events/${eventId}`)
  for (const reply of [
    await office
      .put(`/api/events/${eventId}/cancellation`)
      .set('If-Match', seen.headers.etag as string)
      .send({ reason: '因雨' }),
    await ask(),
    await office.put(`/api/quotas/${asked.items[0].id}/pledge`).send({ pledged: 5 }),
    await office.post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds: [personId] }),
  ])
    expect([reply.status, reply.body.code]).toEqual([409, 'event.over'])
  await app.settled()
  expect(await outcomes()).toEqual(before)
})
