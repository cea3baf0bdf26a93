import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: { id: string }
let owing: { id: string }
let liaison: SignedIn
let told: { liaison: string; head: string; lead: string }
let bodyId: string

beforeAll(async () => {
  city = await aUnit(app.db, { name: '市文明办' })
  owing = await aUnit(app.db, { name: '房产局', parentId: city.id })
  const lead = await aUnit(app.db, { name: '市住建局', parentId: city.id })
  const [liaisonPhone, headPhone, leadPhone] = [aPhone(), aPhone(), aPhone()]
  const people = await Promise.all(
    [liaisonPhone, headPhone, leadPhone].map((phone, n) => aPerson(app, { name: `王联络${n}`, phone })),
  )
  told = { liaison: liaisonPhone, head: headPhone, lead: leadPhone }
  await app.db.transaction(async (tx) => {
    const [first, second, third] = people
    await tx
      .update(units)
      .set({ liaisonPersonId: first!.id, leaderPersonId: second!.id })
      .where(eq(units.id, owing.id))
    await tx.update(units).set({ liaisonPersonId: third!.id }).where(eq(units.id, lead.id))
  })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  const office = app.as('city_office')
  const { body } = await office
    .post('/api/working-bodies')
    .send({ kind: 'group', name: '生活环境组' })
    .expect(201)
  bodyId = body.id
  await office
    .post(`/api/working-bodies/${bodyId}/members`)
    .send({ role: 'lead', unitId: lead.id })
    .expect(201)
})

async function aTask(outline: string, due: object) {
  const office = app.as('city_office')
  const { body: book } = await office
    .post('/api/books')
    .send({ kind: 'task_book', title: '任务书', issuerUnitId: city.id, bodyId })
    .expect(201)
  const task = { kind: 'item', outline, text: '清理楼道', unitId: owing.id, dueKind: 'dated', ...due }
  const { body } = await office.post(`/api/books/${book.id}/tasks`).send(task).expect(201)
  await office.put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
  return body.id as string
}

const escalations = async (id: string) =>
  (await app.as('city_office').get(`/api/tasks/${id}`).expect(200)).body.moves
    .filter(({ kind }: { kind: string }) => kind === 'escalate')
    .map(({ amount }: { amount: number | null }) => amount)

const digests = (phone: string) =>
  app.outbox().filter(({ kind, to }) => kind === 'task_digest' && to === phone)

test('what is due is told to the liaison, then to the head, then to the lead unit, once a day and once a level; then a notice is drafted', async () => {
  // Due on Thursday 5 March, 17:00.
  const [id, other] = [
    await aTask('1', { dueClass: 'workdays:3' }),
    await aTask('2', { dueClass: 'workdays:3' }),
  ]
  await app.advance({ days: 2, hours: 9 })
  await app.advance({ hours: 1 })
  expect([await escalations(id), await escalations(other)]).toEqual([[1], [1]])
  expect(digests(told.liaison)).toEqual([])
  await app.advance({ hours: 14 })
  expect(digests(told.liaison).map(({ text }) => text)).toEqual([
    expect.stringMatching(/贵单位创城事项：待办2项，请点 .*\/m\/tasks/),
  ])
  expect(digests(told.head)).toEqual([])
  // Friday morning: both were due.
  await app.advance({ hours: 9 })
  expect(await escalations(id)).toEqual([1, 2])
  await app.advance({ hours: 15 })
  expect(digests(told.head).map(({ text }) => text)).toEqual([expect.stringContaining('待办2项（逾期2项）')])
  expect(digests(told.liaison)).toHaveLength(2)
  // A report ends what is escalated; whoever checks it is told when it waits.
  await app.as(liaison).post(`/api/tasks/${other}/moves`).send({ id: newId(), kind: 'report' }).expect(201)
  await app.advance({ days: 5 })
  expect([await escalations(id), await escalations(other)]).toEqual([
    [1, 2, 3],
    [1, 2, null],
  ])
  await app.advance({ days: 1 })
  expect(digests(told.lead).map(({ text }) => text)).toEqual([
    expect.stringMatching(/待核查1项、牵头逾期1项/),
  ])
  await app.advance({ days: 7 })
  expect(await escalations(id)).toEqual([1, 2, 3, 4])
  const { body } = await app.as('city_office').get('/api/books?kind=notice&state=draft').expect(200)
  expect(body.items.map(({ title, funnel }: never) => [title, (funnel as { draft: number }).draft])).toEqual([
    ['2026年3月逾期事项通报', 1],
  ])
})

