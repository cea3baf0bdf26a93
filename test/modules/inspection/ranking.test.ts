import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { visits, visitUploads } from '#modules/inspection/schema.ts'
import type { ObservationAnswer } from '#modules/inspection/words.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aPoint, aScheme, aVisitedRound, type VisitWanted } from '#test/support/factories/visited.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { aCase, move, settleCase } from './cases.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
const codes = ['210502', '210503', '210521'] as const
let city: string
let inspecting: string
let department: string
let office: SignedIn
let referee: SignedIn
let inspector: SignedIn
const zones: Record<string, string> = {}
const units: Record<string, string> = {}
const liaisons: Record<string, SignedIn> = {}
let scheme: Awaited<ReturnType<typeof aScheme>>

const actFor = (user: SignedIn, unitId: string) =>
  app
    .as('system_administrator')
    .put(`/api/users/${user.userId}/unit`)
    .set('if-match', '"v1"')
    .send({ unitId })
    .expect(200)

beforeAll(async () => {
  city = (await aUnit(app.db, { name: '本溪市', districtCode: '210500' })).id
  const below = (name: string, districtCode: string) => aUnit(app.db, { name, parentId: city, districtCode })
  const issuing = (await below('市文明办', '210500')).id
  inspecting = (await below('市委督查室', '210500')).id
  department = (await below('市城管局', '210500')).id
  for (const code of codes) {
    const name = { 210502: '平山区', 210503: '溪湖区', 210521: '本溪县' }[code]
    const kind = code === '210521' ? ('autonomous_county' as const) : ('district' as const)
    const district = await aZone(app.db, { name, code, kind, districtCode: code })
    zones[code] = (await aZone(app.db, { parent: district, districtCode: code, kind: 'compound' })).id
    units[code] = (await below(`${name}房产局`, code)).id
    liaisons[code] = await app.signIn({ role: 'unit_administrator', unitId: units[code] })
  }
  office = await app.signIn({ role: 'city_office' })
  referee = await app.signIn({ role: 'city_office' })
  inspector = await app.signIn({ role: 'city_office' })
  await actFor(office, issuing)
  await actFor(referee, issuing)
  await actFor(inspector, inspecting)
  city = issuing
  scheme = await aScheme(app.db, { issuerUnitId: city }, [
    { code: 'A', weight: 1, leadUnitId: department },
    { code: 'B', weight: 3 },
  ])
})

/** Twenty points of a district; at `failing` of them the first standard fails. */
async function seenAt(code: string, failing: number): Promise<VisitWanted[]> {
  const wanted: VisitWanted[] = []
  for (let n = 0; n < 20; n += 1) {
    const point = await aPoint(app.db, { zoneId: zones[code]!, unitId: units[code]! })
    const answers: ObservationAnswer[] = [n < failing ? 'not' : 'met', 'met']
    wanted.push({
      ...{ pointId: point.id, zoneId: zones[code]!, districtCode: code },
      ...{ inspectorUserId: inspector.userId, inspectorUnitId: inspecting },
      seen: scheme.standards.map(({ id: standardId, weight }, at) => ({
        standardId,
        weight,
        answer: answers[at]!,
      })),
    })
  }
  return wanted
}

async function aRound(failing: Record<string, number>) {
  const wanted = (await Promise.all(codes.map((code) => seenAt(code, failing[code] ?? 0)))).flat()
  return aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: city, points: 40 }, wanted)
}

/** Cases that the inspector found on drawn visits of the round, all due; so many of them are done in time. */
async function casesOf(
  code: string,
  { roundId, visitId }: { roundId: string; visitId: string },
  done: number,
) {
  const made: string[] = []
  for (let n = 0; n < 5; n += 1) {
    const taskId = await aCase(app, {
      ...{ roundId, visitId, zoneId: zones[code]!, districtCode: code, unitId: units[code]! },
      ...{ standardId: scheme.standards[0]!.id, standardCode: 'A', issuerUnitId: city },
      ...{ foundByUserId: inspector.userId, foundByUnitId: inspecting },
    })
    if (n < done) await settleCase(app, taskId, { unit: liaisons[code]!, checker: office })
    made.push(taskId)
  }
  return made
}

