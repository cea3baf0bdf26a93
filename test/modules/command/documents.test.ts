import { eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'
import { pagesOf } from '#test/support/pdf.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: { id: string }
let owing: { id: string }
let group: { id: string }
let leader: { id: string }
let office: SignedIn
let liaison: SignedIn

beforeAll(async () => {
  city = await aUnit(app.db, { name: '市文明办' })
  owing = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  leader = await aPerson(app, { name: '欧阳县长' })
  office = await app.signIn({ role: 'city_office' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  await app
    .as('system_administrator')
    .put(`/api/users/${office.userId}/unit`)
    .set('if-match', '"v1"')
    .send({ unitId: city.id })
    .expect(200)
  group = (
    await app
      .as(office)
      .post('/api/working-bodies')
      .send({ kind: 'group', number: 1, name: '公共环境组' })
      .expect(201)
  ).body
})

async function aBook(book: object, tasks: object[]) {
  const { body } = await app
    .as(office)
    .post('/api/books')
    .send({ issuerUnitId: city.id, ...book })
    .expect(201)
  const ids: string[] = []
  for (const [at, task] of tasks.entries()) {
    const stated = {
      kind: 'item',
      outline: `${at + 1}`,
      text: `第${at + 1}项`,
      unitId: owing.id,
      dueKind: 'standing',
    }
    const { body: made } = await app
      .as(office)
      .post(`/api/books/${body.id}/tasks`)
      .send({ ...stated, ...task })
      .expect(201)
    ids.push(made.id)
  }
  return { id: body.id as string, ids }
}
const publish = (bookId: string, version = 1) =>
  app.as(office).put(`/api/books/${bookId}/publication`).set('if-match', `"v${version}"`).expect(200)
const move = (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
  app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })
    .expect(201)

/** A file as it arrives. */
async function fileAt(url: string, who = office): Promise<{ bytes: Buffer; name: string }> {
  const { body, headers } = await app
    .as(who)
    .get(url)
    .buffer(true)
    .parse((reply, done) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: string) => chunks.push(Buffer.from(chunk)))
      reply.on('end', () => done(null, Buffer.concat(chunks)))
    })
    .expect(200)
  const name = /filename\*=UTF-8''(.+)$/.exec(headers['content-disposition'] ?? '')?.[1] ?? ''
  return { bytes: body, name: decodeURIComponent(name) }
}
const flat = (pages: { text: string }[]) => pages.map(({ text }) => text.replaceAll('\n', '')).join('')

test('the wall chart hangs as A3 or A1: rows by group, symbols and words for states, units and no person', async () => {
  const dated = { dueKind: 'dated', dueClass: 'workdays:3' }
  const { id, ids } = await aBook({ kind: 'task_book', title: '创城任务书' }, [
    { bodyId: group.id, text: '清理楼道杂物', ...dated },
    { bodyId: group.id, text: '疏通消防通道', ...dated },
    { text: '公布投诉电话', leaderPersonId: leader.id },
    { text: '修剪树木', leaderPersonId: leader.id },
  ])
  await publish(id)
  await move(liaison, ids[0]!, 'report')
  await move(office, ids[2]!, 'cancel', { reason: '重复' })
  await move(liaison, ids[3]!, 'accept')
  await app.advance({ days: 6 })
  for (const [paper, mm] of Object.entries({ A3: [420, 297], A1: [841, 594] })) {
    const { bytes, name } = await fileAt(`/api/books/${id}/chart?paper=${paper}&lang=zh`)
    const pages = await pagesOf(bytes)
    expect([pages.length, pages[0]!.mm, name]).toEqual([1, mm, '演练-创城任务书作战图.pdf'])
    const text = flat(pages)
    for (const shown of [
      '创城任务书作战图',
      '市文明办 截至3月8日09:00',
      '共3项，已销号0项，逾期1项',
      '公共环境组',
      '平山区房产局',
      '◐ 待核查',
      '▲ 待签收 逾期',
      '× 已撤销',
      '◐ 办理中',
      '3月5日17:00',
      '长期坚持',
      '销号盖章、日期',
    ])
      expect(text).toContain(shown)
    expect(text).not.toContain('欧阳')
  }
  expect(flat(await pagesOf((await fileAt(`/api/books/${id}/chart?lang=en`)).bytes))).toContain(
    '▲ Issued overdue',
  )
  // A unit hangs up its own part.
  const own = await fileAt(`/api/books/${id}/chart?lang=zh`, liaison)
  expect(flat(await pagesOf(own.bytes))).toContain('共3项')
})

