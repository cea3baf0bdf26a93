import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { attendances, lateEntries } from '#modules/attendance/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day, type Volunteer } from '#test/support/factories/attendance.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

const morningAfter = { at: '2026-03-05T08:00:00+08:00' }
const reason = '手机没电，现场有照片'

function ask(app: TestApp, { token, assignmentId }: Volunteer, body: object = {}) {
  return app.request
    .put(`/api/c/${token}/assignments/${assignmentId}/late-entry`)
    .send({ operationId: newId(), reason, ...body })
}

function enter(app: TestApp, who: SignedIn, { shiftId }: Day, volunteers: readonly Volunteer[]) {
  const entries = volunteers.map(({ assignmentId }) => ({ assignmentId }))
  return app
    .as(who)
    .put(`/api/shifts/${shiftId}/late-entries`)
    .send({ operationId: newId(), reason, entries })
}

function decide(
  app: TestApp,
  who: Parameters<TestApp['as']>[0],
  id: string,
  body: object = { approved: true },
) {
  return app.as(who).put(`/api/late-entries/${id}/decision`).send(body)
}

async function isPerson(app: TestApp, { userId }: SignedIn, personId: string): Promise<void> {
  await app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)).returning())
}

async function stepOf(app: TestApp, id: string): Promise<number | undefined> {
  const [row] = await app.db.read.select().from(lateEntries).where(eq(lateEntries.id, id))
  return row?.step
}

test('after the shift nobody checks in by link: the person requests a late entry, a second person approves it with grade D', async () => {
  await using app = await startApp(morningAfter)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const leader = await app.signIn({ role: 'team_leader', teamId: volunteer.teamId })
  const checkIn = await app.request
    .put(`/api/c/${volunteer.token}/assignments/${volunteer.assignmentId}/check-in`)
    .send({ operationId: newId() })
  expect([checkIn.status, checkIn.body.code]).toEqual([409, 'attendance.over'])
  const asked = await ask(app, volunteer)
  expect([asked.status, asked.body.state]).toEqual([200, 'pending'])
  expect((await ask(app, volunteer)).body).toEqual(asked.body)
  expect(await app.db.read.$count(attendances)).toBe(0)
  const listed = await app.as(leader).get('/api/late-entries?state=pending')
  expect(listed.body.items).toEqual([
    expect.objectContaining({
      ...{ id: asked.body.id, origin: 'own', asked: 'nearby', reason, state: 'pending' },
      event: { id: day.eventId, name: expect.any(String), timeZone: 'Asia/Shanghai' },
    }),
  ])
  // Whoever is asked is told where their work is; above, it is told that it waits for others.
  const told = async (who: Parameters<TestApp['as']>[0]) => {
    const { waiting, others } = (await app.as(who).get('/api/agenda').expect(200)).body
    const late = ({ because }: { because: string }) => because === 'late_waiting'
    return [waiting, others].map((items) => items.filter(late).map(({ count }: { count: number }) => count))
  }
  expect([await told(leader), await told('city_office')]).toEqual([
    [[1], []],
    [[], [1]],
  ])
  const approved = await decide(app, leader, asked.body.id)
  expect([approved.status, approved.body.state]).toEqual([200, 'approved'])
  expect((await decide(app, leader, asked.body.id)).status).toBe(200)
  expect([await told(leader), await told('city_office')]).toEqual([
    [[], []],
    [[], []],
  ])
  const [row] = await app.db.read.select().from(attendances)
  expect(row).toMatchObject({ grade: 'D', via: 'late_entry', minutes: 240, timing: 'on_time' })
  const page = await app.request.get(`/c/${volunteer.token}`).set('accept', 'text/html')
  expect(page.text).toContain('本次服务时长4小时')
})

test('a late entry can be requested on the page without JavaScript; the page shows that it is pending, and why it was refused', async () => {
  await using app = await startApp(morningAfter)
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day)
  const leader = await app.signIn({ role: 'team_leader', teamId: volunteer.teamId })
  const open = async () =>
    (await app.request.get(`/c/${volunteer.token}`).set('accept', 'text/html').set('accept-language', 'zh'))
      .text
  expect(await open()).toContain('如您当天到过现场，可申请补录。')
  const sent = await app.request
    .post(`/c/${volunteer.token}/late-entry`)
    .type('form')
    .send({ operationId: newId(), assignmentId: volunteer.assignmentId, reason })
  expect(sent.status).toBe(303)
  expect(await open()).toContain('补录申请已提交，待审核。')
  const [entry] = await app.db.read.select().from(lateEntries)
  expect((await decide(app, leader, entry!.id, { approved: false })).body.code).toBe('late_entry.reason')
  await decide(app, leader, entry!.id, { approved: false, reason: '现场未见本人' })
  expect(await open()).toContain('补录申请未通过：现场未见本人')
  expect((await ask(app, volunteer)).body.code).toBe('late_entry.refused')
})