const ranked = async (group: string, roundIds: string[], { who = office, month = '2026-03' } = {}) => {
  const { body } = await app
    .as(who)
    .post('/api/rankings')
    .send({ month, group, issuerUnitId: city, roundIds })
    .expect(201)
  await app.settled()
  return read(body.id)
}
const read = async (id: string, who = office) =>
  (await app.as(who).get(`/api/rankings/${id}`).expect(200)).body
const discard = ({ id, version }: { id: string; version: number }) =>
  app.as(office).delete(`/api/rankings/${id}`).set('if-match', `"v${version}"`).expect(204)
const shown = ({ lines }: { lines: { name: string }[] }) =>
  lines.map((line) => {
    const { name, rank, bracket, total, field, onTime, points, unrankedBecause } = line as never
    return { name, rank, bracket, total, field, onTime, points, unrankedBecause }
  })

test('a ranking is drafted, appealed against, computed again for that visit alone, and frozen', async () => {
  const round = await aRound({ 210502: 4, 210503: 8 })
  const at = (n: number) => ({ roundId: round.id, visitId: round.visitIds[n]! })
  await casesOf('210502', at(0), 4)
  await casesOf('210503', at(20), 5)
  await app.advance({ days: 9 })
  const draft = await ranked('city_districts', [round.id])
  // 4 of 20 points lose a quarter of their weight: 95; 8 of 20: 90. On time 4 of 5, and 5 of 5.
  expect(shown(draft)).toEqual(
    [
      {
        ...{ name: '溪湖区', rank: 1, bracket: 1, total: 93, field: 90, points: 20, unrankedBecause: null },
        onTime: { part: 5, whole: 5, percent: '100.00' },
      },
      {
        ...{
          name: '平山区',
          rank: 2,
          bracket: null,
          total: 90.5,
          field: 95,
          points: 20,
          unrankedBecause: null,
        },
        onTime: { part: 4, whole: 5, percent: '80.00' },
      },
    ].map((line, n) => ({ ...line, bracket: draft.lines[n].bracket })),
  )
  expect(draft).toMatchObject({
    state: 'draft',
    method: 'balanced',
    visits: 60,
    cases: { figures: { issued: 10, closed: 9 } },
  })
  expect(draft.cases.rates.rectified).toEqual({ part: 9, whole: 10, percent: '90.00' })

  const taken = { month: '2026-03', group: 'city_districts', issuerUnitId: city, roundIds: [round.id] }
  const again = await app.as(office).post('/api/rankings').send(taken)
  expect([again.status, again.body.code]).toEqual([409, 'ranking.taken'])
  const early = await app
    .as(office)
    .put(`/api/rankings/${draft.id}/finality`)
    .set('if-match', `"v${draft.version}"`)
  expect(early.body.code).toBe('ranking.appeals_open')

  // The unit reads which visits count, and appeals against one observation.
  const line = draft.lines.find(({ name }: { name: string }) => name === '平山区')
  const seen = await app
    .as(liaisons[210502]!)
    .get(`/api/rankings/${draft.id}/lines/${line.id}/visits`)
    .expect(200)
  expect(seen.body.items).toHaveLength(20)
  const observationId = round.observationIds[0]![0]!
  const appeal = { unitId: units[210502], observationId, answer: 'met', reason: '当天已清理，照片为邻小区' }
  const file = (who: SignedIn, body: object) =>
    app.as(who).post(`/api/rankings/${draft.id}/appeals`).send(body)
  expect((await file(liaisons[210502]!, { ...appeal, answer: 'not' })).body.code).toBe('appeal.unfit')
  expect((await file(liaisons[210502]!, { ...appeal, count: 3 })).body.code).toBe('appeal.unfit')
  expect((await file(liaisons[210503]!, { ...appeal, unitId: units[210503] })).body.code).toBe('appeal.unfit')
  expect((await file(liaisons[210503]!, appeal)).body.code).toBe('unit.missing')
  const filed = (await file(liaisons[210502]!, appeal).expect(201)).body
  expect(filed).toMatchObject({ outcome: null, seen: { answer: 'not' }, wanted: { answer: 'met' } })
  expect((await file(liaisons[210502]!, appeal)).body.code).toBe('appeal.made')

  // Neither whoever made the visit nor whoever recorded it decides; nor does the desk of tasks.
  const decide = (who: SignedIn, outcome = 'granted') =>
    app.as(who).put(`/api/appeals/${filed.id}/decision`).send({ outcome, reason: '经核实照片位置有误' })
  await app.db.transaction((tx) =>
    tx.insert(visitUploads).values({
      ...{ id: newId(), operationId: newId(), userId: office.userId, visitId: round.visitIds[0]! },
      ...{ body: {}, refused: [], receivedAt: app.clock.now() },
    }),
  )
  expect((await decide(inspector)).body.code).toBe('appeal.own_visit')
  expect((await decide(office)).body.code).toBe('appeal.own_visit')
  const byDesk = { id: newId(), kind: 'pass', reason: '同意' }
  const desk = await app.as(referee).post(`/api/tasks/${filed.taskId}/moves`).send(byDesk)
  expect(desk.body.code).toBe('move.decided_elsewhere')
  await app.advance({ days: 6 })
  const late = await file(liaisons[210502]!, { ...appeal, observationId: round.observationIds[1]![0]! })
  expect(late.body.code).toBe('appeal.too_late')
  const waiting = await read(draft.id)
  expect([waiting.state, waiting.allowed.finish]).toEqual(['settled', false])

  const before = await app.db.read.select().from(visits).where(eq(visits.roundId, round.id))
  await decide(referee).expect(200)
  await app.settled()
  const decided = (await app.as(liaisons[210502]!).get(`/api/appeals/${filed.id}`).expect(200)).body
  expect(decided).toMatchObject({ outcome: 'granted', decision: '申诉成立：经核实照片位置有误' })
  expect((await decide(referee, 'refused')).body.code).toBe('appeal.decided')
  const after = await app.db.read.select().from(visits).where(eq(visits.roundId, round.id))
  const changed = after.filter((row) => {
    const { version } = before.find(({ id }) => id === row.id)!
    return row.version !== version
  })
  expect(changed.map(({ id, balancedEarned, pooledEarned }) => [id, balancedEarned, pooledEarned])).toEqual([
    [round.visitIds[0], 4, 4],
  ])
  const rescored = await read(draft.id)
  expect(rescored.lines.find(({ name }: { name: string }) => name === '平山区')).toMatchObject({
    field: 96.25,
  })
  expect(rescored.appeals).toEqual({ open: 0, granted: 1, refused: 0, withdrawn: 0 })
  expect(rescored.appealableUntil).toBe(draft.appealableUntil)

  const finish = () =>
    app.as(office).put(`/api/rankings/${draft.id}/finality`).set('if-match', `"v${rescored.version}"`)
  const final = (await finish().expect(200)).body
  expect(final.state).toBe('final')
  // What happens to a visit later is not told in it.
  await app.db.transaction((tx) =>
    tx.update(visits).set({ balancedEarned: 0 }).where(eq(visits.roundId, round.id)),
  )
  expect(shown(await read(draft.id, liaisons[210502]!))).toEqual(shown(final))
  expect(
    (await app.as(office).delete(`/api/rankings/${draft.id}`).set('if-match', `"v${final.version}"`)).body
      .code,
  ).toBe('ranking.final')
})

