import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { attendanceOperations, attendances, shiftTotals } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { personContacts } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import {
  aDay,
  aVolunteer,
  type Day,
  insideSquare,
  type Volunteer,
} from '#test/support/factories/attendance.ts'
import { anAssignment, aSchool } from '#test/support/factories/mobilization.ts'
import { aConsent, aPerson } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const onTime = { at: '2026-03-04T13:25:00+08:00', worker: false }
const app = sharedApp(onTime)

function checkIn(app: TestApp, volunteer: Volunteer, body: object = {}) {
  return app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-in`)
    .send({ operationId: newId(), ...body })
}

function checkOut(app: TestApp, volunteer: Volunteer, operationId: string = newId(), more: object = {}) {
  return app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-out`)
    .send({ operationId, ...more })
}

async function recorded(app: TestApp, volunteer: Volunteer) {
  const [row] = await app.db.read
    .select()
    .from(attendances)
    .where(eq(attendances.assignmentId, volunteer.assignmentId))
  return row
}

async function totals(app: TestApp, day: Day) {
  const [row] = await app.db.read.select().from(shiftTotals).where(eq(shiftTotals.shiftId, day.shiftId))
  const { present, checkedOut, late, minutes } = row ?? { present: 0, checkedOut: 0, late: 0, minutes: 0 }
  return { present, checkedOut, late, minutes }
}

test('a volunteer checks in and out by link, and minutes count inside the shift', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const arrived = await checkIn(app, volunteer)
  expect(arrived.status).toBe(200)
  expect(arrived.body).toEqual({
    assignmentId: volunteer.assignmentId,
    checkInAt: expect.stringMatching(/^2026-03-04T05:25:/),
    checkOutAt: null,
    timing: 'on_time',
    minutes: null,
    grade: 'C',
    via: 'link',
  })
  expect(await totals(app, day)).toEqual({ present: 1, checkedOut: 0, late: 0, minutes: 0 })
  await app.advance({ hours: 4 })
  const left = await checkOut(app, volunteer)
  expect(left.body).toMatchObject({ minutes: 235, checkOutAt: expect.stringMatching(/^2026-03-04T09:25:/) })
  expect(await totals(app, day)).toEqual({ present: 1, checkedOut: 1, late: 0, minutes: 235 })
})

test('a repeated request gets the first answer and counts once, even when twenty come at once', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const operationId = newId()
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => checkIn(app, volunteer, { operationId })),
  )
  expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(new Set(replies.map(({ body }) => body.checkInAt)).size).toBe(1)
  await app.advance({ minutes: 30 })
  expect((await checkIn(app, volunteer, { operationId })).body).toEqual(replies[0]!.body)
  expect((await checkIn(app, volunteer)).body).toEqual(replies[0]!.body)
  expect(await totals(app, day)).toMatchObject({ present: 1, late: 0 })
  const operations = await app.db.read
    .select({ kind: attendanceOperations.kind })
    .from(attendanceOperations)
    .where(eq(attendanceOperations.assignmentId, volunteer.assignmentId))
  expect(operations).toEqual([{ kind: 'check_in' }])
})

test('a burst of concurrent check-ins is counted exactly', async () => {
  const day = await aDay(app)
  const crowd: Volunteer[] = []
  for (let n = 0; n < 30; n++) crowd.push(await aVolunteer(app, day))
  const replies = await Promise.all(crowd.map((volunteer) => checkIn(app, volunteer)))
  expect(replies.map(({ status }) => status)).toEqual(Array(30).fill(200))
  expect(await totals(app, day)).toEqual({ present: 30, checkedOut: 0, late: 0, minutes: 0 })
})

test('own check-in opens an hour before the start, earlier only with a position in the zone, and ends with the shift', async () => {
  app.clock.set(instantFrom('2026-03-04T09:00:00+08:00'))
  const day = await aDay(app)
  const [soon, here, late, after] = [
    await aVolunteer(app, day),
    await aVolunteer(app, day),
    await aVolunteer(app, day),
    await aVolunteer(app, day),
  ]
  const tooSoon = await checkIn(app, soon)
  expect([tooSoon.status, tooSoon.body.code, tooSoon.body.details]).toEqual([
    409,
    'attendance.not_open',
    { opensAt: '2026-03-04T04:30:00.000Z' },
  ])
  expect((await checkIn(app, here, { position: insideSquare })).body.code).toBe('attendance.not_open')
  await app.advance({ hours: 2 })
  expect((await checkIn(app, soon)).body.code).toBe('attendance.not_open')
  expect((await checkIn(app, here, { position: insideSquare })).body.timing).toBe('early')
  await app.advance({ hours: 1, minutes: 31 })
  expect((await checkIn(app, soon)).body.timing).toBe('early')
  await app.advance({ hours: 2 })
  expect((await checkIn(app, late)).body.timing).toBe('late')
  await app.advance({ hours: 3 })
  const over = await checkIn(app, after)
  expect([over.status, over.body.code]).toEqual([409, 'attendance.over'])
  expect((await checkOut(app, late)).body.code).toBe('attendance.over')
  expect(await totals(app, day)).toEqual({ present: 3, checkedOut: 0, late: 1, minutes: 0 })
})