test('a late entry is possible only after the end and within ten working days', async () => {
  await using app = await startApp({ at: '2026-03-04T14:00:00+08:00', worker: false })
  const volunteer = await aVolunteer(app, await aDay(app))
  expect((await ask(app, volunteer)).body.code).toBe('late_entry.not_yet')
  await app.advance({ days: 15 })
  expect((await ask(app, volunteer)).body.code).toBe('late_entry.over')
})

test('a leader never decides their own entry; the second person neither appointed them nor is one of the people entered', async () => {
  await using app = await startApp(morningAfter)
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id })
  const day = await aDay(app)
  const [one, other] = [
    await aVolunteer(app, day, { teamId: team.id }),
    await aVolunteer(app, day, { teamId: team.id }),
  ]
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const inCharge = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  await isPerson(app, inCharge, day.inChargeId)
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const entered = await enter(app, leader, day, [one, other])
  const [first, second] = entered.body.answers.map(({ lateEntryId }: { lateEntryId: string }) => lateEntryId)
  expect((await decide(app, leader, first)).body.code).toBe('late_entry.not_yours')
  expect((await decide(app, liaison, first)).body.code).toBe('late_entry.not_yours')
  expect((await decide(app, inCharge, first)).body.state).toBe('approved')
  await isPerson(app, inCharge, other.personId)
  expect((await decide(app, inCharge, second)).status).toBe(404)
})

test('several entries of a shift are decided with one reason, each by its own rules, and answered entry by entry', async () => {
  await using app = await startApp(morningAfter)
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id })
  const [day, elsewhere] = [await aDay(app), await aDay(app)]
  const people: Volunteer[] = []
  for (let n = 0; n < 4; n++) people.push(await aVolunteer(app, day, { teamId: team.id }))
  const stranger = await aVolunteer(app, day)
  const other = await aVolunteer(app, elsewhere, { teamId: team.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const decideAll = (who: SignedIn, lateEntryIds: string[], body: object) =>
    app
      .as(who)
      .put(`/api/shifts/${day.shiftId}/late-decisions`)
      .send({ lateEntryIds, ...body })
  const ids: string[] = []
  for (const one of [...people.slice(0, 3), stranger, other]) ids.push((await ask(app, one)).body.id)
  const [first, second, third, ofStranger, ofOther] = ids as [string, string, string, string, string]
  // Their own entry: the leader entered it, so another person decides.
  const [{ lateEntryId: own }] = (await enter(app, leader, day, [people[3] as Volunteer])).body.answers
  await decide(app, leader, first, { approved: false, reason: '现场未见本人' })
  const pending = async () => (await app.as(leader).get('/api/late-entries?state=pending')).body.items.length
  const before = await pending()
  expect((await decideAll(leader, [second], { approved: false })).body.code).toBe('late_entry.reason')
  expect((await decideAll(leader, [second, second], { approved: true })).status).toBe(400)
  expect((await decideAll(leader, [], { approved: true })).status).toBe(400)
  const tooMany = Array.from({ length: 31 }, () => newId())
  expect((await decideAll(leader, tooMany, { approved: true })).status).toBe(400)
  expect(await pending()).toBe(before)
  const decided = await decideAll(leader, [first, second, third, own, ofStranger, ofOther, newId()], {
    approved: true,
    reason: '与现场照片一致',
  })
  expect([decided.status, decided.body.answers]).toEqual([
    200,
    [
      { lateEntryId: first, state: null, refused: 'late_entry.decided' },
      { lateEntryId: second, state: 'approved', refused: null },
      { lateEntryId: third, state: 'approved', refused: null },
      { lateEntryId: own, state: null, refused: 'late_entry.not_yours' },
      { lateEntryId: ofStranger, state: null, refused: 'late_entry.missing' },
      { lateEntryId: ofOther, state: null, refused: 'late_entry.missing' },
      { lateEntryId: expect.any(String), state: null, refused: 'late_entry.missing' },
    ],
  ])
  expect(await app.db.read.$count(attendances)).toBe(2)
  // Again, with the answer lost on the way: nothing is done twice.
  const again = await decideAll(leader, [second, third], { approved: true, reason: '与现场照片一致' })
  expect(again.body.answers.map(({ state }: { state: string }) => state)).toEqual(['approved', 'approved'])
  expect(await app.db.read.$count(attendances)).toBe(2)
  // The unit decides what the leader may not; whoever entered it is told one reason.
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const refused = await decideAll(liaison, [own], { approved: false, reason: '照片中没有本人' })
  expect(refused.body.answers).toEqual([{ lateEntryId: own, state: 'refused', refused: null }])
  const [row] = await app.db.read.select().from(lateEntries).where(eq(lateEntries.id, own))
  expect(row?.decisionReason).toBe('照片中没有本人')
})

