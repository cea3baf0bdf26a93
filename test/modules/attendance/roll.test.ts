import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { attendances, lateEntries } from '#modules/attendance/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, type Volunteer } from '#test/support/factories/attendance.ts'
import { aPerson, aTeam } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const beforeStart = { at: '2026-03-04T13:00:00+08:00', worker: false }
const app = sharedApp(beforeStart)

interface Setting {
  day: Day
  team: { id: string; unitId: string | null }
  people: Volunteer[]
  leader: SignedIn
}

async function aRoll(app: TestApp, size: number): Promise<Setting> {
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const people: Volunteer[] = []
  for (let n = 0; n < size; n++) {
    people.push(await aVolunteer(app, day, { teamId: team.id, name: `队员${'甲乙丙丁戊'[n]}` }))
  }
  return { day, team, people, leader: await app.signIn({ role: 'team_leader', teamId: team.id }) }
}

function call(app: TestApp, { day, leader }: Setting, body: object) {
  return app
    .as(leader)
    .put(`/api/shifts/${day.shiftId}/roll`)
    .send({ operationId: newId(), entries: [], ...body })
}

/** The phone's clock runs wrong by so much. */
function phone(app: TestApp, wrongByMin = 0) {
  return () => app.clock.now().plus({ minutes: wrongByMin }).toISO()
}

