/** Bulletins, ranking tables and notices as files: drafts say so, every rate stands beside its integers; and who is told. */
import { eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { units } from '#modules/organisation/schema.ts'
import { readWorkbook } from '#platform/files/index.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { actFor } from '#test/support/factories/inspection.ts'
import { aStrayMessage } from '#test/support/factories/messaging.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'
import { downloading } from '#test/support/factories/spreadsheets.ts'
import { aPoint, aScheme, aVisitedRound, type VisitWanted } from '#test/support/factories/visited.ts'
import { pagesOf } from '#test/support/pdf.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { aCase, settleCase } from './cases.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00', unused: true })
let issuing: { id: string }
let inspecting: { id: string }
let owing: { id: string }
let phones: { owing: string; office: string; other: string }
let office: SignedIn
let referee: SignedIn
let inspector: SignedIn
let liaison: SignedIn
let zoneId: string
let scheme: Awaited<ReturnType<typeof aScheme>>
let round: Awaited<ReturnType<typeof aVisitedRound>>

async function reached(unitId: string, name: string): Promise<string> {
  const phone = aPhone()
  const person = await aPerson(app, { name, phone })
  await app.db.transaction((tx) =>
    tx.update(units).set({ liaisonPersonId: person.id }).where(eq(units.id, unitId)),
  )
  return phone
}

beforeAll(async () => {
  issuing = await aUnit(app.db, { name: '市文明办', districtCode: '210500' })
  inspecting = await aUnit(app.db, { name: '市委督查室', districtCode: '210500' })
  owing = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  const leading = await aUnit(app.db, { name: '平山区文明办', districtCode: '210502' })
  const other = await aUnit(app.db, { name: '本溪县城管局', districtCode: '210521' })
  phones = {
    owing: await reached(owing.id, '王联络'),
    office: await reached(leading.id, '李联络'),
    other: await reached(other.id, '赵联络'),
  }
  office = await app.signIn({ role: 'city_office' })
  referee = await app.signIn({ role: 'city_office' })
  inspector = await app.signIn({ role: 'city_office' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  await actFor(app, office, issuing.id, 'system_administrator')
  await actFor(app, referee, issuing.id, 'system_administrator')
  await actFor(app, inspector, inspecting.id, 'system_administrator')
  const { body } = await app
    .as(office)
    .post('/api/working-bodies')
    .send({ kind: 'district_office', name: '平山区创城办' })
    .expect(201)
  for (const member of [
    { role: 'lead', unitId: leading.id },
    { role: 'charge', districtCode: '210502' },
  ])
    await app.as(office).post(`/api/working-bodies/${body.id}/members`).send(member).expect(201)
  const district = await aZone(app.db, {
    name: '平山区',
    code: '210502',
    kind: 'district',
    districtCode: '210502',
  })
  zoneId = (await aZone(app.db, { parent: district, districtCode: '210502', kind: 'compound' })).id
  scheme = await aScheme(app.db, { issuerUnitId: issuing.id }, [{ code: 'A' }, { code: 'B', weight: 3 }])
  const wanted: VisitWanted[] = []
  for (let n = 0; n < 20; n += 1) {
    const point = await aPoint(app.db, { zoneId, unitId: owing.id })
    wanted.push({
      ...{ pointId: point.id, zoneId, districtCode: '210502' },
      ...{ inspectorUserId: inspector.userId, inspectorUnitId: inspecting.id },
      seen: scheme.standards.map(({ id: standardId, weight }, at) => ({
        ...{ standardId, weight },
        answer: at === 0 && n < 4 ? ('not' as const) : ('met' as const),
      })),
    })
  }
  round = await aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: issuing.id }, wanted)
})

const flat = (pages: { text: string }[]) => pages.map(({ text }) => text.replaceAll('\n', '')).join('')
const pdf = async (path: string, who: SignedIn = office) => {
  const { body, headers } = await downloading(app, path, { who }).expect(200)
  const name = decodeURIComponent(
    /filename\*=UTF-8''(.+)$/.exec(headers['content-disposition'] ?? '')?.[1] ?? '',
  )
  return { text: flat(await pagesOf(body)), name }
}
const docx = async (path: string) => {
  const { body } = await downloading(app, path, { who: office }).expect(200)
  return strFromU8(unzipSync(new Uint8Array(body))['word/document.xml']!).replace(/<[^>]+>/g, '')
}

test('a ranking is printed as table and notice: a draft says so and until when units appeal; integers stand beside rates', async () => {
  const found = {
    ...{ roundId: round.id, visitId: round.visitIds[0]!, zoneId, districtCode: '210502', unitId: owing.id },
    ...{ standardId: scheme.standards[0]!.id, standardCode: 'A', issuerUnitId: issuing.id },
    ...{ foundByUserId: inspector.userId, foundByUnitId: inspecting.id },
  }
  for (let n = 0; n < 6; n += 1) {
    const taskId = await aCase(app, found)
    if (n < 5) await settleCase(app, taskId, { unit: liaison, checker: office })
  }
  await app.advance({ days: 9 })
  const begun = { month: '2026-03', group: 'city_districts', issuerUnitId: issuing.id, roundIds: [round.id] }
  const { body: made } = await app.as(office).post('/api/rankings').send(begun).expect(201)
  await app.settled()
  const path = (format: string, paper = 'notice') =>
    `/api/rankings/${made.id}/document?format=${format}&paper=${paper}&lang=zh`
  const draft = await pdf(path('pdf'), liaison)
  expect(draft.name).toBe('演练-关于2026年3月文明城市测评排名情况的通报（城区）.pdf')
  for (const shown of [
    '（草稿，公示中，申诉截至3月16日17:00，尚未定稿）',
    '数据截至3月11日09:00',
    '共走访点位20个',
    '综合得分由现场得分（占70%）和按期结案率（占30%）组成',
    '平山区',
    '95.00',
    '83.33%',
    '5/6',
    '整改率83.33%（5/6）',
    '结案率83.33%（5/6）',
    '返工率0.00%（0/5）',
    '对上述结果有异议的，请于3月16日17:00前提出申诉。',
    '市文明办',
  ])
    expect(draft.text).toContain(shown)
  expect(draft.text).not.toContain('排名末位')

  // Who is concerned was told once: the unit whose cases count and the office of the district; nobody of a county.
  const told = (kind: string) => app.outbox().filter((each) => each.kind === kind)
  expect(
    told('ranking_drafted')
      .map(({ to }) => to)
      .sort(),
  ).toEqual([phones.owing, phones.office].sort())
  // What waits for somebody else's number is read by nobody there.
  const stray = await aStrayMessage(app, { kind: 'ranking_drafted', subject: `ranking_drafted:${made.id}` })
  await app.settled()
  expect(told('ranking_drafted').filter(({ to }) => to === stray)).toEqual([])
  expect(told('ranking_drafted')[0]!.text).toMatch(/3月城区测评排名公示，申诉至3月16日17:00，请点 .*\/ranks$/)

  const appeal = await app
    .as(liaison)
    .post(`/api/rankings/${made.id}/appeals`)
    .send({
      unitId: owing.id,
      observationId: round.observationIds[0]![0]!,
      answer: 'partly',
      reason: '已清理大半',
    })
    .expect(201)
  await app
    .as(referee)
    .put(`/api/appeals/${appeal.body.id}/decision`)
    .send({ outcome: 'granted', reason: '属实' })
    .expect(200)
  await app.settled()
  expect(
    told('appeal_decided').map(({ to, text }) => [to, /贵单位对.+的(申诉成立)，请点/.exec(text)?.[1]]),
  ).toEqual([[phones.owing, '申诉成立']])
  expect(told('ranking_drafted')).toHaveLength(2)
  const subject = `appeal_decided:${appeal.body.id}`
  const other = await aStrayMessage(app, { kind: 'appeal_decided', subject })
  await app.settled()
  expect(told('appeal_decided').filter(({ to }) => to === other)).toEqual([])

  await app.advance({ days: 6 })
  expect((await pdf(path('pdf', 'table'))).text).toContain('（草稿，申诉期满，尚未定稿）')
  const { version } = (await app.as(office).get(`/api/rankings/${made.id}`).expect(200)).body
  await app.as(office).put(`/api/rankings/${made.id}/finality`).set('if-match', `"v${version}"`).expect(200)
  const final = await docx(path('docx'))
  expect(final).not.toContain('草稿')
  for (const shown of ['申诉期内受理申诉1件，成立1件，不成立0件', '95.63', '2026年3月17日', '（5/6）'])
    expect(final).toContain(shown)
  const { body: workbook } = await downloading(app, path('xlsx', 'table'), { who: office }).expect(200)
  const rows = (await readWorkbook(workbook)).sheets.flatMap((sheet) => sheet.rows.map(({ cells }) => cells))
  expect(rows).toContainEqual(['1', '平山区', '91.94', '95.63', 20, '83.33%', '5/6'])
  const english = await pdf(`/api/rankings/${made.id}/document?format=pdf&paper=notice&lang=en`)
  expect(english.text).toContain('83.33% (5/6); 6 due, closed 83.33% (5/6)')
})

test('the bulletin of a round is made by whoever runs it, and is a draft until the round is closed', async () => {
  await app.advance({ days: 16 })
  const path = (id: string, format: string) => `/api/rounds/${id}/bulletin?format=${format}&lang=zh`
  const closed = await pdf(path(round.id, 'pdf'))
  for (const shown of [
    '月度测评简报',
    '抽取点位20个，已走访20个',
    '分层得分95.63%',
    '合并得分95.63%（得分76.5，应得分80）',
    '整改率83.33%（5/6）',
    '标准A',
  ])
    expect(closed.text).toContain(shown)
  expect(closed.text).not.toContain('草稿')
  const open = await aVisitedRound(
    app.db,
    { schemeId: scheme.id, issuerUnitId: issuing.id, closedAt: null },
    [],
  )
  const draft = await docx(path(open.id, 'docx'))
  expect(draft).toContain('（草稿，测评未结束）')
  // Nothing was seen and nothing is counted: no rate is made up.
  expect(draft).toContain('分层得分—')
  expect(draft).toContain('整改率—')
  expect((await app.as(liaison).get(path(round.id, 'pdf'))).body.code).toBe('access.denied')
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  expect((await app.as(district).get(path(open.id, 'pdf'))).body.code).toBe('round.missing')
  expect((await app.as(district).get(path(round.id, 'pdf'))).body.code).toBe('access.out_of_reach')
})

test('a case that is issued goes into the one digest of the morning, with whatever else its unit owes', async () => {
  await app.advance({ days: 20 })
  const onPatrol = await app.signIn({ role: 'inspector' })
  await actFor(app, onPatrol, inspecting.id)
  const before = app.outbox().filter(({ kind, to }) => kind === 'task_digest' && to === phones.owing).length
  const patrol = { schemeId: scheme.id, zoneId, pointId: null }
  const observations = scheme.standards.map(({ id }) => ({ standardId: id, answer: 'not' }))
  const now = app.clock.now().toISO()
  await app
    .as(office)
    .post('/api/responsibility-batches')
    .send({
      items: [{ zoneId, level: 'unit', unitId: owing.id, validFrom: '2026-01-01' }],
    })
  const { body } = await app
    .as(onPatrol)
    .post('/api/visit-uploads')
    .send({
      ...{ operationId: crypto.randomUUID(), visitId: null, patrol, observations },
      ...{ startedAt: now, endedAt: now },
    })
    .expect(201)
  expect(body.caseIds).toHaveLength(2)
  await app.advance({ days: 1 })
  const digests = app.outbox().filter(({ kind, to }) => kind === 'task_digest' && to === phones.owing)
  expect(digests.length - before).toBe(1)
  expect(digests.at(-1)!.text).toContain('待办3项')
})