test('a unit takes its appeal back before it is decided, and appeals anew; the office corrects to what it found', async () => {
  const round = await aRound({ 210502: 4 })
  const draft = await ranked('city_districts', [round.id], { month: '2026-02' })
  const unit = liaisons[210502]!
  const observationId = round.observationIds[0]![0]!
  const appeal = { unitId: units[210502], observationId, answer: 'met', reason: '当天已清理' }
  const file = () => app.as(unit).post(`/api/rankings/${draft.id}/appeals`).send(appeal)
  const withdraw = (id: string, who: SignedIn, body: object = {}) =>
    app.as(who).put(`/api/appeals/${id}/withdrawal`).send(body)
  const decide = (id: string, decision: object) =>
    app
      .as(referee)
      .put(`/api/appeals/${id}/decision`)
      .send({ reason: '经核实', ...decision })
  const seenBy = async (id: string, who: SignedIn) =>
    (await app.as(who).get(`/api/appeals/${id}`).expect(200)).body
  expect(draft.allowed.appeal).toBe(true)

  const first = (await file().expect(201)).body
  expect(first.allowed).toEqual({ decide: false, withdraw: true })
  expect(await seenBy(first.id, referee)).toMatchObject({ allowed: { decide: true } })
  expect((await file()).body.code).toBe('appeal.made')
  // Of another unit, it is not there.
  expect((await withdraw(first.id, liaisons[210503]!)).body.code).toBe('appeal.missing')
  const gone = (await withdraw(first.id, unit, { reason: '重新核对后无异议' }).expect(200)).body
  expect(gone).toMatchObject({
    ...{ outcome: 'withdrawn', decision: '重新核对后无异议', corrected: null },
    allowed: { decide: false, withdraw: false },
  })
  expect((await withdraw(first.id, unit).expect(200)).body.version).toBe(gone.version)
  expect((await decide(first.id, { outcome: 'granted' })).body.code).toBe('appeal.decided')
  const task = (await app.as(unit).get(`/api/tasks/${first.taskId}`).expect(200)).body
  expect([task.state, task.moves.at(-1).kind]).toEqual(['cancelled', 'cancel'])
  expect((await read(draft.id)).appeals).toEqual({ open: 0, granted: 0, refused: 0, withdrawn: 1 })
  expect((await read(draft.id)).allowed.discard).toBe(false)

  // The observation may be appealed against again; the unit wants 达标, the office finds 部分达标.
  const second = (await file().expect(201)).body
  const unfit = await decide(second.id, { outcome: 'granted', answer: 'not' })
  expect(unfit.body.code).toBe('appeal.unfit')
  const counted = await decide(second.id, { outcome: 'granted', answer: 'partly', count: 2 })
  expect(counted.body.code).toBe('appeal.unfit')
  expect((await decide(second.id, { outcome: 'refused', answer: 'partly' })).body.code).toBe('appeal.unfit')
  const decided = (await decide(second.id, { outcome: 'granted', answer: 'partly' }).expect(200)).body
  expect(decided).toMatchObject({
    ...{ seen: { answer: 'not' }, wanted: { answer: 'met' }, corrected: { answer: 'partly', count: null } },
    outcome: 'granted',
  })
  await app.settled()
  expect((await withdraw(second.id, unit)).body.code).toBe('appeal.decided')
  // Weights 1 and 3: half of the first, and the second.
  const [visit] = await app.db.read.select().from(visits).where(eq(visits.id, round.visitIds[0]!))
  expect([visit!.balancedEarned, visit!.balancedPossible]).toEqual([3.5, 4])
})