test('a notice keeps what it told: figures, units and words, whatever happens afterwards', async () => {
  const { id: told, ids } = await aBook({ kind: 'checklist', title: '达标清单' }, [{}, {}, {}])
  await publish(told)
  await move(liaison, ids[0]!, 'report')
  await move(office, ids[0]!, 'pass')
  const replying = await aUnit(app.db, { name: '明山区城管局', districtCode: '210504' })
  const reply = {
    kind: 'reply',
    unitId: replying.id,
    text: '书面说明原因',
    dueKind: 'dated',
    dueClass: 'workdays:3',
  }
  const { id } = await aBook(
    {
      kind: 'notice',
      title: '关于三月达标清单的通报',
      documentNumber: '本文明办〔2026〕3号',
      text: '现将有关情况通报如下。\n请抓紧落实。',
    },
    [reply],
  )
  await app
    .as(office)
    .put(`/api/books/${id}/figures`)
    .set('if-match', '"v1"')
    .send({ by: 'unit', bookKind: 'checklist' })
    .expect(200)
  const draft = flat(await pagesOf((await fileAt(`/api/books/${id}/document?format=pdf&lang=zh`)).bytes))
  expect(draft).toContain('（草稿，尚未下发）')
  await publish(id, 2)
  const before = flat(await pagesOf((await fileAt(`/api/books/${id}/document?format=pdf&lang=zh`)).bytes))
  for (const shown of [
    '本文明办〔2026〕3号',
    '请抓紧落实。',
    '共交办3项，已销号1项',
    '整改率—（0/0）',
    '明山区城管局',
    '3月5日17:00',
    '2026年3月2日',
  ])
    expect(before).toContain(shown)
  expect(before).not.toContain('草稿')
  // Afterwards everything changes.
  await move(liaison, ids[1]!, 'report')
  await move(office, ids[1]!, 'pass')
  await app.db.transaction((tx) =>
    tx.update(units).set({ name: '明山区综合执法局' }).where(eq(units.id, replying.id)),
  )
  await app
    .as(office)
    .patch(`/api/books/${id}`)
    .set('if-match', '"v3"')
    .send({ title: '改过的标题' })
    .expect(200)
  const after = flat(await pagesOf((await fileAt(`/api/books/${id}/document?format=pdf&lang=zh`)).bytes))
  expect(after).toBe(before)
  const docx = await fileAt(`/api/books/${id}/document?format=docx&lang=zh`)
  const xml = strFromU8(unzipSync(docx.bytes)['word/document.xml']!)
  for (const shown of ['关于三月达标清单的通报', '共交办3项，已销号1项', '明山区城管局', '仿宋_GB2312'])
    expect(xml).toContain(shown)
  const { sheets } = await readWorkbook((await fileAt(`/api/books/${id}/document?format=xlsx&lang=zh`)).bytes)
  const rows = sheets.flatMap(({ rows }) => rows.map(({ cells }) => cells))
  expect(rows).toContainEqual(['平山区房产局', 3, 1, '—', '—', '—', 0, 0])
  expect(rows).toContainEqual(['1', '书面说明原因', '明山区城管局', '3月5日17:00'])
})

