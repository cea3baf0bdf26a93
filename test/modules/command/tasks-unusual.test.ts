import { describe, expect, test } from 'vitest'
import { taskMoves, tasks } from '#modules/command/schema.ts'
import { factsOf, foldMoves, stateOf } from '#modules/command/tasks/task-facts.ts'
import { newId } from '#platform/ids.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
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
  await actFor(office, city.id)
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