test('the visits of a line are narrowed to one of its strata', async () => {
  const round = await aRound({ 210521: 1 })
  const draft = await ranked('counties', [round.id])
  const [line] = draft.lines
  const visitsIn = async (query: string) =>
    (
      await app
        .as(office)
        .get(`/api/rankings/${draft.id}/lines/${line.id}/visits?limit=200&${query}`)
        .expect(200)
    ).body.items.length
  const [{ districtCode, pointClass, points }] = line.strata
  expect(await visitsIn(`districtCode=${districtCode}&pointClass=${pointClass}`)).toBe(points)
  expect(await visitsIn('pointClass=park')).toBe(0)
  expect(await visitsIn('districtCode=210502')).toBe(0)
  await discard(draft)
})

test('a district cannot raise its rank by finding, cancelling, extending, suspending or reporting junk', async () => {
  const round = await aRound({ 210521: 10 })
  const at = { roundId: round.id, visitId: round.visitIds[40]! }
  const owed = await casesOf('210521', at, 2)
  const unit = liaisons[210521]!
  const district = await app.signIn({ role: 'district_office', districtCode: '210521' })
  const own = (await aUnit(app.db, { name: '本溪县文明办', districtCode: '210521' })).id
  const standing = async () => {
    const draft = await ranked('counties', [round.id])
    await discard(draft)
    const line = draft.lines.find(({ name }: { name: string }) => name === '本溪县')
    return { total: line.total, field: line.field, onTime: line.onTime, rank: line.rank }
  }
  const code = async (who: SignedIn, taskId: string, kind: string, more: object = {}) =>
    (await move(app, who, taskId, kind, more)).body.code
  const later = '2026-04-20T09:00:00+08:00'

  // Finding: trifles that the district finds itself, on patrol, in a self-test, or for another one of its units.
  const trifle = {
    ...{ ...at, zoneId: zones[210521]!, districtCode: '210521', unitId: units[210521]! },
    ...{ standardId: scheme.standards[0]!.id, standardCode: 'A', issuerUnitId: city },
  }
  const finders = [
    { source: 'patrol' as const, foundByUserId: inspector.userId, foundByUnitId: inspecting },
    { source: 'self_test' as const, foundByUserId: district.userId, foundByUnitId: own },
    { source: 'sample' as const, foundByUserId: district.userId, foundByUnitId: own },
    { source: 'sample' as const, foundByUserId: unit.userId, foundByUnitId: units[210521]! },
  ]
  for (const finder of finders)
    for (let n = 0; n < 3; n += 1)
      await settleCase(app, await aCase(app, { ...trifle, ...finder }), { unit, checker: office })

  // Cancelling, and having it declared false, is not theirs.
  for (const who of [unit, district])
    for (const kind of ['cancel', 'uphold_dispute', 'annul', 'pass', 'suspend', 'grant_extension'])
      expect(await code(who, owed[2]!, kind, { reason: '已整改', until: later })).toBe('move.not_yours')
  // Extending and suspending: what they ask for changes nothing before the city office grants it.
  await move(app, unit, owed[2]!, 'ask_extension', { reason: '资金未到位', until: later }).expect(201)
  await move(app, unit, owed[3]!, 'ask_suspension', { reason: '待拆迁', until: later }).expect(201)
  // Junk: reported in time, not passed.
  await move(app, unit, owed[4]!, 'report').expect(201)
  await move(app, office, owed[4]!, 'fail', { reason: '照片不是该点位' }).expect(201)
  await app.advance({ days: 9 })
  await move(app, unit, owed[4]!, 'report').expect(201)

  const after = await standing()
  expect(after).toEqual({
    ...{ rank: 1, field: 87.5, total: 73.25 },
    onTime: { part: 2, whole: 5, percent: '40.00' },
  })
}, 60_000)