test('an undecided entry escalates after two working days, skips whoever appointed the leader, and never expires', async () => {
  await using app = await startApp({ at: '2026-03-05T08:00:00+08:00' })
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id })
  const day = await aDay(app)
  const volunteer = await aVolunteer(app, day, { teamId: team.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  // Whose account is suspended decides nothing, nor who is liaison no more, so nothing waits for them.
  const [away, former] = [
    await app.signIn({ role: 'unit_administrator', unitId: unit.id }),
    await app.signIn({ role: 'unit_administrator', unitId: unit.id }),
  ]
  await app.db.transaction(async (tx) => {
    const at = app.clock.now()
    await tx.update(users).set({ disabledAt: at }).where(eq(users.id, away.userId))
    await tx.update(roleGrants).set({ revokedAt: at }).where(eq(roleGrants.userId, former.userId))
  })
  await app.db.transaction((tx) =>
    tx
      .update(roleGrants)
      .set({ grantedBy: liaison.userId })
      .where(eq(roleGrants.userId, leader.userId))
      .returning(),
  )
  const [{ lateEntryId: id }] = (await enter(app, leader, day, [volunteer])).body.answers
  expect(await stepOf(app, id)).toBe(2)
  expect((await decide(app, liaison, id)).body.code).toBe('late_entry.not_yours')
  await app.advance({ days: 4 })
  expect(await stepOf(app, id)).toBe(2)
  await app.advance({ days: 1 })
  expect(await stepOf(app, id)).toBe(3)
  await app.advance({ days: 60 })
  expect((await decide(app, district, id)).body.state).toBe('approved')
})

test('two concurrent decisions count once', async () => {
  await using app = await startApp(morningAfter)
  const volunteer = await aVolunteer(app, await aDay(app))
  const leaders = await Promise.all(
    [1, 2, 3].map(() => app.signIn({ role: 'team_leader', teamId: volunteer.teamId })),
  )
  const { id } = (await ask(app, volunteer)).body
  const replies = await Promise.all(leaders.map((leader) => decide(app, leader, id)))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(await app.db.read.$count(attendances)).toBe(1)
})

test('at most thirty entries in one request, and too many by one leader are recorded in the audit trail', async () => {
  await using app = await startApp(morningAfter)
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const people: Volunteer[] = []
  for (let n = 0; n < 11; n++) people.push(await aVolunteer(app, day, { teamId: team.id }))
  const tooMany = Array.from({ length: 31 }, () => people[0] as Volunteer)
  expect((await enter(app, leader, day, tooMany)).status).toBe(400)
  const entered = await enter(app, leader, day, people)
  expect(entered.body.answers.filter(({ refused }: { refused: string | null }) => refused)).toEqual([])
  const alarms = await app.db.read
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'late_entry.many'))
  expect(alarms.map(({ subject, actorId }) => [subject, actorId])).toEqual([
    [`event:${day.eventId}`, leader.userId],
  ])
})

