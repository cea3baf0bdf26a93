/** What was done by a right ends with the right; who is one human is one human in every record. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { attendances } from '#modules/attendance/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, type Volunteer } from '#test/support/factories/attendance.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const start = '2026-03-04T13:40:00+08:00'

let app: TestApp
let day: Day
let team: { id: string }
let leader: SignedIn
let people: Volunteer[]
beforeAll(async () => {
  app = await startApp({ at: start, worker: false })
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  app.clock.set(instantFrom(start))
  day = await aDay(app)
  const { id: unitId } = await aUnit(app.db, { districtCode: '210502' })
  team = await aTeam(app.db, { unitId })
  leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  people = [await aVolunteer(app, day, { teamId: team.id }), await aVolunteer(app, day, { teamId: team.id })]
})

const at = () => app.clock.now()
const unitOf = async (teamId: string) => {
  const [found] = await app.db.read.select({ unitId: teams.unitId }).from(teams).where(eq(teams.id, teamId))
  return { unitId: found!.unitId as string }
}
const isPerson = ({ userId }: SignedIn, personId: string) =>
  app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)))

async function aPass(who: SignedIn, body: object = { teamId: team.id }): Promise<string> {
  const { body: issued } = await app
    .as(who)
    .post(`/api/shifts/${day.shiftId}/roll-passes`)
    .send(body)
    .expect(201)
  return issued.url.split('/').at(-1)
}
const openedBy = async (pass: string) => {
  const { status, body } = await app.request.get(`/api/roll/${pass}`)
  return status === 200 ? body.entries.length : `${status} ${body.code}`
}
const calledBy = async (pass: string) =>
  (await app.request.put(`/api/roll/${pass}`).send({ operationId: newId(), entries: [], rest: 'present' }))
    .status

test('a roll pass opens nothing once who issued it has lost the role', async () => {
  const pass = await aPass(leader)
  expect(await openedBy(pass)).toBe(2)
  const revoke = (revokedAt: ReturnType<typeof at> | null) =>
    app.db.transaction((tx) =>
      tx.update(roleGrants).set({ revokedAt }).where(eq(roleGrants.userId, leader.userId)),
    )
  await revoke(at())
  expect([await openedBy(pass), await calledBy(pass)]).toEqual(['410 roll_pass.ended', 410])
  await revoke(null)
  expect(await openedBy(pass)).toBe(2)
})

test('a roll pass ends with the account of who issued it', async () => {
  const pass = await aPass(leader)
  const disable = { disabledAt: at() }
  await app.db.transaction((tx) => tx.update(users).set(disable).where(eq(users.id, leader.userId)))
  expect([await openedBy(pass), await calledBy(pass)]).toEqual(['410 roll_pass.ended', 410])
})

test('the pass of a person in charge ends when another is in charge', async () => {
  await isPerson(leader, day.inChargeId)
  const pass = await aPass(leader, {})
  expect(await openedBy(pass)).toBe(2)
  const { id: inChargePersonId } = await aPerson(app)
  await app.db.transaction((tx) =>
    tx.update(shifts).set({ inChargePersonId }).where(eq(shifts.id, day.shiftId)),
  )
  expect(await openedBy(pass)).toBe('410 roll_pass.ended')
})

test('a pass of whoever is in charge names what they see themselves: adults around the shift, and no pupils of others', async () => {
  await isPerson(leader, day.inChargeId)
  const school = await aTeam(app.db)
  const pupil = await aVolunteer(app, day, { teamId: school.id, birthDate: '2015-03-01' })
  const grownUp = await aVolunteer(app, day, { teamId: (await aTeam(app.db)).id })
  const mine = await aVolunteer(app, day, { teamId: team.id, birthDate: '2015-03-01' })
  for (const { assignmentId } of [pupil, mine])
    await app.db.transaction((tx) =>
      tx.update(assignments).set({ minor: true }).where(eq(assignments.id, assignmentId)),
    )
  const named = async (pass: string) => {
    const { body } = await app.request.get(`/api/roll/${pass}`).expect(200)
    return [body.entries.map((entry: { assignmentId: string }) => entry.assignmentId).sort(), body.unnamed]
  }
  const ids = (...some: Volunteer[]) => some.map(({ assignmentId }) => assignmentId).sort()
  const whole = await aPass(leader, {})
  const ofSchool = await aPass(leader, { teamId: school.id })
  expect(await named(whole)).toEqual([ids(...people, mine, grownUp), 1])
  expect(await named(ofSchool)).toEqual([[], 1])
  const { text } = await app.request.get(`/roll/${whole}`).set('accept', 'text/html').expect(200)
  expect(text).toContain('另有1人未列名')
  const mark = async (pass: string, { assignmentId }: Volunteer) => {
    const entries = [{ assignmentId, is: 'present' }]
    const { body } = await app.request.put(`/api/roll/${pass}`).send({ operationId: newId(), entries })
    return body.answers[0].result
  }
  expect([await mark(whole, pupil), await mark(ofSchool, pupil)]).toEqual(['missing', 'missing'])
  expect([await mark(whole, grownUp), await mark(whole, mine)]).toEqual(['recorded', 'recorded'])
  const rest = { operationId: newId(), entries: [], rest: 'present' }
  const { body: all } = await app.request.put(`/api/roll/${whole}`).send(rest).expect(200)
  expect(all.answers.map(({ assignmentId }: { assignmentId: string }) => assignmentId).sort()).toEqual(
    ids(...people),
  )
  // Earlier than two hours before, it names those of the own team alone.
  await app.db.transaction((tx) =>
    tx
      .update(shifts)
      .set({ startsAt: at().plus({ hours: 3 }), endsAt: at().plus({ hours: 5 }) })
      .where(eq(shifts.id, day.shiftId)),
  )
  expect(await named(whole)).toEqual([ids(...people, mine), 2])
})

test('nobody grades their own place B by another record of themselves', async () => {
  const [own, other] = people as [Volunteer, Volunteer]
  const elsewhere = await aTeam(app.db)
  const { id: atOffice } = await aPerson(app, { name: '张小三', teamId: elsewhere.id })
  await isPerson(leader, atOffice)
  const call = ({ assignmentId }: Volunteer) =>
    app.as(leader).put(`/api/assignments/${assignmentId}/check-in`).send({ operationId: newId() }).expect(200)
  await app
    .as('city_office')
    .put(`/api/persons/${atOffice}/other-records/${own.personId}`)
    .expect((reply) => {
      if (reply.status >= 300) throw new Error(JSON.stringify(reply.body))
    })
  expect([(await call(own)).body.grade, (await call(other)).body.grade]).toEqual(['C', 'B'])
})

test('nobody is the second person for themselves by another record', async () => {
  const [own] = people as [Volunteer]
  const { id: atOffice } = await aPerson(app, { name: '张小三', teamId: (await aTeam(app.db)).id })
  await app.as('city_office').put(`/api/persons/${atOffice}/other-records/${own.personId}`)
  await isPerson(leader, atOffice)
  await app.db.transaction((tx) =>
    tx
      .update(shifts)
      .set({ startsAt: at().minus({ hours: 5 }), endsAt: at().minus({ hours: 1 }) })
      .where(eq(shifts.id, day.shiftId)),
  )
  const asked = await app.request
    .put(`/api/c/${own.token}/assignments/${own.assignmentId}/late-entry`)
    .send({ operationId: newId(), reason: '手机没电，现场有照片' })
    .expect(200)
  const decide = (who: SignedIn) =>
    app.as(who).put(`/api/late-entries/${asked.body.id}/decision`).send({ approved: true })
  expect((await decide(leader)).body.code).toBe('late_entry.not_yours')
  const second = await app.signIn({ role: 'team_leader', teamId: team.id })
  expect((await decide(second)).status).toBe(200)
})

test('what was tapped without network is handed in by who loaded the roll, nobody else', async () => {
  const [one] = people as [Volunteer]
  const loaded = await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`).expect(200)
  const moment = at().toISO()
  const handIn = (who: SignedIn) =>
    app
      .as(who)
      .put(`/api/shifts/${day.shiftId}/roll`)
      .send({
        operationId: newId(),
        entries: [{ assignmentId: one.assignmentId, is: 'present', at: moment }],
        offline: { stamp: loaded.body.stamp, loadedAt: moment, sentAt: moment },
      })
  const another = await app.signIn({ role: 'team_leader', teamId: team.id })
  expect((await handIn(another)).body.code).toBe('roll.stamp')
  expect((await handIn(leader)).status).toBe(200)
})

test('the number of a shift is that of who is in charge, until two hours after its end; a deputy’s is not given', async () => {
  const { id: deputyPersonId } = await aPerson(app, { name: '李副手', phone: aPhone() })
  const set = (values: Partial<typeof shifts.$inferInsert>) =>
    app.db.transaction((tx) => tx.update(shifts).set(values).where(eq(shifts.id, day.shiftId)))
  const shown = async () => {
    const { body } = await app
      .as('city_office')
      .get(`/api/events/${day.eventId}/zones/${day.zoneId}/in-charge`)
      .expect(200)
    return body.items[0].people.map(({ role, phone }: Record<string, string>) => [role, phone !== null])
  }
  await set({ deputyPersonId })
  expect(await shown()).toEqual([
    ['in_charge', true],
    ['deputy', false],
  ])
  await set({ inChargePersonId: null })
  expect(await shown()).toEqual([['deputy', true]])
  await set({ startsAt: at().minus({ hours: 6 }), endsAt: at().minus({ hours: 3 }) })
  expect(await shown()).toEqual([['deputy', false]])
})

test('a personal link gives the number of who is in charge until two hours after the shift, and no longer', async () => {
  const [{ token }] = people as [Volunteer, ...Volunteer[]]
  const contact = async () =>
    (await app.request.get(`/api/c/${token}`).expect(200)).body.assignments[0].contact
  const page = async () =>
    (await app.request.get(`/c/${token}`).set('accept', 'text/html').expect(200)).text.includes(
      day.inChargePhone,
    )
  expect([(await contact()).phone, await page()]).toEqual([day.inChargePhone, true])
  app.clock.set(instantFrom('2026-03-04T19:29:00+08:00'))
  expect([(await contact()).phone, await page()]).toEqual([day.inChargePhone, true])
  app.clock.set(instantFrom('2026-03-04T19:30:00+08:00'))
  expect([await contact(), await page()]).toEqual([{ name: '王主任', phone: null }, false])
})

test('an act over nothing is the organiser’s, and no district’s', async () => {
  const district = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const preview = (where: object) =>
    app
      .as(district)
      .post(`/api/events/${day.eventId}/shift-cancellations/preview`)
      .send({ where, reason: '暴雨' })
  const answers = [await preview({ zoneIds: [newId()] }), await preview({ zoneIds: [day.zoneId] })]
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
})

test('a shift that was declined stays declined, whatever is taken off and put on again', async () => {
  const [one] = people as [Volunteer]
  await app.request.put(`/api/c/${one.token}/answer`).send({ answer: 'declined' }).expect(200)
  const place = `/api/shifts/${day.shiftId}/assignments/${one.personId}`
  const removed = await app.as(leader).delete(place)
  const put = await app.as(leader).put(place).send({})
  expect([removed.status < 300, put.status, put.body.code]).toEqual([true, 409, 'assignment.declined'])
  const participation = await app.as(leader).get(`/api/participations/${one.participationId}`).expect(200)
  expect(participation.body.answer).toBe('declined')
})

const over = () =>
  app.db.transaction((tx) =>
    tx
      .update(shifts)
      .set({ startsAt: at().minus({ hours: 5 }), endsAt: at().minus({ hours: 1 }) })
      .where(eq(shifts.id, day.shiftId)),
  )

test('whoever appointed somebody is not the second person for them by taking the role back first', async () => {
  await over()
  const { unitId } = await unitOf(team.id)
  const liaison = await app.signIn({ role: 'unit_administrator', unitId })
  const grant = (set: object) =>
    app.db.transaction((tx) => tx.update(roleGrants).set(set).where(eq(roleGrants.userId, leader.userId)))
  await grant({ grantedBy: liaison.userId })
  const [{ assignmentId }] = people as [Volunteer]
  const body = { operationId: newId(), reason: '在场，点名时在车上', entries: [{ assignmentId }] }
  const entered = await app.as(leader).put(`/api/shifts/${day.shiftId}/late-entries`).send(body).expect(200)
  await grant({ revokedAt: at() })
  const [{ lateEntryId }] = entered.body.answers
  const decided = await app
    .as(liaison)
    .put(`/api/late-entries/${lateEntryId}/decision`)
    .send({ approved: true })
  expect([decided.status, decided.body.code]).toEqual([403, 'late_entry.not_yours'])
})

test('whoever may hold the link of somebody is not the second person for what was asked by it', async () => {
  await over()
  const [first, second, third] = [...people, await aVolunteer(app, day, { teamId: team.id })] as Volunteer[]
  const phone = aPhone()
  // The leader moves the link of one to another number, and is reached at the number of the next.
  await app
    .as(leader)
    .put(`/api/participations/${first!.participationId}/number`)
    .send({ phone: aPhone() })
    .expect(200)
  const head = await aPerson(app, { phone, teamId: team.id })
  await isPerson(leader, head.id)
  await app
    .as('city_office')
    .post(`/api/persons/${second!.personId}/contacts`)
    .send({ kind: 'phone', value: phone })
    .expect(201)
  const tokens = [
    personalLink(app.context.keys, first!.participationId, 2).token,
    second!.token,
    third!.token,
  ]
  const decided = []
  for (const [n, { assignmentId }] of [first!, second!, third!].entries()) {
    const asked = await app.request
      .put(`/api/c/${tokens[n]}/assignments/${assignmentId}/late-entry`)
      .send({ operationId: newId(), reason: '在场，手机没电了' })
      .expect(200)
    const answer = await app
      .as(leader)
      .put(`/api/late-entries/${asked.body.id}/decision`)
      .send({ approved: true })
    decided.push(answer.body.code ?? answer.body.state)
  }
  expect(decided).toEqual(['late_entry.not_yours', 'late_entry.not_yours', 'approved'])
})

test('the number of somebody who left the team is their leader’s no more', async () => {
  const read = async () =>
    (await app.as(leader).get(`/api/events/${day.eventId}/numbers`).expect(200)).body.items.map(
      ({ person }: { person: { id: string } }) => person.id,
    )
  const [one, other] = people as [Volunteer, Volunteer]
  expect((await read()).sort()).toEqual([one.personId, other.personId].sort())
  await app.as('city_office').delete(`/api/teams/${team.id}/members/${one.personId}`).expect(204)
  expect(await read()).toEqual([other.personId])
})

/** A leader who loaded the roll and went out of reach; what they tap, they hand in later. */
async function withoutNetwork() {
  const { body } = await app.as(leader).get(`/api/shifts/${day.shiftId}/attendance`).expect(200)
  const loadedAt = at().toISO()
  const offline = () => ({ stamp: body.stamp, loadedAt, sentAt: at().toISO() })
  return { offline, now: () => at().toISO() }
}

