import sharp from 'sharp'
import { expect, test } from 'vitest'
import { issueTask, officeTime, openBook } from '#modules/command/index.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import {
  aBook,
  app,
  aTask,
  aYearGround,
  city,
  liaison,
  office,
  owing,
  publish,
  referee,
} from './year-ground.ts'

aYearGround()

const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })

const read = async (taskId: string, who = office) =>
  (await app.as(who).get(`/api/tasks/${taskId}`).expect(200)).body

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

test('an extension that was refused was asked for, too: nobody defers a deadline by asking again and again', async () => {
  const id = await aCase('2026-03-004')
  const { dueAt } = await read(id)
  const until = new Date(Date.parse(dueAt) + 20 * 86_400_000).toISOString()
  const asked = { reason: '等待材料', until }
  await app.advance({ days: 3 })
  await move(liaison, id, 'ask_extension', asked).expect(201)
  await app.advance({ days: 1 })
  await move(office, id, 'refuse_extension', { reason: '无正当理由' }).expect(201)
  // It has until the end of the next working day, and no longer.
  expect((await read(id)).dueAt).toBe('2026-03-09T09:00:00.000Z')
  expect((await move(liaison, id, 'ask_extension', asked).expect(409)).body.code).toBe('move.limit_reached')
  const book = await aBook({ kind: 'checklist', title: '延期清单' })
  const item = await aTask(book, { dueKind: 'dated', dueClass: 'workdays:5' })
  await publish(book)
  for (const decided of ['refuse_extension', 'grant_extension']) {
    await move(liaison, item, 'ask_extension', asked).expect(201)
    await move(office, item, decided, { reason: '已研究' }).expect(201)
  }
  const again = { ...asked, until: new Date(Date.parse(until) + 86_400_000).toISOString() }
  expect((await move(liaison, item, 'ask_extension', again).expect(409)).body.code).toBe('move.limit_reached')
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
  const dropped = await aTask(bookId, { outline: '2' })
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
  // What was carried into it and cancelled then holds it open no longer.
  await move(office, dropped, 'carry', { reason: '一并列入', intoId: into }).expect(201)
  await move(office, dropped, 'cancel', { reason: '不再需要' }).expect(201)
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
  // A unit's figures are of its own tasks: another one's are of none of these.
  const { id: besideId } = await aUnit(app.db, { name: '平山区城管局', districtCode: '210502' })
  const beside = await app.signIn({ role: 'unit_administrator', unitId: besideId })
  const issuedFor = async (who: SignedIn) =>
    (await app.as(who).get('/api/task-figures?by=unit').expect(200)).body.groups.map(({ id }: never) => id)
  expect([await issuedFor(liaison), await issuedFor(beside)]).toEqual([[owing.id], []])
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