test('departments are scored by the standards they lead, streets by what lies in them; too few points are listed', async () => {
  const round = await aRound({ 210502: 5 })
  const departments = await ranked('departments', [round.id])
  // 5 of 60 points fail the one standard that it leads; all strata are equally large.
  expect(shown(departments)).toEqual([
    {
      ...{
        name: '市城管局',
        rank: null,
        bracket: null,
        total: null,
        points: 60,
        unrankedBecause: 'ranking.few_due',
      },
      ...{ field: 91.67, onTime: { part: 0, whole: 0, percent: null } },
    },
  ])
  const mine = await app
    .as(office)
    .get(`/api/rankings/${departments.id}/lines/${departments.lines[0].id}/visits?limit=200`)
    .expect(200)
  expect(mine.body.items).toHaveLength(60)
  const paged: string[] = []
  for (let cursor = ''; cursor !== 'end'; ) {
    const url = `/api/rankings/${departments.id}/lines/${departments.lines[0].id}/visits?limit=25`
    const { body } = await app
      .as(office)
      .get(cursor ? `${url}&cursor=${encodeURIComponent(cursor)}` : url)
      .expect(200)
    paged.push(...body.items.map(({ id }: { id: string }) => id))
    cursor = body.nextCursor ?? 'end'
  }
  expect(paged).toEqual(mine.body.items.map(({ id }: { id: string }) => id))
  expect(shown(await ranked('streets', [round.id]))).toEqual([])
  const counties = await ranked('counties', [round.id])
  expect(counties.lines.map(({ name, field }: { name: string; field: number }) => [name, field])).toEqual([
    ['本溪县', 100],
  ])
})

