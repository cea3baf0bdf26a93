import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { attendanceOperations, attendances, shiftTotals } from '#modules/attendance/schema.ts'
import { shiftSeats, shifts } from '#modules/events/schema.ts'
import { responsibilities } from '#modules/grid/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aResponsibility } from '#test/support/factories/grid.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'

const onTime = { at: '2026-03-04T13:25:00+08:00', worker: false }

const mergeOf = (app: TestApp, keptId: string, mergedId: string) =>
  app.as('city_office').post('/api/person-merges').send({ keptId, mergedId })
const sent = (app: TestApp, kind: string) => app.outbox().filter((line) => line.kind === kind)

async function liveOf(app: TestApp, personId: string) {
  return app.db.read
    .select()
    .from(assignments)
    .where(and(eq(assignments.personId, personId), isNull(assignments.cancelledAt)))
}

test('two rows of one person on one shift become one seat, and both links act for it', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const kept = await aVolunteer(app, day, { answer: null })
  const merged = await aVolunteer(app, day, { answer: null })
  await mergeOf(app, kept.personId, merged.personId).expect(201)

  const [seats] = await app.db.read.select().from(shiftSeats).where(eq(shiftSeats.shiftId, day.shiftId))
  expect(seats?.taken).toBe(1)
  const pages = await Promise.all(
    [kept, merged].map(async ({ token }) => (await app.request.get(`/api/c/${token}`)).body),
  )
  expect(pages[0]).toEqual(pages[1])
  const [place] = await liveOf(app, kept.personId)
  const answered = await app.request.put(`/api/c/${merged.token}/answer`).send({ answer: 'accepted' })
  expect(answered.status).toBe(200)
  const arrived = await app.request
    .put(`/api/c/${merged.token}/assignments/${place!.id}/check-in`)
    .send({ operationId: newId() })
  expect([arrived.status, arrived.body.assignmentId]).toEqual([200, place!.id])
  expect((await liveOf(app, kept.personId)).map(({ answer }) => answer)).toEqual(['accepted'])
  const listed = await app.as('city_office').get(`/api/events/${day.eventId}/participations`)
  expect(listed.body.items).toHaveLength(1)
})

test('a link of somebody else opens nothing after a merge, and "not me" on either link ends both', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const [kept, merged, other] = [
    await aVolunteer(app, day),
    await aVolunteer(app, day),
    await aVolunteer(app, day),
  ]
  await mergeOf(app, kept.personId, merged.personId).expect(201)
  const [place] = await liveOf(app, kept.personId)
  const strange = await app.request
    .put(`/api/c/${other.token}/assignments/${place!.id}/check-in`)
    .send({ operationId: newId() })
  expect([strange.status, strange.body.code]).toEqual([404, 'assignment.missing'])
  await app.request.delete(`/api/c/${merged.token}`).expect(204)
  const after = await Promise.all([kept, merged].map(({ token }) => app.request.get(`/api/c/${token}`)))
  expect(after.map(({ status }) => status)).toEqual([410, 410])
})

test('the link of a person merged twice still opens their page', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const [first, second, third] = [
    await aVolunteer(app, day),
    await aVolunteer(app, day),
    await aVolunteer(app, day),
  ]
  await mergeOf(app, second.personId, first.personId).expect(201)
  await mergeOf(app, third.personId, second.personId).expect(201)
  const pages = await Promise.all(
    [first, second, third].map(({ token }) => app.request.get(`/api/c/${token}`)),
  )
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(new Set(pages.map(({ text }) => text)).size).toBe(1)
})

test('where somebody arrived stays, and what both recorded counts once; undone, both stand again', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const kept = await aVolunteer(app, day)
  const merged = await aVolunteer(app, day)
  const leader = app.as('city_office')
  for (const { assignmentId, token } of [kept, merged]) {
    await app.request
      .put(`/api/c/${token}/assignments/${assignmentId}/check-in`)
      .send({ operationId: newId() })
      .expect(200)
    app.clock.advance({ minutes: 2 })
  }
  // The leader confirmed the duplicate: grade B outweighs a statement of one's own.
  await app.db.transaction((tx) =>
    tx.update(attendances).set({ grade: 'B' }).where(eq(attendances.assignmentId, merged.assignmentId)),
  )
  const { body } = await mergeOf(app, kept.personId, merged.personId).expect(201)
  expect((await liveOf(app, kept.personId)).map(({ id }) => id)).toEqual([merged.assignmentId])
  const present = async () =>
    (await app.db.read.select().from(shiftTotals).where(eq(shiftTotals.shiftId, day.shiftId)))[0]?.present
  const operations = () => app.db.read.select().from(attendanceOperations)
  const before = await operations()
  expect(before.filter(({ via }) => via === 'merge').map(({ kind }) => kind)).toEqual(['undo'])
  expect(await present()).toBe(1)

  const undone = await leader.delete(`/api/person-merges/${body.id}`)
  expect([undone.status, undone.body.notRestored]).toEqual([200, []])
  expect((await operations()).filter(({ via }) => via === 'merge')).toEqual([])
  expect([(await liveOf(app, kept.personId)).length, (await liveOf(app, merged.personId)).length]).toEqual([
    1, 1,
  ])
  expect(await present()).toBe(2)
})