test('an event says how long before a shift its people check in', async () => {
  app.clock.set(instantFrom('2026-03-04T12:00:00+08:00'))
  const day = await aDay(app, { event: { checkInOpensMin: 90 } })
  expect((await checkIn(app, await aVolunteer(app, day))).status).toBe(200)
  const event = await app.as('city_office').get(`/api/events/${day.eventId}`)
  expect(event.body.checkInOpensMin).toBe(90)
  const changed = await app
    .as('city_office')
    .patch(`/api/events/${day.eventId}`)
    .set('if-match', event.headers.etag as string)
    .send({ checkInOpensMin: 30 })
  expect([changed.status, changed.body.checkInOpensMin]).toEqual([200, 30])
  expect((await checkIn(app, await aVolunteer(app, day))).body.code).toBe('attendance.not_open')
})

test('a link that a guardian reads never checks in: teachers count pupils', async () => {
  const day = await aDay(app)
  const [child, youth] = [
    await aVolunteer(app, day, { birthDate: '2015-05-01' }),
    await aVolunteer(app, day, { birthDate: '2009-05-01', phone: '15400002222' }),
  ]
  const guardian = await aPerson(app, { phone: '15400001111' })
  await app.db.transaction((tx) =>
    tx
      .update(personContacts)
      .set({ personId: child.personId, relation: 'guardian' })
      .where(eq(personContacts.personId, guardian.id))
      .returning(),
  )
  const refused = await checkIn(app, child)
  expect([refused.status, refused.body.code]).toEqual([409, 'attendance.by_teacher'])
  expect((await checkIn(app, youth)).status).toBe(200)
  expect(await recorded(app, child)).toBe(undefined)
})

test('a position in the zone improves the grade, a far one is flagged, and neither is stored', async () => {
  const day = await aDay(app)
  const [here, far] = [await aVolunteer(app, day), await aVolunteer(app, day)]
  expect((await checkIn(app, here, { position: { ...insideSquare, accuracyM: 12.5 } })).body.grade).toBe('A')
  const away = await checkIn(app, far, { position: { latitude: 31.23, longitude: 121.47 } })
  expect(away.status).toBe(200)
  expect(away.body.grade).toBe('C')
  expect(await recorded(app, here)).toMatchObject({
    positionJudgement: 'inside',
    distanceBand: '0',
    flags: null,
  })
  expect(await recorded(app, far)).toMatchObject({
    positionJudgement: 'far',
    distanceBand: 'beyond',
    flags: ['far'],
  })
  expect(JSON.stringify(await app.db.read.select().from(attendances))).not.toMatch(
    /41\.29|31\.23|123\.7|121\.4/,
  )
})

test('for a person under fourteen no location is stored in any form', async () => {
  const day = await aDay(app)
  const child = await aVolunteer(app, day, { birthDate: '2013-03-05' })
  const older = await aVolunteer(app, day, { birthDate: '2012-03-04' })
  for (const volunteer of [child, older]) await checkIn(app, volunteer, { position: insideSquare })
  expect(await recorded(app, child)).toMatchObject({
    positionJudgement: 'none',
    distanceBand: null,
    grade: 'C',
  })
  expect(await recorded(app, older)).toMatchObject({ positionJudgement: 'inside', grade: 'A' })
})

test('a minor without consent is recorded for safety and flagged; with consent there is nothing to flag', async () => {
  const day = await aDay(app)
  const alone = await aVolunteer(app, day, { birthDate: '2010-01-01' })
  const allowed = await aVolunteer(app, day, { birthDate: '2010-01-01' })
  await aConsent(app, { personId: allowed.personId })
  expect((await checkIn(app, alone)).status).toBe(200)
  expect((await checkIn(app, allowed)).status).toBe(200)
  expect((await recorded(app, alone))?.flags).toEqual(['consent_missing'])
  expect((await recorded(app, allowed))?.flags).toBe(null)
})

test('a teacher of the class accompanies it, until they are excused from the shift', async () => {
  const day = await aDay(app)
  const { classId: teamId, teachers } = await aSchool(app)
  const escort = await anAssignment(app, { shiftId: day.shiftId, personId: teachers[0]?.id })
  const flagsOfAPupil = async () => {
    const pupil = await aVolunteer(app, day, { birthDate: '2010-01-01', teamId })
    expect((await checkIn(app, pupil)).status).toBe(200)
    return (await recorded(app, pupil))?.flags
  }
  expect(await flagsOfAPupil()).toBe(null)
  await app.as('city_office').put(`/api/assignments/${escort.id}/excusal`).expect(200)
  expect(await flagsOfAPupil()).toEqual(['consent_missing'])
})