/** The team is led by somebody else from now on. */
async function handOver() {
  const { id: personId } = await aPerson(app, { name: '李接任', birthDate: '1990-01-01', teamId: team.id })
  const seen = await app.as('city_office').get(`/api/teams/${team.id}`)
  await app
    .as('city_office')
    .put(`/api/teams/${team.id}/leadership`)
    .set('if-match', seen.headers.etag as string)
    .send({ personId })
    .expect(200)
}

const handIn = (entries: object[], offline?: object) =>
  app
    .as(leader)
    .put(`/api/shifts/${day.shiftId}/roll`)
    .send({ operationId: newId(), entries, ...(offline ? { offline } : {}) })

test('what a leader tapped before the team was handed over is kept, and what they tapped after is refused by that name', async () => {
  const [before, after] = people as [Volunteer, Volunteer]
  const stranger = await aVolunteer(app, day, { teamId: (await aTeam(app.db)).id })
  const phone = await withoutNetwork()
  const tapped = (volunteer: Volunteer, is = 'present') => {
    return { assignmentId: volunteer.assignmentId, is, at: phone.now() }
  }
  await app.advance({ minutes: 5 })
  const entries = [tapped(before), tapped(stranger)]
  await app.advance({ minutes: 5 })
  await handOver()
  await app.advance({ minutes: 5 })
  const all = [...entries, tapped(after)]
  const results = ({ body }: { body: { answers: { result: string }[] } }) =>
    body.answers.map(({ result }) => result)
  expect(results(await handIn(all, phone.offline()).expect(200))).toEqual([
    'recorded',
    'missing',
    'handed_over',
  ])
  // At once, as of this moment, is after it too.
  const live = await handIn([{ assignmentId: after.assignmentId, is: 'present' }]).expect(200)
  expect(results(live)).toEqual(['handed_over'])
  const [row] = await app.db.read
    .select()
    .from(attendances)
    .where(eq(attendances.assignmentId, before.assignmentId))
  expect(row).toMatchObject({ grade: 'B', via: 'offline_roll', recordedByUserId: leader.userId })
  // Two days later nobody remembers that they led it.
  app.clock.set(at().plus({ hours: 49 }))
  expect(results(await handIn([{ assignmentId: after.assignmentId, is: 'present' }]))).toEqual(['missing'])
})