test('what waits for the next digest is told to whoever is the liaison then', async () => {
  const successor = aPhone()
  const { id: liaisonPersonId } = await aPerson(app, { name: '李继任', phone: successor })
  // A Thursday after the test above, so that what runs every hour is due again.
  app.clock.set(instantFrom('2026-03-26T09:00:00+08:00'))
  // Due on Tuesday 31 March; on the Monday before it, at 17:00, it is put into the next digest.
  await aTask('3', { dueClass: 'workdays:3' })
  await app.advance({ days: 4, hours: 9 })
  await app.advance({ hours: 1 })
  const before = digests(told.liaison).length
  const office = app.as('city_office')
  const seen = await office.get(`/api/units/${owing.id}`)
  await office
    .patch(`/api/units/${owing.id}`)
    .set('if-match', seen.headers.etag as string)
    .send({ liaisonPersonId })
    .expect(200)
  await app.advance({ hours: 14 })
  expect(digests(told.liaison)).toHaveLength(before)
  expect(digests(successor)[0]?.text).toMatch(/贵单位创城事项：待办\d项/)
})

test('offices that led once, and districts that an office was in charge of once, count for no digest any more', async () => {
  // A Thursday after the tests above.
  app.clock.set(instantFrom('2026-04-09T09:00:00+08:00'))
  const office = app.as('city_office')
  const anOffice = async (name: string) => {
    const phone = aPhone()
    const { id } = await aUnit(app.db, { name, parentId: city.id })
    const { id: liaisonPersonId } = await aPerson(app, { name: '赵联络', phone })
    await app.db.transaction((tx) => tx.update(units).set({ liaisonPersonId }).where(eq(units.id, id)))
    return { id, phone }
  }
  const aBody = async (name: string) =>
    (await office.post('/api/working-bodies').send({ kind: 'district_office', name }).expect(201)).body.id
  const join = async (body: string, member: object) => {
    const answer = await office.post(`/api/working-bodies/${body}/members`).send(member).expect(201)
    return answer.body.members.map(({ id }: { id: string }) => id) as string[]
  }
  /** A member that left. */
  const leave = async (body: string, member: object) => {
    const before = (await office.get(`/api/working-bodies/${body}`)).body.members as { id: string }[]
    const ids = (await join(body, member)).filter((id) => !before.some((each) => each.id === id))
    expect(ids).toHaveLength(1)
    await office.delete(`/api/working-bodies/${body}/members/${ids[0]}`).expect(200)
  }
  const [leads, led, elsewhere] = [await anOffice('现办'), await anOffice('原办'), await anOffice('他办')]
  const shut = await anOffice('撤办')
  const [present, former] = [await aBody('明山区文明办'), await aBody('原明山区文明办')]
  const closed = await aBody('明山区指挥部')
  await join(present, { role: 'lead', unitId: leads.id })
  await leave(present, { role: 'lead', unitId: led.id })
  await join(present, { role: 'charge', districtCode: '210504' })
  await leave(present, { role: 'charge', districtCode: '210505' })
  await join(former, { role: 'lead', unitId: elsewhere.id })
  await leave(former, { role: 'charge', districtCode: '210504' })
  await join(closed, { role: 'lead', unitId: shut.id })
  await join(closed, { role: 'charge', districtCode: '210504' })
  const seen = await office.get(`/api/working-bodies/${closed}`)
  await office
    .put(`/api/working-bodies/${closed}/closure`)
    .set('if-match', seen.headers.etag as string)
    .expect(200)
  // Its tasks of the tests above are overdue, too: whoever leads it has something to be told, had there been a cause.
  await leave(bodyId, { role: 'lead', unitId: leads.id, since: '2026-01-01' })
  for (const { id: unitId } of [led, elsewhere, shut]) await join(bodyId, { role: 'lead', unitId })
  await aTask('4', { dueClass: 'workdays:3' })
  const { body: book } = await office
    .post('/api/books')
    .send({ kind: 'task_book', title: '县区任务书', issuerUnitId: city.id })
    .expect(201)
  for (const districtCode of ['210504', '210505']) {
    const { id: unitId } = await aUnit(app.db, { name: `${districtCode}房产局`, districtCode })
    const due = { dueKind: 'dated', dueClass: 'workdays:3' }
    const task = { kind: 'item', outline: districtCode, text: '清理楼道', unitId, ...due }
    await office.post(`/api/books/${book.id}/tasks`).send(task).expect(201)
  }
  await office.put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
  // Due on Tuesday 14 April; told above on the Monday after.
  await app.advance({ days: 11 })
  // Whatever met somebody else's transaction is done an hour later.
  await app.advance({ hours: 1 })
  const before = digests(told.lead).length
  await app.advance({ days: 1 })
  // Of several that lead a body the one that has led it longest is told, and that is none that left.
  expect(digests(told.lead)).toHaveLength(before + 1)
  expect(digests(leads.phone).map(({ text }) => text)).toEqual([
    expect.stringMatching(/贵单位创城事项：牵头逾期1项，/),
  ])
  expect([led, elsewhere, shut].flatMap(({ phone }) => digests(phone))).toEqual([])
})