test('a place that somebody else took since stays cancelled, and the answer says so', async () => {
  await using app = await startApp({ worker: false })
  const shift = await aShift(app, { max: 2 })
  const { id: teamId } = await aTeam(app.db)
  const [kept, merged] = [await aPerson(app, { teamId }), await aPerson(app, { teamId })]
  await anAssignment(app, { shiftId: shift.id, personId: kept.id })
  const twin = await anAssignment(app, { shiftId: shift.id, personId: merged.id })
  const { body } = await mergeOf(app, kept.id, merged.id).expect(201)
  await anAssignment(app, { shiftId: shift.id })
  const undone = await app.as('city_office').delete(`/api/person-merges/${body.id}`)
  expect(undone.body.notRestored).toEqual([{ kind: 'assignment', id: twin.id }])
})

test('whoever came to a place by a merge is invited once, and nobody who was told', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, max: 5 })
  const later = await aShift(app, { eventId, startsAt: onTheDay('18:00'), endsAt: onTheDay('19:00') })
  const { id: teamId } = await aTeam(app.db)
  const kept = await aPerson(app, { teamId, phone: aPhone() })
  const merged = await aPerson(app, { teamId })
  await anAssignment(app, { shiftId: shift.id, personId: merged.id })
  await publish(app, eventId)
  expect(sent(app, 'invitation')).toHaveLength(0)
  await mergeOf(app, kept.id, merged.id).expect(201)
  await app.settled()
  expect(sent(app, 'invitation')).toHaveLength(1)

  const third = await aPerson(app, { teamId })
  await anAssignment(app, { shiftId: later.id, personId: third.id })
  await mergeOf(app, kept.id, third.id).expect(201)
  await app.settled()
  expect(sent(app, 'invitation')).toHaveLength(1)
})

test('the account of a duplicate goes on as the person’s; two accounts are not made one', async () => {
  await using app = await startApp({ worker: false })
  const { id: teamId } = await aTeam(app.db)
  const [kept, merged] = [await aPerson(app, { teamId }), await aPerson(app, { teamId })]
  await aUser(app.db, { personId: merged.id, password: null, grants: [{ role: 'team_leader', teamId }] })
  const { body } = await mergeOf(app, kept.id, merged.id).expect(201)
  await app.as('city_office').delete(`/api/person-merges/${body.id}`).expect(200)
  await aUser(app.db, { personId: kept.id, password: null })
  const two = await mergeOf(app, kept.id, merged.id)
  expect([two.status, two.body.code]).toEqual([409, 'merge.two_accounts'])
})

test('who is in charge and who answers for a zone follow; a duty both have ends once', async () => {
  await using app = await startApp({ worker: false })
  const { id: teamId } = await aTeam(app.db)
  const [kept, merged] = [await aPerson(app, { teamId }), await aPerson(app, { teamId })]
  const shift = await aShift(app, { inChargePersonId: merged.id })
  const [here, there] = [await aPlace(app.db), await aPlace(app.db)]
  await aResponsibility(app.db, { zoneId: here.id, personId: kept.id })
  const twin = await aResponsibility(app.db, { zoneId: here.id, personId: merged.id })
  const moved = await aResponsibility(app.db, { zoneId: there.id, personId: merged.id })
  await mergeOf(app, kept.id, merged.id).expect(201)
  const [now] = await app.db.read.select().from(shifts).where(eq(shifts.id, shift.id))
  expect([now?.inChargePersonId, now?.version]).toEqual([kept.id, 2])
  const duty = async (id: string) =>
    (await app.db.read.select().from(responsibilities).where(eq(responsibilities.id, id)))[0]
  expect((await duty(moved.id))?.personId).toBe(kept.id)
  expect(await duty(twin.id)).toMatchObject({ personId: merged.id, validUntil: '2026-02-20' })
})

test('an id that was merged, even twice, names whom it became wherever it comes in', async () => {
  await using app = await startApp({ worker: false })
  const city = app.as('city_office')
  const { id: teamId } = await aTeam(app.db)
  const [first, second, third] = [
    await aPerson(app, { teamId }),
    await aPerson(app, { teamId }),
    await aPerson(app, { teamId }),
  ]
  const one = await mergeOf(app, second.id, first.id).expect(201)
  const two = await mergeOf(app, third.id, second.id).expect(201)
  const shift = await aShift(app, { inChargePersonId: first.id })
  expect(shift.inCharge?.id).toBe(third.id)
  const assigned = await city.put(`/api/shifts/${shift.id}/assignments/${first.id}`).send({}).expect(200)
  expect(assigned.body.person.id).toBe(third.id)
  const zone = await aPlace(app.db)
  const duty = await city
    .post('/api/responsibilities')
    .send({ zoneId: zone.id, personId: first.id, level: 'unit' })
    .expect(201)
  expect(duty.body.person?.id).toBe(third.id)
  const early = await city.delete(`/api/person-merges/${one.body.id}`)
  expect([early.status, early.body.code, early.body.details]).toEqual([
    409,
    'merge.later_exists',
    { mergeId: two.body.id },
  ])
  const rows = await app.db.read.select().from(participations).where(eq(participations.personId, first.id))
  expect(rows).toEqual([])
})
