import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { attendanceOperations, attendances, groupCounts } from '#modules/attendance/schema.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, type Volunteer } from '#test/support/factories/attendance.ts'
import { aTeam } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const onTime = { at: '2026-03-04T13:25:00+08:00', worker: false }
const app = sharedApp(onTime)
const office = 'city_office' as const

async function anAllotment(app: TestApp, day: Day, teamId: string): Promise<string> {
  const id = newId()
  const createdAt = app.clock.now()
  const heads = { heads: 45, minors: 40 }
  await app.db.transaction((tx) =>
    tx.insert(allotments).values({
      id,
      eventId: day.eventId,
      shiftId: day.shiftId,
      teamId,
      ...heads,
      origin: 'leader',
      createdAt,
    }),
  )
  return id
}

function callRoll(
  app: TestApp,
  volunteer: Volunteer,
  who: Parameters<TestApp['as']>[0] = office,
  operationId = newId(),
) {
  return app.as(who).put(`/api/assignments/${volunteer.assignmentId}/check-in`).send({ operationId })
}

function selfCheckIn(app: TestApp, volunteer: Volunteer) {
  return app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-in`)
    .send({ operationId: newId() })
}

function operationsOf(app: TestApp, { assignmentId }: Volunteer) {
  return app.db.read
    .select({ kind: attendanceOperations.kind })
    .from(attendanceOperations)
    .where(eq(attendanceOperations.assignmentId, assignmentId))
}

async function live(app: TestApp, day: Day) {
  return (await app.as(office).get(`/api/events/${day.eventId}/attendance`)).body
}

test('a leader calls the roll of their own team and of no other', async () => {
  const day = await aDay(app)
  const [own, other] = [await aVolunteer(app, day), await aVolunteer(app, day)]
  const leader = await app.signIn({ role: 'team_leader', teamId: own.teamId })
  const called = await callRoll(app, own, leader)
  expect(called.status).toBe(200)
  expect(called.body).toMatchObject({ grade: 'B', via: 'roll_call', timing: 'on_time' })
  const foreign = await callRoll(app, other, leader)
  expect([foreign.status, foreign.body.code]).toEqual([404, 'assignment.missing'])
  const roll = await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`)
  expect(roll.body.items.map((entry: { assignmentId: string }) => entry.assignmentId)).toEqual([
    own.assignmentId,
  ])
})

test('a roll-call confirms an own check-in: grade C becomes B, and the first time is kept', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const own = await selfCheckIn(app, volunteer)
  await app.advance({ minutes: 30 })
  const confirmed = await callRoll(app, volunteer)
  expect(confirmed.body).toEqual({ ...own.body, grade: 'B' })
  expect((await live(app, day)).total).toMatchObject({ present: 1, late: 0 })
  const kinds = await operationsOf(app, volunteer)
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(['check_in', 'confirm'])
})

test('a wrong check-in is undone, stays in the log, and can be made again, but not by repeating the old request', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const first = newId()
  await callRoll(app, volunteer, office, first)
  const path = `/api/assignments/${volunteer.assignmentId}/check-in?operationId=`
  const undone = await app.as(office).delete(path + newId())
  expect([undone.status, undone.body.checkInAt]).toEqual([200, null])
  expect((await live(app, day)).total).toMatchObject({ present: 0, late: 0 })
  expect((await callRoll(app, volunteer, office, first)).body.checkInAt).toBe(null)
  expect((await live(app, day)).total).toMatchObject({ present: 0 })
  await app.advance({ hours: 1 })
  expect((await callRoll(app, volunteer)).body).toMatchObject({
    timing: 'late',
    checkInAt: expect.any(String),
  })
  expect((await live(app, day)).total).toMatchObject({ present: 1, late: 1 })
  const kinds = await operationsOf(app, volunteer)
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(['check_in', 'check_in', 'undo'])
  expect(await app.db.read.$count(attendances, eq(attendances.assignmentId, volunteer.assignmentId))).toBe(1)
})

test('undoing a check-in removes its minutes and check-out, too', async () => {
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  await callRoll(app, volunteer)
  await app.advance({ hours: 2 })
  await app
    .as(office)
    .put(`/api/assignments/${volunteer.assignmentId}/check-out`)
    .send({ operationId: newId() })
  expect((await live(app, day)).total).toMatchObject({ present: 1, checkedOut: 1, minutes: 115 })
  await app.as(office).delete(`/api/assignments/${volunteer.assignmentId}/check-in?operationId=${newId()}`)
  expect((await live(app, day)).total).toMatchObject({ present: 0, checkedOut: 0, minutes: 0 })
})

