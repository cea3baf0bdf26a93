import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { factsOf, foldMoves, stateOf } from '#modules/command/tasks/task-facts.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
/** The city, a bureau that leads a group, two units that owe, and who acts for each. */
let city: { id: string }
let lead: { id: string }
let owing: { id: string }
let other: { id: string }
let office: SignedIn
let leader: SignedIn
let liaison: SignedIn
let stranger: SignedIn

// Monday 2 March 2026, 9:00.
beforeAll(async () => {
  app = await startApp({ at: '2026-03-02T09:00:00+08:00' })
  city = await aUnit(app.db, { name: '市文明办' })
  lead = await aUnit(app.db, { name: '市住建局', parentId: city.id })
  owing = await aUnit(app.db, { name: '平山区房产局', parentId: city.id })
  other = await aUnit(app.db, { name: '明山区城管局', parentId: city.id, districtCode: '210504' })
  office = await app.signIn({ role: 'city_office' })
  leader = await app.signIn({ role: 'unit_administrator', unitId: lead.id })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  stranger = await app.signIn({ role: 'unit_administrator', unitId: other.id })
})
afterAll(() => app[Symbol.asyncDispose]())

async function aGroup(): Promise<string> {
  const { body } = await app
    .as(office)
    .post('/api/working-bodies')
    .send({ kind: 'group', name: '生活环境组' })
    .expect(201)
  await app
    .as(office)
    .post(`/api/working-bodies/${body.id}/members`)
    .send({ role: 'lead', unitId: lead.id })
    .expect(201)
  return body.id
}

interface Wanted {
  outline?: string
  unitId?: string
  dueKind?: string
  dueClass?: string
  dueOn?: string
  kind?: string
  target?: number
  after?: number
}

/** A published book, and its tasks. */
async function aBook(wanted: readonly Wanted[], book: object = {}) {
  const { body } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'task_book', title: '创城任务书', issuerUnitId: city.id, ...book })
    .expect(201)
  const made: string[] = []
  for (const [n, { after, ...task }] of wanted.entries()) {
    const stated = { kind: 'item', text: '老旧小区楼道清理', unitId: owing.id, outline: `${n + 1}` }
    const due = task.dueKind ? {} : { dueKind: 'dated', dueClass: task.dueOn ? undefined : 'workdays:3' }
    const waits = after === undefined ? {} : { afterId: made[after] }
    const answer = await app
      .as(office)
      .post(`/api/books/${body.id}/tasks`)
      .send({ ...stated, ...due, ...task, ...waits })
      .expect(201)
    made.push(answer.body.id)
  }
  const { body: published } = await app
    .as(office)
    .put(`/api/books/${body.id}/publication`)
    .set('if-match', '"v1"')
    .expect(200)
  return { book: published, tasks: made }
}

const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

const read = async (who: SignedIn, taskId: string) =>
  (await app.as(who).get(`/api/tasks/${taskId}`).expect(200)).body

test('a task is issued, accepted, reported and signed off by the lead unit; everybody sees what they may do', async () => {
  const { book, tasks: made } = await aBook([{}], { bodyId: await aGroup() })
  const [id] = made as [string]
  expect(book.funnel).toMatchObject({ tasks: 1, issued: 1, overdue: 0 })
  const issued = await read(liaison, id)
  expect(issued).toMatchObject({
    state: 'issued',
    dueAt: '2026-03-05T09:00:00.000Z',
    answerBy: '2026-03-03T09:00:00.000Z',
    checker: { id: lead.id },
    allowed: { moves: expect.arrayContaining(['accept', 'return', 'report', 'ask_extension']) },
  })
  expect(issued.allowed.moves).not.toContain('cancel')
  expect((await app.as(liaison).get('/api/my/tasks').expect(200)).body.items).toMatchObject([{ id }])
  await move(liaison, id, 'accept').expect(201)
  await move(liaison, id, 'report', { reason: '已清理完毕' }).expect(201)
  // Whoever reported, and whoever only reaches the unit, does not sign it off.
  expect((await move(liaison, id, 'pass').expect(403)).body).toMatchObject({
    code: 'move.not_yours',
    details: { part: 'checker' },
  })
  await app.as(stranger).get(`/api/tasks/${id}`).expect(404)
  await move(leader, id, 'pass').expect(201)
  const closed = await read(office, id)
  expect(closed).toMatchObject({ state: 'closed', overdue: false, attempts: 1 })
  expect(closed.moves.map(({ kind, byUnit }: never) => [kind, (byUnit as { id: string }).id])).toEqual([
    ['issue', city.id],
    ['accept', owing.id],
    ['report', owing.id],
    ['pass', lead.id],
  ])
})