test('a link opens only its own assignments, and only until it is revoked', async () => {
  const day = await aDay(app)
  const [own, other] = [await aVolunteer(app, day), await aVolunteer(app, day)]
  const foreign = await checkIn(app, { ...own, assignmentId: other.assignmentId })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'assignment.missing'])
  const unknown = await checkIn(app, { ...own, token: 'ZZZZZZZZZZZZ' })
  expect([unknown.status, unknown.body.code]).toEqual([404, 'link.unknown'])
  const junk = await checkIn(app, { ...own, token: "' or 1=1 --" })
  expect([junk.status, junk.body.code]).toEqual([404, 'link.unknown'])
  await app.db.transaction((tx) =>
    tx
      .update(participations)
      .set({ linkRevokedAt: app.clock.now() })
      .where(eq(participations.id, own.participationId))
      .returning(),
  )
  const revoked = await checkIn(app, own)
  expect([revoked.status, revoked.body.code]).toEqual([410, 'link.revoked'])
  expect(await recorded(app, own)).toBe(undefined)
  expect(await recorded(app, other)).toBe(undefined)
})

test.each([
  ['the event is cancelled', 'event.cancelled', events, 'eventId', 'cancelledAt'],
  ['the event is closed', 'event.closed', events, 'eventId', 'closedAt'],
  ['the shift is cancelled', 'shift.cancelled', shifts, 'shiftId', 'cancelledAt'],
  ['the assignment is cancelled', 'assignment.cancelled', assignments, 'assignmentId', 'cancelledAt'],
] as const)('when %s nobody can check in', async (_, code, table, id, column) => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  await app.db.transaction((tx) =>
    tx
      .update(table as typeof events)
      .set({ [column]: app.clock.now() })
      .where(eq(table.id, { ...day, ...volunteer }[id]))
      .returning(),
  )
  const refused = await checkIn(app, volunteer)
  expect([refused.status, refused.body.code]).toEqual([409, code])
  expect(await totals(app, day)).toMatchObject({ present: 0 })
})

test('a person who is not present cannot check out, and the first check-out counts', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const early = await checkOut(app, volunteer)
  expect([early.status, early.body.code]).toEqual([409, 'attendance.not_present'])
  await checkIn(app, volunteer)
  await app.advance({ hours: 3, minutes: 55 })
  const first = await checkOut(app, volunteer)
  await app.advance({ minutes: 5 })
  expect((await checkOut(app, volunteer)).body).toEqual(first.body)
  expect(await totals(app, day)).toMatchObject({ checkedOut: 1, minutes: first.body.minutes })
})

test('a double tap does not check out, leaving early needs a confirmation, and a check-out can be undone for ten minutes', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const undo = (operationId = newId()) =>
    app.request
      .delete(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-out`)
      .query({ operationId })
  await checkIn(app, volunteer)
  const tapped = await checkOut(app, volunteer, undefined, { early: true })
  expect([tapped.status, tapped.body.checkOutAt]).toEqual([200, null])
  await app.advance({ minutes: 65 })
  const asked = await checkOut(app, volunteer)
  expect([asked.status, asked.body.code, asked.body.details]).toEqual([
    409,
    'attendance.leaves_early',
    { minutesLeft: 180 },
  ])
  const operationId = newId()
  const left = await checkOut(app, volunteer, operationId, { early: true })
  expect(left.body).toMatchObject({ minutes: 60 })
  await app.advance({ minutes: 5 })
  const [back] = await Promise.all([undo(), undo(), undo()])
  expect([back.status, back.body.checkOutAt, back.body.minutes]).toEqual([200, null, null])
  expect(await totals(app, day)).toEqual({ present: 1, checkedOut: 0, late: 0, minutes: 0 })
  expect((await checkOut(app, volunteer, operationId, { early: true })).body.checkOutAt).toBe(null)
  await app.advance({ minutes: 10 })
  expect((await checkOut(app, volunteer, newId(), { early: true })).body.minutes).toBe(75)
  await app.advance({ minutes: 11 })
  expect((await undo()).body.code).toBe('attendance.undo_over')
  expect(await totals(app, day)).toEqual({ present: 1, checkedOut: 1, late: 0, minutes: 75 })
})

test.each([
  ['no operation', { operationId: undefined }],
  ['an operation that is no id', { operationId: 'a b' }],
  ['a position off the earth', { position: { latitude: 91, longitude: 0 } }],
  ['half a position', { position: { latitude: 41 } }],
  ['a time of its own', { at: '2026-03-04T13:00:00Z' }],
])('a request with %s is refused and changes nothing', async (_, body) => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  expect((await checkIn(app, volunteer, body)).status).toBeGreaterThanOrEqual(400)
  expect(await recorded(app, volunteer)).toBe(undefined)
})
