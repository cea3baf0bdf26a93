/** A unit is closed, or an account disabled, while tasks are open: nothing owed is lost, and somebody is left who signs off. */
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aBook, app, aTask, aYearGround, city, office, publish } from './year-ground.ts'

aYearGround()

let successor: { id: string }
beforeAll(async () => {
  successor = await aUnit(app.db, { name: '平山区住建局', parentId: city.id, districtCode: '210502' })
})

const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

const read = async (taskId: string) => (await app.as(office).get(`/api/tasks/${taskId}`).expect(200)).body
const ofClosed = async () =>
  (await app.as(office).get('/api/task-blind-spots').expect(200)).body.ofClosed.map(
    ({ id }: { id: string }) => id,
  )
const close = async (unitId: string) => {
  const { headers } = await app.as(office).get(`/api/units/${unitId}`).expect(200)
  await app.as(office).put(`/api/units/${unitId}/closure`).set('if-match', headers.etag!).expect(200)
}

test('what a closed unit owes is among the blind spots, and its issuer gives it to another unit at once', async () => {
  const closing = await aUnit(app.db, { name: '平山区房产所', parentId: city.id, districtCode: '210502' })
  const book = await aBook()
  const due = { dueKind: 'dated', dueClass: 'workdays:5', unitId: closing.id }
  const [open, reported, left] = [
    await aTask(book, { outline: '1', ...due }),
    await aTask(book, { outline: '2', ...due }),
    await aTask(book, { outline: '3', ...due, unitId: successor.id }),
  ]
  await publish(book)
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: closing.id })
  await move(liaison, reported, 'accept').expect(201)
  await move(liaison, reported, 'report', { reason: '已清理' }).expect(201)
  // While it is open, its unit returns a task first.
  expect((await move(office, open, 'reissue', { unitId: successor.id }).expect(409)).body.code).toBe(
    'move.not_now',
  )
  await close(closing.id)
  expect((await ofClosed()).sort()).toEqual([open, reported].sort())
  await move(liaison, open, 'accept').expect(403)
  expect((await read(open)).allowed.moves).toContain('reissue')
  expect((await read(left)).allowed.moves).not.toContain('reissue')
  // What it reported is checked, not given away.
  expect((await read(reported)).allowed.moves).not.toContain('reissue')
  await move(office, open, 'reissue', { unitId: closing.id }).expect(404)
  await app.advance({ days: 1 })
  await move(office, open, 'reissue', { unitId: successor.id }).expect(201)
  // With its full time again.
  expect(await read(open)).toMatchObject({
    ...{ state: 'issued', cycle: 2, unit: { id: successor.id }, dueAt: '2026-03-10T09:00:00.000Z' },
  })
  await move(office, reported, 'pass').expect(201)
  expect(await ofClosed()).toEqual([])
})

/** A working group that this unit leads. */
async function aGroupLedBy(unitId: string): Promise<string> {
  const { body } = await app
    .as(office)
    .post('/api/working-bodies')
    .send({ kind: 'group', name: '市容组' })
    .expect(201)
  const members = `/api/working-bodies/${body.id}/members`
  await app.as(office).post(members).send({ role: 'lead', unitId }).expect(201)
  return body.id
}

test('a closed unit that a book names for signing off, or leads its group, is passed over while another could', async () => {
  const naming = await aUnit(app.db, { name: '市督查组', parentId: city.id })
  const lead = await aUnit(app.db, { name: '市城管局', parentId: city.id })
  const bodyId = await aGroupLedBy(lead.id)
  const book = await aBook({ bodyId, checkUnitId: naming.id })
  const task = await aTask(book, { unitId: successor.id })
  await publish(book)
  expect((await read(task)).checker.id).toBe(lead.id)
  await close(lead.id)
  expect((await read(task)).checker.id).toBe(city.id)
  await close(naming.id)
  expect((await read(task)).checker.id).toBe(city.id)
})

test('who signs off is a unit, not an account: where one is disabled another goes on', async () => {
  const lead = await aUnit(app.db, { name: '市住建局', parentId: city.id })
  const book = await aBook({ title: '停用账号清单', bodyId: await aGroupLedBy(lead.id) })
  const task = await aTask(book, { unitId: successor.id })
  await publish(book)
  const oneOf = (unitId: string) => app.signIn({ role: 'unit_administrator', unitId })
  const disable = (who: SignedIn) => app.as(office).put(`/api/users/${who.userId}/suspension`).expect(204)
  const [reporting, checking] = [await oneOf(successor.id), await oneOf(lead.id)]
  await move(reporting, task, 'accept').expect(201)
  await disable(reporting)
  await move(reporting, task, 'report').expect(401)
  await move(await oneOf(successor.id), task, 'report').expect(201)
  await disable(checking)
  await move(checking, task, 'pass').expect(401)
  await move(await oneOf(lead.id), task, 'pass').expect(201)
})