test('a repeated move is made once, and of two that exclude each other one is refused', async () => {
  const { tasks: made } = await aBook([{}])
  const [id] = made as [string]
  const body = { id: newId(), kind: 'accept' }
  const twice = await Promise.all([1, 2].map(() => app.as(liaison).post(`/api/tasks/${id}/moves`).send(body)))
  expect(twice.map(({ status }) => status)).toEqual([201, 201])
  const both = await Promise.all([
    move(liaison, id, 'report'),
    move(liaison, id, 'return', { reason: '不属我局' }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await read(liaison, id)).moves).toHaveLength(3)
})

test('without a lead the issuer signs off, but nobody of the unit’s own line, and nobody without a unit', async () => {
  const { tasks: made } = await aBook([{}])
  const [id] = made as [string]
  await move(liaison, id, 'report').expect(201)
  expect((await move(office, id, 'pass').expect(409)).body.code).toBe('move.unit_needed')
  const user = (await app.as('city_office').get(`/api/users/${office.userId}`).expect(200)).body
  expect(user.unitId).toBe(null)
  const set = (unitId: string, version: string) =>
    app
      .as('system_administrator')
      .put(`/api/users/${office.userId}/unit`)
      .set('if-match', version)
      .send({ unitId })
  await set(owing.id, '"v1"').expect(200)
  expect((await move(office, id, 'pass').expect(403)).body.code).toBe('move.same_line')
  await set(city.id, '"v2"').expect(200)
  await move(office, id, 'pass').expect(201)
})

test('a book that nobody could check is not published, until it names a unit that can', async () => {
  const below = await aUnit(app.db, { name: '住建局物业科', parentId: lead.id })
  const { body: book } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'checklist', title: '达标清单', issuerUnitId: lead.id })
    .expect(201)
  await app
    .as(office)
    .post(`/api/books/${book.id}/tasks`)
    .send({ kind: 'item', outline: '1', text: '消防通道', unitId: below.id, dueKind: 'standing' })
    .expect(201)
  const publish = (version: string) =>
    app.as(office).put(`/api/books/${book.id}/publication`).set('if-match', version)
  expect((await publish('"v1"').expect(409)).body).toMatchObject({
    code: 'book.nobody_checks',
    details: { outlines: ['1'] },
  })
  await app
    .as(office)
    .patch(`/api/books/${book.id}`)
    .set('if-match', '"v1"')
    .send({ checkUnitId: other.id })
    .expect(200)
  expect((await publish('"v2"').expect(200)).body).toMatchObject({
    state: 'published',
    funnel: { issued: 1 },
  })
})

test('stages wait for each other: the next is issued when the one before is signed off', async () => {
  const { tasks: made } = await aBook(
    [
      { kind: 'stage', target: 160 },
      { kind: 'stage', after: 0 },
    ],
    { kind: 'project', title: '市场改造' },
  )
  const [first, second] = made as [string, string]
  expect(await read(office, second)).toMatchObject({ state: 'draft', waits: true })
  await app.as(liaison).get(`/api/tasks/${second}`).expect(404)
  expect((await move(office, second, 'issue').expect(409)).body.code).toBe('task.waits')
  await move(liaison, first, 'progress', { amount: 120 }).expect(201)
  await move(liaison, first, 'report', { amount: 160 }).expect(201)
  await move(office, first, 'pass').expect(201)
  expect(await read(liaison, second)).toMatchObject({ state: 'issued', waits: false, cycle: 1 })
  expect(await read(liaison, first)).toMatchObject({ state: 'closed', amount: 160, target: 160 })
})

test('a return that nobody decides within a working day is upheld, and the unit gets its time back', async () => {
  const { tasks: made } = await aBook([{}])
  const [id] = made as [string]
  await move(liaison, id, 'return', { reason: '应由物业办办理', unitId: other.id }).expect(201)
  const returnedAt = app.clock.now()
  await app.advance({ days: 1, hours: 9 })
  const after = await read(liaison, id)
  expect(after).toMatchObject({ state: 'accepted', cycle: 1 })
  expect(after.moves.at(-1)).toMatchObject({ kind: 'uphold', by: null })
  expect(new Date(after.dueAt).getTime()).toBeGreaterThan(returnedAt.toMillis())
  expect((await move(liaison, id, 'return', { reason: '仍不属我局' }).expect(409)).body.code).toBe(
    'move.not_now',
  )
})

