import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { attendanceOperations, attendances, shiftTotals } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { guardianConsents } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import {
  aDay,
  aVolunteer,
  type Day,
  insideSquare,
  type Volunteer,
} from '#test/support/factories/attendance.ts'

const onTime = { at: '2026-03-04T13:25:00+08:00', worker: false }

function checkIn(app: TestApp, volunteer: Volunteer, body: object = {}) {
  return app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-in`)
    .send({ operationId: newId(), ...body })
}

function checkOut(app: TestApp, volunteer: Volunteer, operationId: string = newId()) {
  return app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-out`)
    .send({ operationId })
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
  await using app = await startApp(onTime)
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
  await app.advance({ hours: 3 })
  const left = await checkOut(app, volunteer)
  expect(left.body).toMatchObject({ minutes: 175, checkOutAt: expect.stringMatching(/^2026-03-04T08:25:/) })
  expect(await totals(app, day)).toEqual({ present: 1, checkedOut: 1, late: 0, minutes: 175 })
})

test('a repeated request gets the first answer and counts once, even when twenty come at once', async () => {
  await using app = await startApp(onTime)
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
  const operations = await app.db.read.select({ kind: attendanceOperations.kind }).from(attendanceOperations)
  expect(operations).toEqual([{ kind: 'check_in' }])
})

test('a crowd that comes at once is counted exactly', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const crowd: Volunteer[] = []
  for (let n = 0; n < 30; n++) crowd.push(await aVolunteer(app, day))
  const replies = await Promise.all(crowd.map((volunteer) => checkIn(app, volunteer)))
  expect(replies.map(({ status }) => status)).toEqual(Array(30).fill(200))
  expect(await totals(app, day)).toEqual({ present: 30, checkedOut: 0, late: 0, minutes: 0 })
})

test('who is late is labelled and recorded, even after the end; who is hours too soon is told when it opens', async () => {
  await using app = await startApp({ at: '2026-03-04T09:00:00+08:00', worker: false })
  const day = await aDay(app)
  const [soon, late, after] = [
    await aVolunteer(app, day),
    await aVolunteer(app, day),
    await aVolunteer(app, day),
  ]
  const tooSoon = await checkIn(app, soon)
  expect(tooSoon.status).toBe(409)
  expect(tooSoon.body).toMatchObject({
    code: 'attendance.not_open',
    details: { opensAt: '2026-03-04T02:30:00.000Z' },
  })
  await app.advance({ hours: 3 })
  expect((await checkIn(app, soon)).body.timing).toBe('early')
  await app.advance({ hours: 2 })
  expect((await checkIn(app, late)).body.timing).toBe('late')
  await app.advance({ hours: 4 })
  expect((await checkIn(app, after)).body.timing).toBe('late')
  await app.advance({ hours: 1 })
  expect((await checkOut(app, after)).body.minutes).toBe(0)
  expect(await totals(app, day)).toEqual({ present: 3, checkedOut: 1, late: 2, minutes: 0 })
})

test('a position inside makes the evidence better, one far away is flagged, and neither is kept', async () => {
  await using app = await startApp(onTime)
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

test('of somebody under fourteen no location is kept in any form', async () => {
  await using app = await startApp(onTime)
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
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const alone = await aVolunteer(app, day, { birthDate: '2010-01-01' })
  const allowed = await aVolunteer(app, day, { birthDate: '2010-01-01' })
  const now = app.clock.now()
  await app.db.transaction((tx) =>
    tx.insert(guardianConsents).values({
      id: newId(),
      personId: allowed.personId,
      guardianName: '家长',
      givenAt: now,
      via: 'paper',
      scope: '学雷锋志愿服务日',
      createdAt: now,
    }),
  )
  expect((await checkIn(app, alone)).status).toBe(200)
  expect((await checkIn(app, allowed)).status).toBe(200)
  expect((await recorded(app, alone))?.flags).toEqual(['consent_missing'])
  expect((await recorded(app, allowed))?.flags).toBe(null)
})

test('a link opens only its own assignments, and only while it lives', async () => {
  await using app = await startApp(onTime)
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
  ['the event is cancelled', 'event.cancelled', events, 'cancelledAt'],
  ['the event is closed', 'event.closed', events, 'closedAt'],
  ['the shift is cancelled', 'shift.cancelled', shifts, 'cancelledAt'],
  ['the assignment is cancelled', 'assignment.cancelled', assignments, 'cancelledAt'],
] as const)('when %s nobody can check in', async (_, code, table, column) => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  await app.db.transaction((tx) =>
    tx
      .update(table as typeof events)
      .set({ [column]: app.clock.now() })
      .returning(),
  )
  const refused = await checkIn(app, volunteer)
  expect([refused.status, refused.body.code]).toEqual([409, code])
  expect(await totals(app, day)).toMatchObject({ present: 0 })
})

test('nobody checks out who is not here, and the first check-out counts', async () => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const early = await checkOut(app, volunteer)
  expect([early.status, early.body.code]).toEqual([409, 'attendance.not_present'])
  await checkIn(app, volunteer)
  await app.advance({ hours: 1 })
  const first = await checkOut(app, volunteer)
  await app.advance({ hours: 1 })
  expect((await checkOut(app, volunteer)).body).toEqual(first.body)
  expect(await totals(app, day)).toMatchObject({ checkedOut: 1, minutes: first.body.minutes })
})

test.each([
  ['no operation', { operationId: undefined }],
  ['an operation that is no id', { operationId: 'a b' }],
  ['a position off the earth', { position: { latitude: 91, longitude: 0 } }],
  ['half a position', { position: { latitude: 41 } }],
  ['a time of its own', { at: '2026-03-04T13:00:00Z' }],
])('a request with %s is refused and changes nothing', async (_, body) => {
  await using app = await startApp(onTime)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  expect((await checkIn(app, volunteer, body)).status).toBeGreaterThanOrEqual(400)
  expect(await recorded(app, volunteer)).toBe(undefined)
})