test('a round shows progress, both scores and each standard by district; before it is closed to nobody but the office', async () => {
  const wanted = await seenAt('210502', 5)
  wanted[0]!.seen = wanted[0]!.seen.map((one) => ({ ...one, answer: 'not_applicable' }))
  const other = await seenAt('210503', 0)
  const where = { schemeId: scheme.id, issuerUnitId: city }
  const round = await aVisitedRound(app.db, where, [...wanted, ...other])
  const figures = (await app.as(liaisons[210502]!).get(`/api/rounds/${round.id}/figures`).expect(200)).body
  // Of 39 points that could be judged 4 failed a standard of weight 1 of 4.
  expect(figures).toMatchObject({
    drawn: 40,
    received: 40,
    balanced: '97.37',
    pooled: { earned: 152, possible: 156, percent: '97.44' },
  })
  const [first, second] = figures.districts
  expect(first).toMatchObject({ name: '平山区', balanced: '94.74', pooled: { earned: 72, possible: 76 } })
  expect(second).toMatchObject({
    name: '溪湖区',
    balanced: '100.00',
    strata: [{ pointClass: 'compound', points: 20 }],
  })
  const standards = (await app.as(liaisons[210502]!).get(`/api/rounds/${round.id}/standards`).expect(200))
    .body
  expect(standards.standards[0]).toMatchObject({
    code: 'A',
    cells: [
      {
        districtCode: '210502',
        earned: 15,
        possible: 19,
        percent: '78.95',
        failed: 4,
        notApplicable: 1,
        unseen: 0,
      },
      { districtCode: '210503', earned: 20, possible: 20, percent: '100.00' },
    ],
  })
  const open = await aVisitedRound(app.db, { ...where, closedAt: null }, await seenAt('210502', 0))
  for (const path of ['figures', 'standards']) {
    const { body } = await app.as(liaisons[210502]!).get(`/api/rounds/${open.id}/${path}`).expect(404)
    expect(body.code).toBe('round.missing')
    await app.as(office).get(`/api/rounds/${open.id}/${path}`).expect(200)
  }
  const unfit = { month: '2026-03', group: 'streets', issuerUnitId: city, roundIds: [open.id] }
  expect((await app.as(office).post('/api/rankings').send(unfit)).body.code).toBe('ranking.round_unfit')
  const future = { ...unfit, month: '2026-04', roundIds: [round.id] }
  expect((await app.as(office).post('/api/rankings').send(future)).body.code).toBe('ranking.future')
})

test('figures of cases are those of the moment asked for, whatever happened since, and name their whole numbers', async () => {
  const round = await aRound({})
  const at = { roundId: round.id, visitId: round.visitIds[0]! }
  await casesOf('210502', at, 1)
  const [again] = await casesOf('210503', { ...at, visitId: round.visitIds[20]! }, 5)
  const moment = encodeURIComponent(app.clock.now().plus({ minutes: 1 }).toISO()!)
  const asked = `/api/case-figures?by=district&roundId=${round.id}`
  const read = async (url: string, who = office) => (await app.as(who).get(url).expect(200)).body
  const then = await read(`${asked}&at=${moment}`)
  expect(
    then.groups.map(({ name, rates }: never) => [name, (rates as { rectified: object }).rectified]),
  ).toEqual([
    ['平山区', { part: 1, whole: 5, percent: '20.00' }],
    ['溪湖区', { part: 5, whole: 5, percent: '100.00' }],
  ])
  expect(then.total.rates).toMatchObject({
    rectified: { part: 6, whole: 10, percent: '60.00' },
    settled: { part: 0, whole: 0, percent: null },
    recurrence: { part: 0, whole: 6, percent: '0.00' },
  })
  await app.advance({ days: 9 })
  await move(app, office, again!, 'reopen', { reason: '反弹' }).expect(201)
  const now = await read(asked)
  expect(now.total.rates).toMatchObject({
    ...{ rectified: { part: 5, whole: 10 }, settled: { part: 5, whole: 9, percent: '55.56' } },
    recurrence: { part: 1, whole: 6, percent: '16.67' },
  })
  expect(await read(`${asked}&at=${moment}`)).toEqual(then)
  // A unit sees its own; every division counts the same cases.
  expect((await read(asked, liaisons[210502]!)).total.figures.issued).toBe(5)
  for (const by of ['unit', 'standard', 'category', 'source', 'round', 'point_class'])
    expect((await read(`/api/case-figures?by=${by}&roundId=${round.id}`)).total).toEqual(now.total)
})