async function load(app: TestApp, { day, leader }: Setting): Promise<string> {
  return (await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`)).body.stamp
}

async function rowOf(app: TestApp, { assignmentId }: Volunteer) {
  const [row] = await app.db.read.select().from(attendances).where(eq(attendances.assignmentId, assignmentId))
  return row
}

const results = (body: { answers: { result: string }[] }) => body.answers.map(({ result }) => result)

test('a roll is submitted in one request: all are present except the exceptions, and each entry has its own result', async () => {
  const setting = await aRoll(app, 3)
  const { day, team, people } = setting
  const [a, b, c] = people as [Volunteer, Volunteer, Volunteer]
  const declined = await aVolunteer(app, day, { teamId: team.id, answer: 'declined' })
  const foreign = await aVolunteer(app, day)
  await app.request
    .put(`/api/c/${a.token}/assignments/${a.assignmentId}/check-in`)
    .send({ operationId: newId() })
  const operationId = newId()
  const entries = [
    { assignmentId: b.assignmentId, is: 'absent' },
    { assignmentId: foreign.assignmentId, is: 'present' },
  ]
  const roll = { operationId, rest: 'present', entries }
  const first = await call(app, setting, roll)
  expect(first.status).toBe(200)
  expect(results(first.body)).toEqual(['absent', 'missing', 'confirmed', 'recorded'])
  expect(first.body.answers[2].attendance.grade).toBe('B')
  expect(await rowOf(app, c)).toMatchObject({ grade: 'B', via: 'roll_call', timing: 'on_time' })
  for (const nobody of [b, declined, foreign]) expect(await rowOf(app, nobody)).toBe(undefined)
  expect(results((await call(app, setting, roll)).body)).toEqual(['absent', 'missing'])
  const again = { entries: [{ assignmentId: c.assignmentId, is: 'present' }] }
  expect(results((await call(app, setting, again)).body)).toEqual(['already'])
})

test('the time of the tap counts: an offline roll submitted the next morning has grade B, with the clock corrected', async () => {
  const setting = await aRoll(app, 1)
  const [person] = setting.people as [Volunteer]
  const clock = phone(app, -37)
  const offline = { stamp: await load(app, setting), loadedAt: clock() }
  await app.advance({ minutes: 20 })
  const at = clock()
  await app.advance({ hours: 18 })
  const handedIn = await call(app, setting, {
    entries: [{ assignmentId: person.assignmentId, is: 'present', at }],
    offline: { ...offline, sentAt: clock() },
  })
  expect(results(handedIn.body)).toEqual(['recorded'])
  const row = await rowOf(app, person)
  expect(row).toMatchObject({ grade: 'B', via: 'offline_roll', timing: 'on_time' })
  expect(row?.checkInAt?.setZone('Asia/Shanghai').toFormat('dd HH:mm')).toBe('04 13:20')
  expect(row?.createdAt.setZone('Asia/Shanghai').toFormat('dd HH:mm')).toBe('05 07:20')
})

test.each([
  ['whose clock was set meanwhile', 18, -5],
  ['that comes after noon of the next day', 24, 0],
])('a roll %s waits for a second person', async (_, hours, setByMin) => {
  const setting = await aRoll(app, 1)
  const [person] = setting.people as [Volunteer]
  const offline = { stamp: await load(app, setting), loadedAt: phone(app)() }
  await app.advance({ minutes: 20 })
  const at = phone(app, setByMin + 6)()
  await app.advance({ hours })
  const handedIn = await call(app, setting, {
    entries: [{ assignmentId: person.assignmentId, is: 'present', at }],
    offline: { ...offline, sentAt: phone(app, setByMin)() },
  })
  expect(results(handedIn.body)).toEqual(['pending'])
  expect(await rowOf(app, person)).toBe(undefined)
  const [entry] = await app.db.read
    .select()
    .from(lateEntries)
    .where(eq(lateEntries.assignmentId, person.assignmentId))
  expect(entry).toMatchObject({ origin: 'roll', assignmentId: person.assignmentId, decidedAt: null })
})

test('the next day a roll without the phone’s times is refused, and so is a stamp of another shift', async () => {
  const setting = await aRoll(app, 1)
  const [person] = setting.people as [Volunteer]
  const entries = [{ assignmentId: person.assignmentId, is: 'present' }]
  const foreign = await aDay(app)
  const stamp = await load(app, { ...setting, day: foreign })
  const times = { loadedAt: phone(app)(), sentAt: phone(app)() }
  expect((await call(app, setting, { entries, offline: { stamp, ...times } })).body.code).toBe('roll.stamp')
  expect((await call(app, setting, { entries: [{ ...entries[0], at: times.sentAt }] })).body.code).toBe(
    'roll.stamp',
  )
  await app.advance({ hours: 20 })
  expect(results((await call(app, setting, { entries })).body)).toEqual(['over'])
  expect(await rowOf(app, person)).toBe(undefined)
})

test('nobody can give themselves grade B', async () => {
  const setting = await aRoll(app, 2)
  const [own, other] = setting.people as [Volunteer, Volunteer]
  await app.db.transaction((tx) =>
    tx.update(users).set({ personId: own.personId }).where(eq(users.id, setting.leader.userId)).returning(),
  )
  await call(app, setting, { rest: 'present' })
  expect([(await rowOf(app, own))?.grade, (await rowOf(app, other))?.grade]).toEqual(['C', 'B'])
})

test('a roll pass shows the names of one team, records the roll, and expires two hours after the shift', async () => {
  const setting = await aRoll(app, 2)
  const { day, team, people, leader } = setting
  const stranger = await aVolunteer(app, day, { name: '外人' })
  const issued = await app.as(leader).post(`/api/shifts/${day.shiftId}/roll-passes`).send({ teamId: team.id })
  expect(issued.status).toBe(201)
  const path = new URL(issued.body.url).pathname
  const page = () => app.request.get(path).set('accept', 'text/html').set('accept-language', 'zh')
  const first = await page()
  expect(first.text).toContain('已到0人，应到2人。')
  expect(first.text).toContain('队员甲')
  expect(first.text).not.toMatch(/外人|tel:|1[3-9]\d{9}/)
  expect(Buffer.byteLength(first.text)).toBeLessThanOrEqual(15 * 1024)
  const [one] = people as [Volunteer]
  const mark = (assignmentId: string, is: string) =>
    app.request
      .post(path)
      .type('form')
      .set('accept', 'text/html')
      .send({ operationId: newId(), assignmentId, is })
  expect((await mark(one.assignmentId, 'present')).status).toBe(303)
  expect(await rowOf(app, one)).toMatchObject({ grade: 'B', recordedByUserId: leader.userId })
  expect((await page()).text).toContain('已到1人，应到2人。')
  expect((await mark(stranger.assignmentId, 'present')).status).toBe(303)
  expect(await rowOf(app, stranger)).toBe(undefined)
  const twin = await app.request.get(`/api${path}`)
  expect(
    twin.body.entries.map(({ name, present }: { name: string; present: boolean }) => [name, present]),
  ).toEqual(
    expect.arrayContaining([
      ['队员甲', true],
      ['队员乙', false],
    ]),
  )
  const rest = await app.request
    .put(`/api${path}`)
    .send({ operationId: newId(), entries: [], rest: 'present' })
  expect(results(rest.body)).toEqual(['recorded'])
  const other = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const denied = await app.as(other).post(`/api/shifts/${day.shiftId}/roll-passes`).send({ teamId: team.id })
  expect(denied.status).toBe(404)
  expect((await app.as(other).delete(`/api/roll-passes/${issued.body.id}`)).status).toBe(404)
  await app.advance({ hours: 6, minutes: 31 })
  const over = await page()
  expect([over.status, over.text.includes('点名凭证已失效')]).toEqual([410, true])
})

test('a roll pass is revoked at once, both are in the audit trail, and the person in charge gets a pass for the whole shift', async () => {
  const { day, leader } = await aRoll(app, 1)
  await app.db.transaction((tx) =>
    tx.update(users).set({ personId: day.inChargeId }).where(eq(users.id, leader.userId)).returning(),
  )
  await aVolunteer(app, day, { name: '别队的人' })
  const issued = await app.as(leader).post(`/api/shifts/${day.shiftId}/roll-passes`).send({})
  const path = `/api${new URL(issued.body.url).pathname}`
  expect((await app.request.get(path)).body.entries).toHaveLength(2)
  expect((await app.as(leader).delete(`/api/roll-passes/${issued.body.id}`)).status).toBe(204)
  const ended = await app.request.get(path)
  expect([ended.status, ended.body.code]).toEqual([410, 'roll_pass.ended'])
  const actions = await app.db.read
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.actorId, leader.userId))
  expect(actions.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['roll_pass.issued', 'roll_pass.revoked']),
  )
})

test('the liaison of the unit and the deputy of the shift issue a pass, too, and each only for what is theirs', async () => {
  const { day, team } = await aRoll(app, 2)
  await aVolunteer(app, day, { name: '别队的人' })
  const passes = `/api/shifts/${day.shiftId}/roll-passes`
  const namesBy = async (who: SignedIn, body: object) => {
    const { body: issued } = await app.as(who).post(passes).send(body).expect(201)
    const { body: read } = await app.request.get(`/api${new URL(issued.url).pathname}`).expect(200)
    return read.entries.length
  }
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: team.unitId as string })
  expect(await namesBy(liaison, { teamId: team.id })).toBe(2)
  // The whole shift is the affair of whoever is in charge of it.
  expect((await app.as(liaison).post(passes).send({}).expect(403)).body.code).toBe('access.denied')

  const deputy = await app.signIn({ role: 'viewer' })
  const { id: personId } = await aPerson(app, { name: '李副主任', phone: '15400009998' })
  await app.db.transaction(async (tx) => {
    await tx.update(users).set({ personId }).where(eq(users.id, deputy.userId))
    await tx.update(shifts).set({ deputyPersonId: personId }).where(eq(shifts.id, day.shiftId))
  })
  expect(await namesBy(deputy, {})).toBe(3)
  const elsewhere = await aDay(app)
  await app.as(deputy).post(`/api/shifts/${elsewhere.shiftId}/roll-passes`).send({}).expect(403)
})

test('the end of a shift is one request: everybody who is here leaves, but those named, and their time ends with the shift', async () => {
  app.clock.set(instantFrom('2026-03-04T13:20:00+08:00'))
  const setting = await aRoll(app, 3)
  const [here, gone, late] = setting.people as [Volunteer, Volunteer, Volunteer]
  const foreign = await aVolunteer(app, setting.day)
  await app
    .as('city_office')
    .put(`/api/assignments/${foreign.assignmentId}/check-in`)
    .send({ operationId: newId() })
  const come = [here, gone].map(({ assignmentId }) => ({ assignmentId, is: 'present' }))
  await call(app, setting, { entries: come })
  await app.advance({ hours: 2 })
  await call(app, setting, { entries: [{ assignmentId: gone.assignmentId, is: 'left' }] })
  await app.advance({ hours: 2, minutes: 40 })
  const operationId = newId()
  const end = () => call(app, setting, { operationId, rest: 'left' })
  const first = await end()
  expect([first.status, results(first.body)]).toEqual([200, ['left']])
  expect((await end()).body.answers).toEqual([])
  expect(await rowOf(app, here)).toMatchObject({ minutes: 240 })
  expect(await rowOf(app, gone)).toMatchObject({ minutes: 110 })
  expect([await rowOf(app, late), (await rowOf(app, foreign))?.checkOutAt]).toEqual([undefined, null])
})
