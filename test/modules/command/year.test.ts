import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { books, taskTemplates } from '#modules/command/schema.ts'
import { responsibilities } from '#modules/grid/schema.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'
import { aBook, app, aTask, aYearGround, city, office, owing, publish } from './year-ground.ts'

aYearGround()

/** Before every other id. */
const first = '00000000-0000-7000-8000-000000000000'

const aTemplate = async (bookId: string, template: object) =>
  (
    await app
      .as(office)
      .post(`/api/books/${bookId}/templates`)
      .send({ kind: 'leader_visit', outline: '1', text: '每月走访一次', ...template })
      .expect(201)
  ).body.id as string

const preview = async (templateId: string) =>
  (await app.as(office).post(`/api/task-templates/${templateId}/expansions/preview`).expect(200)).body

async function expand(templateId: string) {
  const seen = await preview(templateId)
  const { token } = seen
  await app.as(office).post(`/api/task-templates/${templateId}/expansions`).send({ token }).expect(200)
  return [seen.made, seen.reissued, seen.kept, seen.gone]
}

const tasksOf = async (bookId: string) =>
  (await app.as(office).get(`/api/tasks?bookId=${bookId}&limit=200`).expect(200)).body.items

test('a work list is expanded over the register twice without a double; whoever takes a compound over is given it anew', async () => {
  const compounds = await Promise.all(
    [1, 2, 3].map((n) => aZone(app.db, { name: `小区${n}`, kind: 'market' })),
  )
  const answering = await Promise.all(
    compounds.map(async (zone, n) => {
      const unit = await aUnit(app.db, { name: `包保单位${n}`, parentId: city.id })
      const { id } = await aResponsibility(app.db, { zoneId: zone.id, unitId: unit.id, level: 'unit' })
      return { unit, id }
    }),
  )
  const leaders = await Promise.all([1, 2].map((n) => aPerson(app, { name: `王县长${n}` })))
  const led = await Promise.all(
    compounds.map((zone, n) =>
      aResponsibility(app.db, { zoneId: zone.id, personId: leaders[n % 2]!.id, level: 'leader' }),
    ),
  )
  const bookId = await aBook()
  const within = { zoneKinds: ['market'] }
  const due = { dueClass: 'workdays:20' }
  const visits = await aTemplate(bookId, {
    ...due,
    scope: 'responsibilities',
    within: { ...within, level: 'leader' },
  })
  const units = await aTemplate(bookId, { ...due, outline: '2', scope: 'zones', within })
  expect([await expand(visits), await expand(units)]).toEqual([
    [3, 0, 0, 0],
    [3, 0, 0, 0],
  ])
  await publish(bookId)
  expect([await expand(visits), await expand(units)]).toEqual([
    [0, 0, 3, 0],
    [0, 0, 3, 0],
  ])
  const [first, , third] = answering
  // Another unit answers for the first compound, another leader for the second, and nobody for the third any more.
  const taking = await aUnit(app.db, { name: '接手单位', parentId: city.id })
  await app.db.transaction(async (tx) => {
    const set = (row: object, id: string) =>
      tx.update(responsibilities).set(row).where(eq(responsibilities.id, id))
    await set({ unitId: taking.id }, first!.id)
    await set({ validFrom: '2026-01-01', validUntil: '2026-03-01' }, third!.id)
    await set({ personId: leaders[0]!.id }, led[1]!.id)
  })
  const { skipped } = await preview(units)
  expect(skipped).toEqual([
    { zone: { id: compounds[2]!.id, name: '小区3' }, unit: null, because: 'expansion.nobody_answers' },
  ])
  expect(await expand(units)).toEqual([0, 1, 1, 1])
  // The visit to the third compound has no unit that could report it; it stays with the one that was given it.
  expect(await expand(visits)).toEqual([0, 2, 0, 1])
  const all = await tasksOf(bookId)
  expect(all).toHaveLength(6)
  const at = (n: number, outline: RegExp) =>
    all.find(
      (task: { zone: { id: string }; outline: string }) =>
        task.zone.id === compounds[n]!.id && outline.test(task.outline),
    )
  expect(at(0, /^2-/)).toMatchObject({ unit: { id: taking.id }, state: 'issued', cycle: 2 })
  expect(at(1, /^1-/)).toMatchObject({ leader: { id: leaders[0]!.id }, cycle: 2 })
  expect(at(2, /^1-/)).toMatchObject({ unit: { id: third!.unit.id }, cycle: 1 })
})

