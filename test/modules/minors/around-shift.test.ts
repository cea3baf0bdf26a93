/** Around a shift the class's teachers reach the guardians without approval; the person in charge in an emergency. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { sealPhone } from '#modules/accounts/sealed.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay, aVolunteer, type Day } from '#test/support/factories/attendance.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let day: Day
let [unitId, classId, otherClassId] = ['', '', '']
const phones = { first: aPhone(), second: aPhone(), elsewhere: aPhone() }

beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T11:00:00+08:00', unused: true })
  day = await aDay(app)
  unitId = (await aUnit(app.db, { name: '实验小学', kind: 'school' })).id
  classId = (await aTeam(app.db, { unitId, name: '三年级一班', kind: 'class' })).id
  otherClassId = (await aTeam(app.db, { unitId, name: '三年级二班', kind: 'class' })).id
  await aPupil('张小语', classId, phones.first)
  await aPupil('李小童', classId, phones.second)
  await aPupil('张小语', otherClassId, phones.elsewhere)
})
afterAll(() => app[Symbol.asyncDispose]())

async function aPupil(name: string, teamId: string, phone: string): Promise<string> {
  const contacts = [{ kind: 'phone' as const, value: phone, relation: 'guardian' as const }]
  const person = { name, teamId, birthDate: '2015-05-01', contacts }
  const { assignmentId, personId } = await aVolunteer(app, day, {
    ...person,
    memberships: [{ teamId, role: 'pupil' }],
  })
  await app.db.transaction((tx) =>
    tx.update(assignments).set({ minor: true }).where(eq(assignments.id, assignmentId)).returning(),
  )
  return personId
}
const becomes = ({ userId }: SignedIn, personId: string) =>
  app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)).returning())
const numbers = (by: SignedIn) => app.as(by).post(`/api/shifts/${day.shiftId}/guardian-numbers`)
const call = (by: SignedIn, body: object) =>
  app
    .as(by)
    .post(`/api/shifts/${day.shiftId}/emergencies`)
    .send({ what: '学生受伤', ...body })
const trail = async (action: string) =>
  app.db.read.select().from(auditEntries).where(eq(auditEntries.action, action))
type Item = { person: { name: string }; contacts: { value: string }[] }

test('the teachers of a class see the guardians of its pupils on the shift, from two hours before it until two hours after', async () => {
  const leader = await app.signIn({ role: 'team_leader', teamId: classId })
  const teacher = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const { id } = await aPerson(app, { memberships: [{ teamId: classId, role: 'teacher' }] })
  // The phone offers it where there are minors.
  const duties = await app.as(leader).get('/api/my/duties').expect(200)
  expect(duties.body.items).toMatchObject([{ shiftId: day.shiftId, expected: 2, minors: 2 }])
  await becomes(teacher, id)
  expect((await numbers(leader)).body.code).toBe('guardians.not_now')
  await app.advance({ minutes: 30 })
  for (const by of [leader, teacher]) {
    const { body, headers } = await numbers(by).expect(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(
      body.items.map(({ person, contacts }: Item) => [person.name, contacts.map(({ value }) => value)]),
    ).toEqual([
      ['李小童', [phones.second]],
      ['张小语', [phones.first]],
    ])
  }
  const shown = await trail('guardians.shown')
  expect(shown).toHaveLength(4)
  expect(new Set(shown.map(({ actorId }) => actorId))).toEqual(new Set([leader.userId, teacher.userId]))
})

test('no other leader, no office and no one in charge reads the list of a class', async () => {
  const stranger = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId })
  const inCharge = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  await becomes(inCharge, day.inChargeId)
  const city = await app.signIn({ role: 'city_office' })
  for (const by of [stranger, liaison, inCharge, city])
    expect((await numbers(by)).body.code).toBe('guardians.not_teacher')
  for (const by of [stranger, liaison, city])
    expect((await call(by, { name: '李小童' })).body.code).toBe('guardians.not_in_charge')
})

test('in an emergency the person in charge opens one guardian’s number by the child’s name; school, office and auditor are told', async () => {
  const told = { school: aPhone(), office: aPhone(), auditor: aPhone() }
  const signedIn = {
    school: await app.signIn({ role: 'unit_administrator', unitId }),
    office: await app.signIn({ role: 'city_office' }),
    auditor: await app.signIn({ role: 'auditor' }),
  }
  const isCalled = ({ userId }: SignedIn, phone: string) =>
    app.db.transaction((tx) =>
      tx
        .update(users)
        .set(sealPhone(app.context.keys, userId, phone))
        .where(eq(users.id, userId))
        .returning(),
    )
  for (const [who, user] of Object.entries(signedIn)) await isCalled(user, told[who as keyof typeof told])
  // Nobody is told who was an auditor once, or whose account is suspended.
  const [former, suspended] = [await app.signIn({ role: 'auditor' }), await app.signIn({ role: 'auditor' })]
  for (const each of [former, suspended]) await isCalled(each, aPhone())
  await app.db.transaction(async (tx) => {
    const at = app.clock.now()
    await tx.update(roleGrants).set({ revokedAt: at }).where(eq(roleGrants.userId, former.userId))
    await tx.update(users).set({ disabledAt: at }).where(eq(users.id, suspended.userId))
  })
  const [inCharge] = await app.db.read.select().from(users).where(eq(users.personId, day.inChargeId))
  const by = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  await app.db.transaction(async (tx) => {
    await tx.update(users).set({ personId: null }).where(eq(users.id, inCharge!.id))
    await tx.update(users).set({ personId: day.inChargeId }).where(eq(users.id, by.userId))
  })
  const { body } = await call(by, { name: '李 小童' }).expect(200)
  expect([body.team.name, body.contacts.map(({ value }: { value: string }) => value)]).toEqual([
    '三年级一班',
    [phones.second],
  ])
  const several = await call(by, { name: '张小语' })
  expect([several.body.code, several.body.details.teams.length]).toEqual(['emergency.several', 2])
  expect((await call(by, { name: '张小语', teamId: otherClassId })).body.contacts[0].value).toBe(
    phones.elsewhere,
  )
  expect((await call(by, { name: '王不在' })).body.code).toBe('emergency.unknown')
  await app.settled()
  const messages = app.outbox().filter(({ kind }) => kind === 'minors.emergency')
  expect(new Set(messages.map(({ to }) => to))).toEqual(new Set(Object.values(told)))
  expect(messages.map(({ text }) => text).join()).toContain(
    '现场负责人测试用户因紧急情况查看了三年级一班一名学生的监护人电话',
  )
  expect(messages.some(({ text }) => /李小童|张小语/.test(text))).toBe(false)
  expect(await trail('guardian.emergency')).toHaveLength(2)
})

test('whoever tries names one after the other is stopped; names of nobody count, too', async () => {
  const by = await app.signIn({ role: 'team_leader', teamId: (await aTeam(app.db)).id })
  await app.db.transaction(async (tx) => {
    await tx.update(users).set({ personId: null }).where(eq(users.personId, day.inChargeId))
    await tx.update(users).set({ personId: day.inChargeId }).where(eq(users.id, by.userId))
  })
  const codes: string[] = []
  for (let n = 0; n < 12; n++)
    codes.push((await call(by, { name: `王${String.fromCharCode(0x4e00 + n)}` })).body.code)
  expect(codes).toEqual([...Array(10).fill('emergency.unknown'), ...Array(2).fill('revelations.exhausted')])
})

test('two hours after the shift nothing is shown without an approval', async () => {
  await app.advance({ hours: 8 })
  const leader = await app.signIn({ role: 'team_leader', teamId: classId })
  expect((await numbers(leader)).body.code).toBe('guardians.not_now')
})
