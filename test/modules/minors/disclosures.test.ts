/** Nobody alone sees the data of minors: a second person approves it, for a class or an event, for four hours. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { sealPhone } from '#modules/accounts/sealed.ts'
import { minorsPolicy } from '#modules/minors/index.ts'
import { participations } from '#modules/mobilization/schema.ts'
import { guardRevelations } from '#modules/organisation/index.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { readWorkbook, textOf } from '#platform/files/index.ts'
import { reachesNothing } from '#platform/http/access.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aDay } from '#test/support/factories/attendance.ts'
import { aPerson, aPhone, aTeam, aUnit, nobody } from '#test/support/factories/organisation.ts'

let app: TestApp
let school: SignedIn
let [unitId, classId, otherClassId] = ['', '', '']

const explanation = '核对三年级一班学生保险信息'
const guardian = aPhone()

beforeAll(async () => {
  app = await startApp({ at: '2026-03-04T10:00:00+08:00' })
  unitId = (await aUnit(app.db, { name: '实验小学', kind: 'school' })).id
  classId = (await aTeam(app.db, { unitId, name: '三年级一班', kind: 'class' })).id
  otherClassId = (await aTeam(app.db, { unitId, name: '三年级二班', kind: 'class' })).id
  school = await app.signIn({ role: 'unit_administrator', unitId })
})
afterAll(() => app[Symbol.asyncDispose]())

const aPupil = (teamId = classId) =>
  aPerson(app, {
    birthDate: '2015-05-01',
    residence: '永丰街道三号',
    contacts: [{ kind: 'phone', value: guardian, relation: 'guardian', ownerName: '张建国' }],
    memberships: [{ teamId, role: 'pupil' }],
  })
const ask = async (by: SignedIn | 'city_office', over: object) =>
  (
    await app
      .as(by)
      .post('/api/disclosures')
      .send({ reason: 'insurance', explanation, ...over })
      .expect(201)
  ).body
const approve = (by: SignedIn | 'auditor' | 'city_office', id: string) =>
  app.as(by).put(`/api/disclosures/${id}/approval`)
const reveal = async (by: SignedIn | 'city_office', id: string) => {
  const { status, body } = await app.as(by).post(`/api/persons/${id}/revelations`)
  return status === 200 ? body : body.code
}
const gives = (giver: SignedIn, to: SignedIn) =>
  app.db.transaction((tx) =>
    tx
      .update(roleGrants)
      .set({ grantedBy: giver.userId })
      .where(eq(roleGrants.userId, to.userId))
      .returning(),
  )
const trail = async (action: string) =>
  (await app.db.read.select().from(auditEntries).where(eq(auditEntries.action, action))).map(
    ({ actorId, subject, details }) => ({ actorId, subject, ...JSON.parse(details) }),
  )

test('a minor’s data is shown to nobody who asks alone, whatever the reason: not to the school, not to the city', async () => {
  const { id } = await aPupil()
  expect([await reveal(school, id), await reveal('city_office', id)]).toEqual(
    Array(2).fill('reveal.approval_required'),
  )
  const ask = (body: object) => app.as(school).post('/api/disclosures').send(body)
  const refused = [
    await ask({ teamId: classId, reason: 'x', explanation }),
    await ask({ teamId: classId, reason: 'insurance', explanation: 'x' }),
    await ask({ teamId: classId, reason: 'insurance', explanation: 'xxxxxxxxxxxx' }),
    await ask({ reason: 'insurance', explanation }),
    await ask({ teamId: classId, hours: 5, reason: 'insurance', explanation }),
    await ask({ teamId: (await aTeam(app.db)).id, reason: 'insurance', explanation }),
  ]
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
    [400, 'request.invalid'],
    [400, 'request.invalid'],
    [422, 'disclosure.unclear'],
    [422, 'disclosure.unclear'],
    [400, 'request.invalid'],
    [404, 'team.missing'],
  ])
  const seen = (await app.as(school).get(`/api/persons/${id}`)).body
  expect([seen.birthDate, seen.residence, seen.contacts[0].ownerName]).toEqual([null, null, '张*国'])
})

test('approved by a second person, one class is open to who asked, and only for the hours asked', async () => {
  const [mine, next] = [await aPupil(), await aPupil(otherClassId)]
  const { id, state, decidable } = await ask(school, { teamId: classId, hours: 2 })
  expect([state, decidable]).toEqual(['pending', false])
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const listed = (await app.as(district).get('/api/disclosures?state=pending')).body.items
  expect(listed.map((each: { id: string; decidable: boolean }) => [each.id, each.decidable])).toEqual([
    [id, true],
  ])
  expect(await reveal(school, mine.id)).toBe('reveal.approval_required')
  expect((await approve(district, id).expect(200)).body.state).toBe('approved')
  expect(await reveal(school, mine.id)).toMatchObject({
    birthDate: '2015-05-01',
    residence: '永丰街道三号',
    contacts: [{ value: guardian, relation: 'guardian', ownerName: '张建国' }],
  })
  expect(await reveal(school, next.id)).toBe('reveal.approval_required')
  const colleague = await app.signIn({ role: 'unit_administrator', unitId })
  expect(await reveal(colleague, mine.id)).toBe('reveal.approval_required')
  const shown = (await trail('person.revealed')).filter(({ subject }) => subject === `person:${mine.id}`)
  expect(shown).toEqual([
    {
      actorId: school.userId,
      subject: `person:${mine.id}`,
      minor: true,
      disclosureId: id,
      reason: 'insurance',
    },
  ])
  await app.advance({ hours: 2 })
  expect(await reveal(school, mine.id)).toBe('reveal.approval_required')
  expect((await app.as(school).get(`/api/disclosures/${id}`)).body.state).toBe('ended')
})

test('the second person is another human, reaches the class, and has the role neither from nor with who asked', async () => {
  const { id } = await ask(school, { teamId: classId })
  const code = async (by: SignedIn) => {
    const { status, body } = await approve(by, id)
    return `${status} ${body.code}`
  }
  const [far, boss, puppet, sister, other] = [
    await app.signIn({ role: 'district_office', districtCode: '210503' }),
    ...(await Promise.all(
      [1, 2, 3, 4].map(() => app.signIn({ role: 'district_office', districtCode: '210502' })),
    )),
  ] as [SignedIn, SignedIn, SignedIn, SignedIn, SignedIn]
  const is = ({ userId }: SignedIn, personId: string) =>
    app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)).returning())
  expect(await code(far)).toBe('404 disclosure.missing')
  expect(await code(school)).toBe('403 access.denied')
  await gives(boss, school)
  await gives(boss, sister)
  await gives(school, puppet)
  expect([await code(boss), await code(puppet), await code(sister)]).toEqual(
    Array(3).fill('403 disclosure.not_independent'),
  )
  // By an account of another record of theirs nobody is two.
  const [atSchool, atOffice] = [await aPerson(app), await aPerson(app)]
  await is(school, atSchool.id)
  await is(other, atOffice.id)
  await gives(other, other)
  const oneHuman = `/api/persons/${atSchool.id}/other-records/${atOffice.id}`
  await app.as('city_office').put(oneHuman).expect(200)
  expect(await code(other)).toBe('403 disclosure.own')
  await app.as('city_office').delete(oneHuman).expect(200)
  expect((await approve(other, id)).status).toBe(200)
  expect((await approve(other, id)).status).toBe(200)
  expect(await code(await app.signIn({ role: 'district_office', districtCode: '210502' }))).toBe(
    '409 disclosure.decided',
  )
})

test('the city office asks, and an auditor approves: not the office itself, nor whom it appointed', async () => {
  const { id: pupilId } = await aPupil()
  const { id } = await ask('city_office', { teamId: classId })
  expect((await approve('city_office', id)).body.code).toBe('disclosure.own')
  await approve('auditor', id).expect(200)
  expect(await reveal('city_office', pupilId)).toMatchObject({ birthDate: '2015-05-01' })
  await app.as('city_office').put(`/api/disclosures/${id}/revocation`).expect(200)
  expect(await reveal('city_office', pupilId)).toBe('reveal.approval_required')
})

test('a refusal, a request nobody decided on, and one taken back open nothing', async () => {
  const { id: pupilId } = await aPupil()
  const refused = await ask(school, { teamId: classId })
  const answer = app.as('auditor').put(`/api/disclosures/${refused.id}/refusal`)
  expect((await answer.send({ reason: '未说明用途' }).expect(200)).body).toMatchObject({
    state: 'refused',
    refusal: '未说明用途',
  })
  const withdrawn = await ask(school, { teamId: classId })
  await app.as(school).put(`/api/disclosures/${withdrawn.id}/revocation`).expect(200)
  const late = await ask(school, { teamId: classId })
  await app.advance({ days: 4 })
  const codes = [
    await approve('auditor', refused.id),
    await approve('auditor', withdrawn.id),
    await approve('auditor', late.id),
  ]
  expect(codes.map(({ body }) => body.code)).toEqual([
    'disclosure.decided',
    'disclosure.decided',
    'disclosure.expired',
  ])
  expect(await reveal(school, pupilId)).toBe('reveal.approval_required')
})

test('over an event, those who take part are open, as far as who asked reaches them; the list comes as a sheet', async () => {
  const day = await aDay(app)
  const [pupil, absent, far] = [await aPupil(), await aPupil(), await aPupil((await aTeam(app.db)).id)]
  await app.db.transaction(async (tx) => {
    const at = { eventId: day.eventId, createdAt: app.clock.now() }
    await tx.insert(participations).values([
      { id: pupil.id, personId: pupil.id, ...at },
      { id: far.id, personId: far.id, ...at },
    ])
  })
  const { id } = await ask(school, { eventId: day.eventId })
  await approve('auditor', id).expect(200)
  expect(await reveal(school, pupil.id)).toMatchObject({ personId: pupil.id })
  expect(await reveal(school, absent.id)).toBe('reveal.approval_required')
  expect(await reveal(school, far.id)).toBe('person.missing')
  const sheet = await app.as(school).post(`/api/disclosures/${id}/persons.xlsx?lang=zh`).buffer().parse(bytes)
  expect(sheet.status).toBe(200)
  const rows = await rowsOf(sheet.body)
  expect(rows.slice(1)).toEqual([
    [expect.any(String), '2015-05-01', '', '永丰街道三号', `监护人 张建国 手机 ${guardian}`],
  ])
  await app.as(school).put(`/api/disclosures/${id}/revocation`).expect(200)
  const after = await app.as(school).post(`/api/disclosures/${id}/persons.xlsx`)
  expect(after.body.code).toBe('reveal.approval_required')
})

test('no export without an approval holds what is protected of a minor', async () => {
  const { id } = await aPupil()
  const file = await app.as(school).get(`/api/exports/persons.xlsx?teamId=${classId}`).buffer().parse(bytes)
  const text = JSON.stringify(await rowsOf(file.body))
  expect([guardian, '2015', '永丰街道三号', '张建国', id].filter((each) => text.includes(each))).toEqual([])
})

test('people opened in a row stop at the limit of the day, also by many accounts of one maker, and the auditor is told once', async () => {
  const auditorPhone = aPhone()
  const auditor = await app.signIn({ role: 'auditor' })
  await app.db.transaction((tx) =>
    tx
      .update(users)
      .set(sealPhone(app.context.keys, auditor.userId, auditorPhone))
      .where(eq(users.id, auditor.userId))
      .returning(),
  )
  const maker = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const codes: (string | number)[] = []
  // How many each account opened before, and how many it opens now.
  for (const [before, now] of [
    [99, 2],
    [100, 0],
    [100, 0],
    [0, 1],
  ] as const) {
    const unit = await aUnit(app.db)
    const { id: teamId } = await aTeam(app.db, { unitId: unit.id })
    const puppet = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    await gives(maker, puppet)
    await spent(puppet, before)
    for (let n = 0; n < now; n++) {
      const { id } = await aPerson(app, { teamId })
      const { status, body, headers } = await app.as(puppet).post(`/api/persons/${id}/revelations`)
      codes.push(body.code ?? status)
      if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    }
  }
  expect(codes).toEqual([200, 'revelations.exhausted', 'revelations.exhausted'])
  expect(await trail('revelations.exhausted')).toHaveLength(2)
  await app.settled()
  const told = app.outbox().filter(({ to, kind }) => to === auditorPhone && kind === 'minors.alarm')
  expect(told).toHaveLength(2)
  expect(told[0].text).toContain('今日查看人员完整信息达到上限')
})

test('the auditor gets every access of the year as one sheet, children by number only', async () => {
  const file = await app
    .as('auditor')
    .get('/api/exports/minor-accesses.xlsx?year=2026&lang=zh')
    .buffer()
    .parse(bytes)
  const rows = await rowsOf(file.body)
  expect(rows[0]?.slice(0, 2)).toEqual(['时间', '事项'])
  const what = new Set(rows.slice(1).map((row) => row[1]))
  expect([...what].sort()).toEqual(
    [
      '不批准查看',
      '导出名单',
      '批准查看',
      '收回查看授权',
      '查看完整信息',
      '查看达到当日上限',
      '申请查看',
    ].sort(),
  )
  const empty = await app
    .as('auditor')
    .get('/api/exports/minor-accesses.xlsx?year=2025')
    .buffer()
    .parse(bytes)
  expect(await rowsOf(empty.body)).toHaveLength(1)
  expect((await app.as('city_office').get('/api/exports/minor-accesses.xlsx?year=2026')).status).toBe(403)
})

/** Counts that many people for somebody, as the routes do before they show them. */
async function spent({ userId }: SignedIn, people: number): Promise<void> {
  const by = { userId, sessionId: '', name: '', address: '', grants: [] }
  const about = async () => Array.from({ length: people }, () => nobody())
  const guarded = { by, kind: 'revelation' as const, reach: reachesNothing, about }
  await guardRevelations(app.context, minorsPolicy.appointers, guarded)
}

// biome-ignore lint/suspicious/noExplicitAny: a parser of supertest
function bytes(reply: any, done: (error: null, body: Buffer) => void): void {
  const parts: Buffer[] = []
  reply.on('data', (part: Buffer) => parts.push(part))
  reply.on('end', () => done(null, Buffer.concat(parts)))
}

async function rowsOf(file: Buffer): Promise<string[][]> {
  const { sheets } = await readWorkbook(file)
  return sheets[0]!.rows.map(({ cells }) => cells.map(textOf))
}