test('a reissued task is owed by another unit, with its full time; the first one owes nothing', async () => {
  const { tasks: made } = await aBook([{}])
  const [id] = made as [string]
  await move(liaison, id, 'return', { reason: '应由城管局办理', unitId: other.id }).expect(201)
  await move(office, id, 'reissue', { unitId: other.id }).expect(201)
  expect(await read(stranger, id)).toMatchObject({ state: 'issued', unit: { id: other.id }, cycle: 2 })
  expect(
    (await app.as(liaison).get('/api/my/tasks').expect(200)).body.items.map(({ id }: never) => id),
  ).not.toContain(id)
})

test('what a move needs is asked for, and a suspension is the city office’s', async () => {
  const { tasks: made } = await aBook([{}])
  const [id] = made as [string]
  expect((await move(liaison, id, 'return').expect(422)).body).toMatchObject({
    code: 'move.incomplete',
    details: { needs: 'reason' },
  })
  expect((await move(liaison, id, 'progress').expect(422)).body.details.needs).toBe('amount')
  const until = app.clock.now().plus({ days: 30 }).toISO()
  await move(liaison, id, 'ask_suspension', { reason: '等待管线改造', until }).expect(201)
  expect((await move(leader, id, 'suspend', { reason: '同意' }).expect(404)).body.code).toBe('task.missing')
  await move(office, id, 'suspend', { reason: '同意，措施：设置围挡' }).expect(201)
  expect(await read(liaison, id)).toMatchObject({ state: 'suspended', overdue: false })
  await app.advance({ days: 31 })
  const after = await read(liaison, id)
  expect([after.state, after.moves.at(-1).kind, after.moves.at(-1).at]).toEqual([
    'accepted',
    'resume',
    after.moves.at(-2).until,
  ])
})

test('a sign-off is taken back by its author within ten minutes, and leaves the task as it was', async () => {
  const { tasks: made } = await aBook([{ dueKind: 'standing' }, { dueKind: 'standing' }])
  const [id, later] = made as [string, string]
  await move(liaison, id, 'report').expect(201)
  const before = await read(office, id)
  await move(office, id, 'pass').expect(201)
  await move(office, id, 'revoke').expect(201)
  const { moves, version, ...after } = await read(office, id)
  const { moves: _, version: __, ...as } = before
  expect(after).toEqual(as)
  expect(moves.map(({ kind, undone }: never) => [kind, undone])).toEqual([
    ['issue', false],
    ['report', false],
    ['pass', true],
    ['revoke', false],
  ])
  await move(liaison, later, 'report').expect(201)
  await move(office, later, 'pass').expect(201)
  await app.advance({ minutes: 11 })
  expect((await move(office, later, 'revoke').expect(409)).body.code).toBe('move.too_late')
})

test('a book is closed when nothing of it is owed any more', async () => {
  const { book, tasks: made } = await aBook([{ dueKind: 'none' }])
  const close = (version: number) =>
    app.as(office).put(`/api/books/${book.id}/closure`).set('if-match', `"v${version}"`)
  expect((await close(book.version).expect(409)).body).toMatchObject({
    code: 'book.tasks_open',
    details: { open: 1 },
  })
  await move(office, made[0]!, 'cancel', { reason: '重复交办' }).expect(201)
  const { body } = await close(book.version).expect(200)
  expect(body).toMatchObject({ state: 'closed', funnel: { tasks: 1, cancelled: 1 } })
  expect((await move(office, made[0]!, 'reopen', { reason: '恢复' })).status).toBe(409)
})