test('a sampled entry is reviewed by an office, and an entry that is not upheld is undone', async () => {
  await using app = await startApp(morningAfter)
  const volunteer = await aVolunteer(app, await aDay(app))
  const leader = await app.signIn({ role: 'team_leader', teamId: volunteer.teamId })
  const { id } = (await ask(app, volunteer)).body
  await decide(app, leader, id)
  const review = (upheld: boolean) =>
    app.as('city_office').put(`/api/late-entries/${id}/review`).send({ upheld })
  await app.db.transaction((tx) => tx.update(lateEntries).set({ drawnAt: null }).returning())
  expect((await review(false)).body.code).toBe('late_entry.not_drawn')
  await app.db.transaction((tx) => tx.update(lateEntries).set({ drawnAt: app.clock.now() }).returning())
  expect((await app.as('city_office').get('/api/late-entries?drawn=true')).body.items).toHaveLength(1)
  const taken = await review(false)
  expect([taken.status, taken.body.upheld]).toEqual([200, false])
  const [row] = await app.db.read.select().from(attendances)
  expect([row?.checkInAt, row?.minutes]).toEqual([null, null])
})

test('whoever may decide is told that an entry waits, at each level, and whoever asked is told the decision', async () => {
  await using app = await startApp({ at: '2026-03-05T09:00:00+08:00' })
  const unit = await aUnit(app.db, { districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id })
  const day = await aDay(app)
  const [own, leaderPhone, liaisonPhone] = [aPhone(), aPhone(), aPhone()]
  const volunteer = await aVolunteer(app, day, { teamId: team.id, name: '王芳', phone: own })
  const other = await aVolunteer(app, day, { teamId: team.id, name: '李明' })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  await isPerson(app, leader, (await aPerson(app, { teamId: team.id, name: '赵强', phone: leaderPhone })).id)
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  await isPerson(app, liaison, (await aPerson(app, { phone: liaisonPhone })).id)
  const told = async (phone: string) => {
    await app.settled()
    return app
      .outbox()
      .filter(({ to, kind }) => to === phone && kind.startsWith('late_entry'))
      .map(({ text }) => text.replace(/^【集结】/, '').replace(/\/c\/.*$/, '/c/…'))
  }
  const asked = (await ask(app, volunteer)).body
  expect(await told(leaderPhone)).toEqual([
    '王*申请补录3月4日平山区站前街道到岗，请于两个工作日内核实 http://localhost:3000/m',
  ])
  expect(await told(liaisonPhone)).toEqual([])
  await decide(app, leader, asked.id, { approved: false, reason: '现场未见本人' })
  expect(await told(own)).toEqual([
    '王*：3月4日平山区站前街道的补录申请未通过（原因：现场未见本人），详见 http://localhost:3000/c/…',
  ])
  // Nobody in charge of another team has an account, so a leader's own entry goes to the liaison at once.
  const [{ lateEntryId }] = (await enter(app, leader, day, [other])).body.answers
  expect(await told(liaisonPhone)).toEqual([
    '李*申请补录3月4日平山区站前街道到岗，请于两个工作日内核实 http://localhost:3000/m',
  ])
  await decide(app, liaison, lateEntryId)
  expect((await told(leaderPhone)).at(-1)).toBe(
    '李*：3月4日平山区站前街道的补录申请已通过，详见 http://localhost:3000/m',
  )
})

test('what waits on a place that a merge takes away goes to the one that stays, and back if the merge is undone first', async () => {
  await using app = await startApp(morningAfter)
  const day = await aDay(app)
  const team = await aTeam(app.db)
  const phone = aPhone()
  const kept = await aVolunteer(app, day, { teamId: team.id, name: '王伟', phone })
  const twice = await aVolunteer(app, day, { teamId: team.id, name: '王伟', phone })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  // The later answer is the stronger one: this place is the one that goes.
  const asked = await ask(app, kept)
  expect(asked.body.state).toBe('pending')
  const city = app.as('city_office')
  const merge = async () =>
    (
      await city
        .post('/api/person-merges')
        .send({ keptId: kept.personId, mergedId: twice.personId })
        .expect(201)
    ).body
  const isOn = async () => {
    const [row] = await app.db.read.select().from(lateEntries).where(eq(lateEntries.id, asked.body.id))
    return row?.assignmentId
  }
  const { id } = await merge()
  expect(await isOn()).toBe(twice.assignmentId)
  await city.delete(`/api/person-merges/${id}`)
  expect(await isOn()).toBe(kept.assignmentId)
  await merge()
  const approved = await decide(app, leader, asked.body.id)
  expect([approved.status, approved.body.state]).toEqual([200, 'approved'])
  const rows = await app.db.read.select().from(attendances)
  expect(rows).toMatchObject([{ assignmentId: twice.assignmentId, grade: 'D' }])
  const page = await app.request.get(`/c/${twice.token}`).set('accept', 'text/html')
  expect(page.text).toContain('本次服务时长4小时')
})