test('missing people are listed from the start of the shift on, without the declined and the excused', async () => {
  const day = await aDay(app)
  const names = ['甲来了', '乙没来', '丙没答', '丁婉拒'] as const
  const answers = ['accepted', 'accepted', null, 'declined'] as const
  const people: Volunteer[] = []
  for (const [at, name] of names.entries())
    people.push(await aVolunteer(app, day, { name, answer: answers[at] }))
  await selfCheckIn(app, people[0] as Volunteer)
  const missing = async (query = '') => {
    const reply = await app.as(office).get(`/api/shifts/${day.shiftId}/attendance?missing=true${query}`)
    return reply.body as { items: { person: { name: string } }[]; nextCursor: string | null }
  }
  expect((await missing()).items).toEqual([])
  await app.advance({ minutes: 20 })
  const first = await missing('&limit=1')
  const second = await missing(`&limit=1&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ person }) => person.name)).toEqual(['丙没答', '乙没来'])
  expect(second.nextCursor).toBe(null)
})

test('heads without names are counted and corrected, all counts are kept, and they are separate from named people', async () => {
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const allotmentId = await anAllotment(app, day, team.id)
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const count = (body: object, who: Parameters<TestApp['as']>[0] = leader) =>
    app.as(who).put(`/api/allotments/${allotmentId}/group-count`).send(body)
  const first = { operationId: newId(), present: 42, adults: 3, companions: 5 }
  expect((await count(first)).body).toMatchObject({ present: 42, adults: 3, companions: 5 })
  expect((await count(first)).status).toBe(200)
  expect((await live(app, day)).total).toMatchObject({
    counted: 42,
    countedAdults: 3,
    companions: 5,
    present: 0,
  })
  expect((await count({ operationId: newId(), present: 40, adults: 4, companions: 0 })).status).toBe(200)
  expect((await live(app, day)).total).toMatchObject({
    counted: 40,
    countedAdults: 4,
    companions: 0,
    present: 0,
  })
  expect(await app.db.read.$count(groupCounts, eq(groupCounts.allotmentId, allotmentId))).toBe(2)
  const impossible = await count({ operationId: newId(), present: 1, adults: 2, companions: 0 })
  expect([impossible.status, impossible.body.code]).toEqual([422, 'group_count.adults'])
  const stranger = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const foreign = await count({ ...first, operationId: newId() }, stranger)
  expect([foreign.status, foreign.body.code]).toEqual([404, 'allotment.missing'])
})

test('of two concurrent head counts one is valid, and the totals match it', async () => {
  const day = await aDay(app)
  const allotmentId = await anAllotment(app, day, (await aTeam(app.db)).id)
  const counts = [10, 20, 30, 40].map((present) =>
    app
      .as(office)
      .put(`/api/allotments/${allotmentId}/group-count`)
      .send({ operationId: newId(), present, adults: 1, companions: 0 }),
  )
  expect((await Promise.all(counts)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const rows = await app.db.read.select().from(groupCounts).where(eq(groupCounts.allotmentId, allotmentId))
  const current = rows.filter(({ supersededAt }) => !supersededAt)
  expect(current).toHaveLength(1)
  expect((await live(app, day)).total.counted).toBe(current[0]?.present)
})

test('live totals of each zone and of the event contain no names', async () => {
  const day = await aDay(app)
  for (let n = 0; n < 3; n++) await selfCheckIn(app, await aVolunteer(app, day, { name: '不应出现' }))
  const body = await live(app, day)
  expect(body.zones).toEqual([
    expect.objectContaining({
      zone: { id: day.zoneId, name: '平山区站前街道' },
      districtCode: '210502',
      present: 3,
      target: 20,
    }),
  ])
  expect(body.total).toMatchObject({ shifts: 1, present: 3, target: 20 })
  expect(JSON.stringify(body)).not.toContain('不应出现')
  expect((await app.request.get(`/api/events/${day.eventId}/attendance`)).status).toBe(401)
  expect((await app.as('viewer').get(`/api/events/${day.eventId}/attendance`)).status).toBe(200)
  expect((await app.as('viewer').get(`/api/shifts/${day.shiftId}/attendance`)).status).toBe(403)
})

test('a leader reads all their shifts in one request; the person in charge sees the whole shift around its time', async () => {
  app.clock.set(instantFrom('2026-03-04T11:00:00+08:00'))
  const day = await aDay(app)
  const [own, other] = [await aVolunteer(app, day), await aVolunteer(app, day)]
  const pupil = await aVolunteer(app, day, { birthDate: '2015-03-01' })
  await app.db.transaction((tx) =>
    tx.update(assignments).set({ minor: true }).where(eq(assignments.id, pupil.assignmentId)).returning(),
  )
  const leader = await app.signIn({ role: 'team_leader', teamId: own.teamId })
  const duties = async () => (await app.as(leader).get('/api/my/duties')).body.items
  const roll = async () => {
    const { body } = await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`)
    return body.items.map(({ assignmentId }: { assignmentId: string }) => assignmentId).sort()
  }
  expect(await duties()).toEqual([
    expect.objectContaining({
      shiftId: day.shiftId,
      as: ['leader'],
      expected: 1,
      present: 0,
      meetingPoint: '站前广场东侧',
    }),
  ])
  await app.db.transaction((tx) =>
    tx.update(users).set({ personId: day.inChargeId }).where(eq(users.id, leader.userId)).returning(),
  )
  expect(await duties()).toEqual([expect.objectContaining({ as: ['in_charge', 'leader'], expected: 3 })])
  expect(await roll()).toEqual([own.assignmentId])
  await app.advance({ hours: 1 })
  expect(await roll()).toEqual([own.assignmentId, other.assignmentId].sort())
  await app.advance({ hours: 8 })
  expect(await roll()).toEqual([own.assignmentId])
  expect((await app.as('auditor').get('/api/my/duties')).body.items).toEqual([])
})

