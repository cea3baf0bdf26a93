/** Rain at half past two: the shift is cancelled while people are at the place. */
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { attendances } from '#modules/attendance/schema.ts'
import { allotments } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { aDay, aVolunteer, type Day } from '#test/support/factories/attendance.ts'
import { aTeam } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-04T13:00:00+08:00' })
beforeEach(() => app.clock.set(instantFrom('2026-03-04T13:00:00+08:00')))

const office = () => app.as('city_office')

async function aTeamAtThePlace(size: number) {
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const people = []
  for (let n = 0; n < size; n++) people.push(await aVolunteer(app, day, { teamId: team.id }))
  const leader = app.as(await app.signIn({ role: 'team_leader', teamId: team.id }))
  return { day, team, people, leader }
}

async function cancel({ shiftId }: Day) {
  await office().put(`/api/shifts/${shiftId}/cancellation`).send({ reason: '因雨' }).expect(200)
  await app.settled()
}

async function cancelEvent({ eventId }: Day) {
  const seen = await office().get(`/api/events/${eventId}`)
  await office()
    .put(`/api/events/${eventId}/cancellation`)
    .set('If-Match', seen.headers.etag as string)
    .send({ reason: '因雨' })
    .expect(200)
  await app.settled()
}

type Person = Awaited<ReturnType<typeof aVolunteer>>

const now = () => app.clock.now().toISO()
const results = (body: { answers: { result: string }[] }) => body.answers.map(({ result }) => result)

test.each([
  ['shift', cancel],
  ['event', cancelEvent],
] as const)(
  'what was tapped without network before the %s was cancelled took place; what was tapped after did not',
  async (_, callOff) => {
    const { day, people, leader } = await aTeamAtThePlace(2)
    const [before, after] = people as [(typeof people)[0], (typeof people)[0]]
    const { stamp } = (await leader.get(`/api/shifts/${day.shiftId}/attendance`).expect(200)).body
    const loadedAt = now()
    await app.advance({ minutes: 25 })
    const tapped = now()
    await app.advance({ minutes: 65 })
    await callOff(day)
    await app.advance({ minutes: 10 })
    const tappedLater = now()
    await app.advance({ minutes: 30 })
    const handedIn = await leader.put(`/api/shifts/${day.shiftId}/roll`).send({
      operationId: newId(),
      entries: [
        { assignmentId: before.assignmentId, is: 'present', at: tapped },
        { assignmentId: after.assignmentId, is: 'present', at: tappedLater },
      ],
      offline: { stamp, loadedAt, sentAt: now() },
    })
    expect(results(handedIn.body)).toEqual(['recorded', 'cancelled'])
    const [row] = await app.db.read
      .select()
      .from(attendances)
      .where(eq(attendances.assignmentId, before.assignmentId))
    expect(row).toMatchObject({ grade: 'B', via: 'offline_roll', timing: 'on_time' })
  },
)

test('heads that were counted without network before the shift was cancelled were there', async () => {
  const { day, team, leader } = await aTeamAtThePlace(1)
  const allotmentId = newId()
  await app.db.transaction((tx) =>
    tx.insert(allotments).values({
      ...{ id: allotmentId, eventId: day.eventId, shiftId: day.shiftId, teamId: team.id, heads: 20 },
      ...{ origin: 'leader', createdAt: app.clock.now() },
    }),
  )
  const { stamp } = (await leader.get(`/api/shifts/${day.shiftId}/attendance`).expect(200)).body
  const loadedAt = now()
  await app.advance({ minutes: 40 })
  const counted = now()
  await app.advance({ minutes: 30 })
  await cancel(day)
  const send = (body: object) =>
    leader
      .put(`/api/allotments/${allotmentId}/group-count`)
      .send({ operationId: newId(), present: 18, adults: 1, companions: 0, ...body })
  const late = await send({ at: counted, offline: { stamp, loadedAt, sentAt: now() } })
  expect([late.status, late.body.present]).toEqual([200, 18])
  expect((await send({})).body.code).toBe('shift.cancelled')
})