test('a draft is changed and deleted, an issued task is not; what is unclear is refused by name', async () => {
  const { body: book } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'theme', title: '三月主题', issuerUnitId: city.id })
    .expect(201)
  const write = (task: object) =>
    app
      .as(office)
      .post(`/api/books/${book.id}/tasks`)
      .send({ kind: 'item', outline: '1', text: '文明交通', unitId: owing.id, dueKind: 'none', ...task })
  const { body: first } = await write({}).expect(201)
  const codes = []
  for (const wrong of [
    {},
    { outline: '2', dueKind: 'dated' },
    { outline: '2', dueKind: 'dated', dueClass: 'hours:2', dueOn: '2026-05-01' },
    { outline: '2', dueClass: 'hours:2' },
    { outline: '2', afterId: newId() },
    { outline: '2', unitId: newId() },
    { outline: '2', dueKind: 'dated', dueClass: 'weeks:2' },
  ])
    codes.push((await write(wrong)).body.code)
  expect(codes).toEqual([
    'task.outline_taken',
    'task.due_unclear',
    'task.due_unclear',
    'task.due_unclear',
    'task.after_other_book',
    'unit.missing',
    'request.invalid',
  ])
  const { body: second } = await write({ outline: '2', afterId: first.id }).expect(201)
  const change = (task: { id: string; version: number }, body: object) =>
    app.as(office).patch(`/api/tasks/${task.id}`).set('if-match', `"v${task.version}"`).send(body)
  expect((await change(first, { afterId: second.id }).expect(422)).body.code).toBe('task.after_other_book')
  const { body: changed } = await change(first, { outline: '一', supportingUnitIds: [other.id] }).expect(200)
  expect(changed).toMatchObject({ outline: '一', supporting: [{ id: other.id }] })
  await app.as(office).delete(`/api/tasks/${second.id}`).set('if-match', '"v1"').expect(204)
  await app.as(office).put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
  const issued = await read(stranger, first.id)
  expect((await change(issued, { text: '改' }).expect(409)).body.code).toBe('move.not_now')
})

test('working bodies: units lead, adults advise, nobody twice', async () => {
  const group = await aGroup()
  const adult = await aPerson(app, { name: '王辅导' })
  const child = await aPerson(app, { name: '李同学', birthDate: '2015-05-05' })
  const add = (member: object) => app.as(office).post(`/api/working-bodies/${group}/members`).send(member)
  const { body } = await add({ role: 'counsellor', personId: adult.id }).expect(201)
  expect(body.members).toMatchObject([
    { role: 'lead', unit: { id: lead.id } },
    { role: 'counsellor', person: { id: adult.id, name: '王辅导' } },
  ])
  const codes = []
  for (const wrong of [
    { role: 'counsellor', personId: adult.id },
    { role: 'counsellor', personId: child.id },
    { role: 'lead', personId: adult.id },
    { role: 'member' },
    { role: 'member', unitId: owing.id, districtCode: '210502' },
    { role: 'member', unitId: newId() },
  ])
    codes.push((await add(wrong)).body.code)
  expect(codes).toEqual([
    'body.member_taken',
    'body.member_unfit',
    'body.member_unfit',
    'body.member_unfit',
    'body.member_unfit',
    'unit.missing',
  ])
  await app.as(office).delete(`/api/working-bodies/${group}/members/${body.members[1].id}`).expect(200)
  await add({ role: 'counsellor', personId: adult.id }).expect(201)
})

test('who leads a task is the person that a duplicate became', async () => {
  const kept = await aPerson(app, { name: '赵领导' })
  const merged = await aPerson(app, { name: '赵领导' })
  await app.as(office).post('/api/person-merges').send({ keptId: kept.id, mergedId: merged.id }).expect(201)
  const { body: book } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'work_list', title: '包保清单', issuerUnitId: city.id })
    .expect(201)
  const stated = { kind: 'leader_visit', outline: '1', text: '到小区走访', unitId: owing.id, dueKind: 'none' }
  const { body: task } = await app
    .as(office)
    .post(`/api/books/${book.id}/tasks`)
    .send({ ...stated, leaderPersonId: merged.id })
    .expect(201)
  expect(task.leader.id).toBe(kept.id)
})

describe('whatever happened', () => {
  test('the row of every task is the fold of its moves', async () => {
    await aBook([{}])
    const moves = await app.db.read.select().from(taskMoves).orderBy(taskMoves.taskId, taskMoves.sequence)
    const of = Map.groupBy(moves, ({ taskId }) => taskId)
    const rows = (await app.db.read.select().from(tasks)).filter(({ issuedAt }) => issuedAt)
    expect(rows.length).toBeGreaterThan(0)
    const plain = (facts: object) => JSON.parse(JSON.stringify(facts))
    for (const row of rows) {
      expect(plain(factsOf(row))).toEqual(plain(foldMoves(of.get(row.id) ?? [])))
      expect(stateOf(factsOf(row))).not.toBe('draft')
    }
  })
})