test('heads are counted until two hours after the end, and nobody can be excused after the shift', async () => {
  app.clock.set(instantFrom('2026-03-04T19:00:00+08:00'))
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const allotmentId = await anAllotment(app, day, (await aTeam(app.db)).id)
  const count = () =>
    app
      .as(office)
      .put(`/api/allotments/${allotmentId}/group-count`)
      .send({ operationId: newId(), present: 3, adults: 1, companions: 0 })
  expect((await count()).status).toBe(200)
  const excused = await app.as(office).put(`/api/assignments/${volunteer.assignmentId}/excusal`)
  expect([excused.status, excused.body.code]).toEqual([409, 'shift.closed'])
  await app.advance({ hours: 1 })
  expect((await count()).body.code).toBe('attendance.over')
})

test('heads counted without network count when they were counted, and who only stated a number has the duty, too', async () => {
  app.clock.set(instantFrom('2026-03-04T14:00:00+08:00'))
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const allotmentId = await anAllotment(app, day, team.id)
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const duties = (await app.as(leader).get('/api/my/duties').expect(200)).body.items
  expect(duties).toMatchObject([{ shiftId: day.shiftId, as: ['leader'], expected: 0 }])

  const { stamp } = (await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`).expect(200)).body
  const [loaded, counted] = [app.clock.now(), app.clock.now().plus({ minutes: 30 })]
  const sent = (body: object, who: Parameters<TestApp['as']>[0] = leader) =>
    app
      .as(who)
      .put(`/api/allotments/${allotmentId}/group-count`)
      .send({ operationId: newId(), adults: 1, companions: 0, ...body })
  const offline = (at = counted) => ({
    at: at.toISO(),
    offline: { stamp, loadedAt: loaded.toISO(), sentAt: app.clock.now().toISO() },
  })
  await app.advance({ minutes: 60 })
  expect((await sent({ present: 20 })).status).toBe(200)
  // Counted before that, and sent after it: it takes the place of nothing.
  await app.advance({ hours: 7 })
  const late = await sent({ present: 30, ...offline() })
  expect(late.body).toMatchObject({ present: 30 })
  expect(Math.abs(Date.parse(late.body.countedAt) - counted.toMillis())).toBeLessThan(60_000)
  expect((await live(app, day)).total.counted).toBe(20)
  expect((await sent({ present: 25, ...offline(counted.plus({ hours: 2 })) })).status).toBe(200)
  expect((await live(app, day)).total.counted).toBe(25)
  // Without a time that can be verified the counting is over; a stamp is that of whoever loaded the roll.
  expect((await sent({ present: 26 })).body.code).toBe('attendance.over')
  expect((await sent({ present: 26, ...offline(loaded.minus({ hours: 1 })) })).body.code).toBe(
    'attendance.over',
  )
  expect((await sent({ present: 26, at: counted.toISO() })).body.code).toBe('roll.stamp')
  expect((await sent({ present: 26, ...offline() }, office)).body.code).toBe('roll.stamp')
})