test('who turns out to be one person keeps their visits: expanded again after the merge and after its undoing, nothing is double', async () => {
  const compounds = await Promise.all(
    [1, 2].map((n) => aZone(app.db, { name: `合并小区${n}`, kind: 'park' })),
  )
  const bearer = await aUnit(app.db, { name: '合并包保单位', parentId: city.id })
  const [kept, merged] = [await aPerson(app, { name: '李县长' }), await aPerson(app, { name: '李县长' })]
  for (const [n, { id: zoneId }] of compounds.entries()) {
    await aResponsibility(app.db, { zoneId, unitId: bearer.id, level: 'unit' })
    await aResponsibility(app.db, { zoneId, personId: n === 0 ? kept.id : merged.id, level: 'leader' })
  }
  const bookId = await aBook({ title: '走访清单' })
  const template = await aTemplate(bookId, {
    ...{ dueClass: 'workdays:20', scope: 'responsibilities' },
    within: { zoneKinds: ['park'], level: 'leader' },
  })
  await expand(template)
  await publish(bookId)
  const { body: merge } = await app
    .as(office)
    .post('/api/person-merges')
    .send({ keptId: kept.id, mergedId: merged.id })
    .expect(201)
  const leaders = async () =>
    (await tasksOf(bookId)).map(({ leader, cycle }: { leader: { id: string }; cycle: number }) => [
      leader.id,
      cycle,
    ])
  expect([await expand(template), await leaders()]).toEqual([
    [0, 0, 2, 0],
    [
      [kept.id, 1],
      [kept.id, 1],
    ],
  ])
  await app.as(office).delete(`/api/person-merges/${merge.id}`).expect(200)
  expect([await expand(template), (await leaders()).map(([id]: string[]) => id).sort()]).toEqual([
    [0, 0, 2, 0],
    [kept.id, merged.id].sort(),
  ])
})