test('any other book is a file with its tasks; a book that is not within reach is none', async () => {
  const { id } = await aBook({ kind: 'checklist', title: '市场清单' }, [
    { acceptance: '无占道经营', dueKind: 'dated', dueClass: 'workdays:15' },
    { dueKind: 'dated', dueOn: '2026-05-01' },
  ])
  const { sheets } = await readWorkbook((await fileAt(`/api/books/${id}/document?format=xlsx&lang=zh`)).bytes)
  expect(sheets.at(-1)!.rows.map(({ cells }) => cells)).toEqual([
    ['序号', '任务', '达标要求', '责任单位', '配合单位', '完成时限'],
    ['1', '第1项', '无占道经营', '平山区房产局', null, '下发后15个工作日内'],
    ['2', '第2项', null, '平山区房产局', null, '2026年5月1日'],
  ])
  // A draft is its issuer's alone.
  await app.as(liaison).get(`/api/books/${id}/document?format=pdf`).expect(404)
  await app.as(liaison).get(`/api/books/${id}/chart`).expect(404)
  await app.as(office).get(`/api/books/${id}/document?format=exe`).expect(400)
})

test('a counsellor sees which units there are still things to explain to, and each task that is left', async () => {
  const unit = await aUnit(app.db, { name: '溪湖区教育局', districtCode: '210503' })
  const counsellor = await app.signIn({ role: 'counsellor', districtCode: '210503' })
  const { id, ids } = await aBook({ kind: 'task_book', title: '讲解清单' }, [
    { unitId: unit.id },
    { unitId: unit.id },
  ])
  await publish(id)
  await move(counsellor, ids[0]!, 'explain', { reason: '已到单位逐条讲解' })
  const { body } = await app.as(counsellor).get('/api/my/charge').expect(200)
  expect(body.items).toEqual([
    { unit: { id: unit.id, name: '溪湖区教育局' }, items: 2, explained: 1, unaccepted: 0, overdue: 0 },
  ])
  const left = await app
    .as(counsellor)
    .get(`/api/tasks?unitId=${unit.id}&open=true&explained=false`)
    .expect(200)
  expect(left.body.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]])
})

test('a responsible leader sees the own compounds with who answers there, and the own standing', async () => {
  const community = await aZone(app.db, { name: '永丰社区', kind: 'community' })
  const compound = await aZone(app.db, { name: '永丰小区', kind: 'compound', parent: community })
  await aResponsibility(app.db, { zoneId: community.id, unitId: owing.id, level: 'unit' })
  await aResponsibility(app.db, { zoneId: community.id, unitId: city.id, level: 'partner' })
  await aResponsibility(app.db, {
    zoneId: compound.id,
    personId: leader.id,
    level: 'leader',
    validFrom: '2026-01-05',
  })
  const reading = await app.signIn({ role: 'responsible_leader' })
  expect((await app.as(reading).get('/api/my/compounds').expect(200)).body).toMatchObject({
    personId: null,
    items: [],
  })
  await app.db.transaction((tx) =>
    tx.update(users).set({ personId: leader.id }).where(eq(users.id, reading.userId)),
  )
  const visit = { kind: 'leader_visit', zoneId: compound.id, leaderPersonId: leader.id }
  const { id, ids } = await aBook({ kind: 'work_list', title: '包保走访' }, [visit, visit])
  await publish(id)
  await move(liaison, ids[0]!, 'report')
  await move(office, ids[0]!, 'pass')
  const { body } = await app.as(reading).get('/api/my/compounds').expect(200)
  expect(body.items).toMatchObject([
    {
      zone: { id: compound.id, name: '永丰小区' },
      kind: 'compound',
      level: 'leader',
      since: '2026-01-05',
      unit: { id: owing.id },
      funnel: { tasks: 2, closed: 1, issued: 1 },
    },
  ])
  expect(body.personId).toBe(leader.id)
  expect(body.standing.closed).toBeGreaterThanOrEqual(1)
})
