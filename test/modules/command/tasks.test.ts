import { expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  aBook,
  actFor,
  aGroup,
  app,
  aTasksGround,
  city,
  lead,
  leader,
  liaison,
  move,
  office,
  other,
  owing,
  read,
  stranger,
} from './tasks-ground.ts'

aTasksGround()

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
  await actFor(office, owing.id)
  expect((await move(office, id, 'pass').expect(403)).body.code).toBe('move.same_line')
  await actFor(office, city.id, '"v2"')
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

test('a stage that was cancelled is waited for no longer: the issuer may begin the next one', async () => {
  const { tasks: made } = await aBook([{ kind: 'stage' }, { kind: 'stage', after: 0 }], {
    ...{ kind: 'project', title: '市场改造二期' },
  })
  const [first, second] = made as [string, string]
  await move(office, first, 'cancel', { reason: '方案调整' }).expect(201)
  expect(await read(office, second)).toMatchObject({ state: 'draft', waits: false })
  await move(office, second, 'issue').expect(201)
  expect(await read(liaison, second)).toMatchObject({ state: 'issued', cycle: 1 })
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