test('heads that a leader counted before the team was handed over are kept, later ones refused by that name', async () => {
  const allotmentId = newId()
  await app.db.transaction((tx) =>
    tx.insert(allotments).values({
      ...{ id: allotmentId, eventId: day.eventId, shiftId: day.shiftId, teamId: team.id, heads: 20 },
      ...{ origin: 'leader', createdAt: at() },
    }),
  )
  const phone = await withoutNetwork()
  await app.advance({ minutes: 5 })
  const counted = phone.now()
  await app.advance({ minutes: 5 })
  await handOver()
  const count = (who: SignedIn, body: object) =>
    app
      .as(who)
      .put(`/api/allotments/${allotmentId}/group-count`)
      .send({ operationId: newId(), present: 18, adults: 1, companions: 0, ...body })
  const stranger = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const answers = [
    await count(leader, { at: phone.now(), offline: phone.offline() }),
    await count(leader, {}),
    await count(stranger, {}),
    await count(leader, { at: counted, offline: phone.offline() }),
  ]
  expect(answers.map(({ status, body }) => body.code ?? status)).toEqual([
    'group_count.handed_over',
    'group_count.handed_over',
    'allotment.missing',
    200,
  ])
})

test('who was not there yet when it was tapped, and came since, is there', async () => {
  const [one] = people as [Volunteer]
  const phone = await withoutNetwork()
  await app.advance({ minutes: 5 })
  const entry = { assignmentId: one.assignmentId, is: 'absent', at: phone.now() }
  await app.advance({ minutes: 5 })
  await app.request
    .put(`/api/c/${one.token}/assignments/${one.assignmentId}/check-in`)
    .send({ operationId: newId() })
    .expect(200)
  await app.advance({ minutes: 5 })
  const { body } = await handIn([entry], phone.offline()).expect(200)
  expect(body.answers[0].result).toBe('already')
})