test('what recurs is issued by the service once in each period, due on its day', async () => {
  const bookId = await aBook({ title: '每月自查' })
  await aTask(bookId)
  await aTemplate(bookId, {
    ...{ kind: 'item', outline: '月报', scope: 'units', within: { unitIds: [owing.id] } },
    ...{ cadence: 'monthly', dueDay: '25' },
  })
  await publish(bookId)
  // Of a book that holds no longer nothing recurs.
  const ending = await aBook({ title: '三月自查', validUntil: '2026-03-31' })
  await aTask(ending)
  await aTemplate(ending, {
    ...{ kind: 'item', outline: '月报', scope: 'units', within: { unitIds: [owing.id] } },
    ...{ cadence: 'monthly', dueDay: '25' },
  })
  await publish(ending)
  // One that cannot be carried out, whatever made it so, holds up none of those after it.
  const broken = await aBook({ title: '坏的' })
  await aTask(broken)
  const early = await aTemplate(broken, {
    ...{ kind: 'item', outline: '月报', scope: 'units', within: { unitIds: [owing.id] } },
    ...{ cadence: 'monthly', dueDay: '25' },
  })
  await publish(broken)
  await app.db.transaction((tx) =>
    tx.update(taskTemplates).set({ id: first, dueDay: 'x' }).where(eq(taskTemplates.id, early)),
  )
  // Nothing recurs of a book that was closed, nor of a template that was ended.
  const [closed, stopped] = [await aBook({ title: '已关闭' }), await aBook({ title: '已停用' })]
  for (const each of [closed, stopped]) {
    await aTask(each)
    await publish(each)
  }
  const monthly = { scope: 'units', within: { unitIds: [owing.id] }, cadence: 'monthly', dueDay: '25' }
  await aTemplate(closed, { kind: 'item', outline: '月报', ...monthly })
  const ended = await aTemplate(stopped, { kind: 'item', outline: '月报', ...monthly })
  await app.as(office).put(`/api/task-templates/${ended}/end`).set('if-match', '"v1"').expect(200)
  await app.db.transaction((tx) =>
    tx.update(books).set({ closedAt: app.clock.now() }).where(eq(books.id, closed)),
  )
  await app.advance({ hours: 2 })
  await app.advance({ hours: 2 })
  const march = (await tasksOf(bookId)).filter(({ outline }: never) => outline === '月报-1')
  expect(march).toMatchObject([{ dueAt: '2026-03-25T09:00:00.000Z', state: 'issued' }])
  await app.advance({ days: 31 })
  expect((await tasksOf(bookId)).map(({ outline }: never) => outline).sort()).toEqual([
    '1',
    '月报-1',
    '月报-2',
  ])
  expect((await tasksOf(ending)).map(({ outline }: never) => outline).sort()).toEqual(['1', '月报-1'])
  for (const each of [closed, stopped])
    expect((await tasksOf(each)).map(({ outline }: never) => outline)).toEqual(['1'])
})

test('numbers of what is made go around those that stand in the book: written by hand, or left when a draft was taken out', async () => {
  const bookId = await aBook({ title: '编号' })
  const others = await Promise.all(
    [1, 2].map((n) => aUnit(app.db, { name: `编号单位${n}`, parentId: city.id })),
  )
  const unitIds = [owing, ...others].map(({ id }) => id)
  const template = await aTemplate(bookId, {
    kind: 'item',
    outline: '5',
    scope: 'units',
    within: { unitIds },
  })
  expect(await expand(template)).toEqual([3, 0, 0, 0])
  const [first] = await tasksOf(bookId)
  await app.as(office).delete(`/api/tasks/${first.id}`).set('if-match', '"v1"').expect(204)
  await aTask(bookId, { outline: '5-4' })
  expect(await expand(template)).toEqual([1, 0, 2, 0])
  const left = ['5-1', '5-2', '5-3'].filter((outline) => outline !== first.outline)
  expect((await tasksOf(bookId)).map(({ outline }: never) => outline).sort()).toEqual([...left, '5-4', '5-5'])
})

test('templates that do not fit together are refused by name, and an ended one makes nothing', async () => {
  const bookId = await aBook()
  const wrong = [
    { scope: 'once', within: {} },
    { scope: 'zones', within: { unitIds: [owing.id] } },
    { scope: 'responsibilities', within: {} },
    { scope: 'units', within: { unitIds: [owing.id] }, cadence: 'monthly', dueDay: '32' },
    { scope: 'units', within: { unitIds: [owing.id] }, cadence: 'weekly', dueOn: '2026-05-01' },
    { scope: 'units', within: { unitIds: [owing.id] }, dueDay: '5' },
  ]
  for (const template of wrong) {
    const answer = await app
      .as(office)
      .post(`/api/books/${bookId}/templates`)
      .send({ kind: 'item', outline: '1', text: '自查', ...template })
    expect([template, answer.body.code]).toEqual([template, 'template.unfit'])
  }
  const id = await aTemplate(bookId, { scope: 'once', within: { unitIds: [owing.id] } })
  await app.as(office).put(`/api/task-templates/${id}/end`).set('if-match', '"v1"').expect(200)
  const refused = await app.as(office).post(`/api/task-templates/${id}/expansions/preview`).expect(409)
  expect(refused.body.code).toBe('template.ended')
})