test.each([
  ['shift', cancel],
  ['event', cancelEvent],
] as const)(
  'whoever is there when the %s is cancelled still leaves: by the page, or with the leader',
  async (_, callOff) => {
    const { day, people, leader } = await aTeamAtThePlace(3)
    const [own, led] = people as [(typeof people)[0], (typeof people)[0]]
    // Of another team, and there until the end of the day: the shift is not over for its leader.
    const staying = await aVolunteer(app, day, { teamId: (await aTeam(app.db)).id })
    const duties = async () =>
      (await leader.get('/api/my/duties').expect(200)).body.items.map(
        // biome-ignore lint/suspicious/noExplicitAny: a view of the API
        ({ shiftId, cancelled, present }: any) => ({ shiftId, cancelled, present }),
      )
    await app.advance({ minutes: 30 })
    for (const { token, assignmentId } of [own, led, staying])
      await app.request
        .put(`/api/c/${token}/assignments/${assignmentId}/check-in`)
        .send({ operationId: newId() })
        .expect(200)
    await app.advance({ minutes: 60 })
    await callOff(day)
    expect(await duties()).toEqual([{ shiftId: day.shiftId, cancelled: true, present: 2 }])

    const page = (await app.request.get(`/c/${own.token}`).set('accept', 'text/html').expect(200)).text
    expect(page).toContain('签退')
    expect((await app.request.get(`/c/${people[2]!.token}`).set('accept', 'text/html')).text).not.toContain(
      '我到了',
    )
    await app.request
      .put(`/api/c/${own.token}/assignments/${own.assignmentId}/check-out`)
      .send({ operationId: newId(), early: true })
      .expect(200)
    // Closed in the evening: the time given ends with the cancellation, not with the shift that was planned.
    await app.advance({ hours: 4 })
    const closed = await leader
      .put(`/api/shifts/${day.shiftId}/roll`)
      .send({ operationId: newId(), entries: [], rest: 'left' })
      .expect(200)
    expect(closed.body.answers).toMatchObject([{ result: 'left', attendance: { minutes: 60 } }])
    expect(await duties()).toEqual([])
  },
)

test.each([
  ['shift', cancel],
  ['event', cancelEvent],
] as const)(
  'whoever was there until the %s was cancelled, and is not recorded, is entered afterwards: until then, not to the end',
  async (_, callOff) => {
    const { day, people, leader } = await aTeamAtThePlace(3)
    const [own, led, never] = people as [Person, Person, Person]
    await app.advance({ minutes: 90 })
    await callOff(day)
    const page = async ({ token }: Person) =>
      (await app.request.get(`/c/${token}`).set('accept', 'text/html').expect(200)).text
    expect(await page(own)).toMatch(/已取消（原因：因雨）.*申请补录/s)
    const asked = await app.request
      .put(`/api/c/${own.token}/assignments/${own.assignmentId}/late-entry`)
      .send({ operationId: newId(), reason: '下雨前一直在现场' })
      .expect(200)
    expect(await page(own)).not.toContain('申请补录：')
    const entered = await leader
      .put(`/api/shifts/${day.shiftId}/late-entries`)
      .send({ operationId: newId(), reason: '点名前下雨', entries: [{ assignmentId: led.assignmentId }] })
      .expect(200)
    for (const [second, id] of [
      [leader, asked.body.id],
      [office(), entered.body.answers[0].lateEntryId],
    ] as const)
      await second.put(`/api/late-entries/${id}/decision`).send({ approved: true }).expect(200)
    const rows = await app.db.read.select().from(attendances).where(eq(attendances.shiftId, day.shiftId))
    expect(rows.map(({ assignmentId, grade, minutes }) => [assignmentId, grade, minutes]).sort()).toEqual(
      [own, led].map(({ assignmentId }) => [assignmentId, 'D', 60]).sort(),
    )
    expect(await page(own)).toContain('本次服务时长1小时')
    // A roll whose times cannot be proven waits for a second person as well.
    const { stamp } = (await leader.get(`/api/shifts/${day.shiftId}/attendance`).expect(200)).body
    app.clock.set(instantFrom('2026-03-05T13:00:00+08:00'))
    const times = { loadedAt: '2026-03-04T05:00:00.000Z', sentAt: now() }
    const late = await leader.put(`/api/shifts/${day.shiftId}/roll`).send({
      operationId: newId(),
      entries: [{ assignmentId: never.assignmentId, is: 'present', at: '2026-03-04T05:45:00.000Z' }],
      offline: { stamp, ...times },
    })
    expect(results(late.body)).toEqual(['pending'])
  },
)

test('of a shift that was cancelled before it began nobody is entered afterwards', async () => {
  const { day, people } = await aTeamAtThePlace(1)
  await app.advance({ minutes: 20 })
  await cancel(day)
  const [{ token, assignmentId }] = people as [Person]
  const asked = await app.request
    .put(`/api/c/${token}/assignments/${assignmentId}/late-entry`)
    .send({ operationId: newId(), reason: '去过现场' })
  expect([asked.status, asked.body.code]).toEqual([409, 'shift.cancelled'])
})
