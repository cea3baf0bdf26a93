import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { issueTask, officeTime, openBook } from '#modules/command/index.ts'
import { responsibilities } from '#modules/grid/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: { id: string }
let owing: { id: string }
let office: SignedIn
let liaison: SignedIn
/** Of the city office, and of a unit of their own. */
let referee: SignedIn

beforeAll(async () => {
  city = await aUnit(app.db, { name: '市文明办' })
  owing = await aUnit(app.db, { name: '平山区房产局', parentId: city.id, districtCode: '210502' })
  const advising = await aUnit(app.db, { name: '市委督查室', parentId: city.id })
  office = await app.signIn({ role: 'city_office' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  referee = await app.signIn({ role: 'city_office' })
  await actFor(office, city.id)
  await actFor(referee, advising.id)
})

const actFor = (user: SignedIn, unitId: string) =>
  app
    .as('system_administrator')
    .put(`/api/users/${user.userId}/unit`)
    .set('if-match', '"v1"')
    .send({ unitId })
    .expect(200)

async function aBook(book: object = {}) {
  const { body } = await app
    .as(office)
    .post('/api/books')
    .send({ kind: 'work_list', title: '包保清单', issuerUnitId: city.id, ...book })
    .expect(201)
  return body.id as string
}

const publish = (bookId: string) =>
  app.as(office).put(`/api/books/${bookId}/publication`).set('if-match', '"v1"').expect(200)

const aTask = async (bookId: string, task: object = {}) =>
  (
    await app
      .as(office)
      .post(`/api/books/${bookId}/tasks`)
      .send({ kind: 'item', outline: '1', text: '清理楼道', unitId: owing.id, dueKind: 'standing', ...task })
      .expect(201)
  ).body.id as string

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

const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

const read = async (taskId: string, who = office) =>
  (await app.as(who).get(`/api/tasks/${taskId}`).expect(200)).body

const tasksOf = async (bookId: string) =>
  (await app.as(office).get(`/api/tasks?bookId=${bookId}&limit=200`).expect(200)).body.items

/** A case that somebody of the city office found. */
const aCase = (outline: string) =>
  app.db.transaction(async (tx) => {
    const moving = {
      office: await officeTime(tx, app.context.config),
      by: 'system' as const,
      at: app.clock.now(),
    }
    const bookId = await openBook(
      tx,
      { kind: 'rectification', title: '三月整改清单', issuerUnitId: city.id },
      moving,
    )
    const found = { foundByUserId: office.userId, foundByUnitId: city.id }
    const task = { bookId, kind: 'case' as const, outline, text: '楼道堆物', unitId: owing.id, ...found }
    return issueTask(tx, { ...task, subject: `case:${outline}`, dueClass: 'workdays:3' }, moving)
  })

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

test('a case is the city office’s: it alone extends, reassigns and cancels it, and extends it once', async () => {
  const id = await aCase('2026-03-001')
  const due = (await read(id)).dueAt as string
  const until = (days: number) => new Date(Date.parse(due) + days * 86_400_000).toISOString()
  await move(liaison, id, 'ask_extension', { reason: '等待材料', until: until(2) }).expect(201)
  expect((await move(liaison, id, 'grant_extension').expect(403)).body).toMatchObject({
    code: 'move.not_yours',
    details: { part: 'office' },
  })
  await move(office, id, 'grant_extension').expect(201)
  const again = await move(liaison, id, 'ask_extension', { reason: '仍需等待', until: until(4) })
  expect(again.body.code).toBe('move.limit_reached')
})

test('a dispute is made once and decided by neither finder nor their unit; what is upheld is a false finding', async () => {
  const [wrong, right] = [await aCase('2026-03-002'), await aCase('2026-03-003')]
  const bare = await move(liaison, wrong, 'dispute', { reason: '不在本小区' }).expect(422)
  expect(bare.body.details.needs).toBe('picture')
  for (const [n, id] of [wrong, right].entries()) {
    const grey = { width: 9, height: 8, channels: 3 as const, background: n === 0 ? '#333' : '#ccc' }
    await app
      .as(liaison)
      .put(`/api/tasks/${id}/pictures/${newId()}`)
      .attach('files', await sharp({ create: grey }).png().toBuffer(), '现场.png')
      .expect(200)
    await move(liaison, id, 'dispute', { reason: '不在本小区' }).expect(201)
  }
  expect((await move(office, wrong, 'uphold_dispute', { reason: '属实' }).expect(403)).body.code).toBe(
    'move.own_finding',
  )
  await move(referee, wrong, 'uphold_dispute', { reason: '现场核实非本小区' }).expect(201)
  await move(referee, right, 'refuse_dispute', { reason: '现场核实属本小区' }).expect(201)
  expect(await read(wrong)).toMatchObject({ state: 'cancelled', falseAt: expect.any(String) })
  expect(await read(right)).toMatchObject({ state: 'issued', disputedAt: null })
  const second = await move(liaison, right, 'dispute', { reason: '仍有异议' }).expect(409)
  expect(second.body.code).toBe('move.limit_reached')
  // An appeal that is granted annuls a case that was signed off, too.
  await move(liaison, right, 'report').expect(201)
  await move(office, right, 'pass').expect(201)
  await move(referee, right, 'annul', { reason: '申诉成立' }).expect(201)
  expect(await read(right)).toMatchObject({ state: 'cancelled', closedAt: null })
  const item = await aBook()
  const task = await aTask(item)
  await publish(item)
  expect((await move(liaison, task, 'dispute', { reason: '误报' }).expect(409)).body.code).toBe(
    'move.not_now',
  )
})

test('what is not done is carried into the year plan, keeps its state, and holds the plan’s task open', async () => {
  const bookId = await aBook({ title: '任务书' })
  const task = await aTask(bookId, { dueKind: 'dated', dueClass: 'workdays:3' })
  await publish(bookId)
  const plan = await aBook({ kind: 'year_plan', title: '2027年度计划' })
  await aTask(plan, { outline: '0' })
  await publish(plan)
  const carry = (taskIds: string[]) =>
    app
      .as(office)
      .post(`/api/books/${plan}/carried-tasks`)
      .send({ taskIds, dueOn: '2027-06-30', reason: '列入明年计划' })
      .expect(200)
  expect([(await carry([task])).body, (await carry([task, task])).body]).toEqual([
    { carried: 1 },
    { carried: 0 },
  ])
  const carried = await read(task)
  expect(carried).toMatchObject({ state: 'issued', carriedIntoId: expect.any(String) })
  const into = carried.carriedIntoId as string
  expect(await read(into)).toMatchObject({ state: 'issued', dueAt: '2027-06-30T09:00:00.000Z' })
  await move(liaison, into, 'report').expect(201)
  expect((await move(office, into, 'pass').expect(409)).body).toMatchObject({
    code: 'task.carried_open',
    details: { open: 1 },
  })
  await move(liaison, task, 'report').expect(201)
  await move(office, task, 'pass').expect(201)
  await move(office, into, 'pass').expect(201)
  const wrong = await move(office, into, 'carry', { reason: '再结转', intoId: task })
  expect(wrong.status).toBe(409)
})

test('an award holds until a date and is revoked; amounts of a project are summed', async () => {
  const award = await aBook({ kind: 'award', title: '文明楼院' })
  const application = await aTask(award, { kind: 'award' })
  await publish(award)
  await move(liaison, application, 'report').expect(201)
  expect((await move(office, application, 'pass').expect(422)).body.details.needs).toBe('until')
  await move(office, application, 'pass', { until: '2028-03-01T00:00:00+08:00' }).expect(201)
  expect(await read(application)).toMatchObject({
    state: 'closed',
    awardedUntil: '2028-02-29T16:00:00.000Z',
  })
  await move(office, application, 'reopen', { reason: '复查不合格，撤销称号' }).expect(201)
  expect(await read(application)).toMatchObject({ state: 'issued', awardedUntil: null })
  const market = await aBook({ kind: 'project', title: '市场改造' })
  const counted = { kind: 'stage', measure: '个摊位' }
  const stage = await aTask(market, { ...counted, target: 160 })
  await aTask(market, { ...counted, outline: '2', target: 40 })
  await publish(market)
  expect((await move(liaison, stage, 'report').expect(422)).body.details.needs).toBe('amount')
  await move(liaison, stage, 'progress', { amount: 120 }).expect(201)
  const { body } = await app.as(liaison).get(`/api/books/${market}`).expect(200)
  expect(body.amounts).toEqual([{ measure: '个摊位', target: 200, amount: 120 }])
})

test('figures of a moment stay what they were, and a notice keeps those it told', async () => {
  const bookId = await aBook({ title: '限期清单' })
  const dated = { dueKind: 'dated', dueClass: 'workdays:3' }
  const made: string[] = []
  for (const outline of ['1', '2', '3', '4']) made.push(await aTask(bookId, { ...dated, outline }))
  await publish(bookId)
  const [good, late, dropped, open] = made as [string, string, string, string]
  const figures = async (at?: string) =>
    (
      await app
        .as(office)
        .get(`/api/task-figures?by=unit&bookId=${bookId}${at ? `&at=${encodeURIComponent(at)}` : ''}`)
        .expect(200)
    ).body
  await move(liaison, good, 'report').expect(201)
  await move(office, good, 'fail', { reason: '仍有堆物' }).expect(201)
  await move(liaison, good, 'report').expect(201)
  await move(office, good, 'pass').expect(201)
  await move(office, dropped, 'cancel', { reason: '重复' }).expect(201)
  const then = app.clock.now().toISO() as string
  const shown = await figures(then)
  expect(shown.total).toMatchObject({ issued: 4, open: 2, closed: 1, cancelled: 1, due: 0, overdue: 0 })
  await app.advance({ days: 10 })
  await move(liaison, late, 'report').expect(201)
  await move(office, late, 'pass').expect(201)
  const now = await figures()
  expect(now.groups).toMatchObject([{ id: owing.id, name: '平山区房产局' }])
  expect(now.total).toMatchObject({
    ...{ issued: 4, open: 1, closed: 2, cancelled: 1, overdue: 1, dated: 3, closedDated: 2 },
    ...{ due: 3, closedDue: 2, dueNotSuspended: 3, onTime: 1, reported: 2, sentBack: 1, extended: 0 },
  })
  expect(await figures(then)).toEqual(shown)
  expect(await read(open)).toMatchObject({ overdue: true })
  const notice = await aBook({ kind: 'notice', title: '三月通报' })
  await aTask(notice, { kind: 'reply', outline: '1', text: '书面回复' })
  const freeze = (version: number) =>
    app
      .as(office)
      .put(`/api/books/${notice}/figures`)
      .set('if-match', `"v${version}"`)
      .send({ by: 'district' })
  const { body } = await freeze(1).expect(200)
  expect(body.figures.total.closed).toBeGreaterThanOrEqual(2)
  await app.as(office).put(`/api/books/${notice}/publication`).set('if-match', '"v2"').expect(200)
  expect((await freeze(3).expect(409)).body.code).toBe('book.told')
})

test('blind spots: what nobody accepted or explained', async () => {
  const bookId = await aBook()
  const task = await aTask(bookId, { outline: '9' })
  await publish(bookId)
  await app.advance({ days: 3 })
  const { body } = await app.as(liaison).get('/api/task-blind-spots').expect(200)
  const ids = (some: { id: string }[]) => some.map(({ id }) => id)
  expect(ids(body.unaccepted)).toContain(task)
  expect(ids(body.unexplained)).toContain(task)
})
