import { expect, test } from 'vitest'
import type { SignedIn } from '#test/support/app.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aVisitedRound } from '#test/support/factories/visited.ts'
import { aCase, move, settleCase } from './cases.ts'
import {
  app,
  aRankingGround,
  aRound,
  casesOf,
  city,
  inspecting,
  inspector,
  liaisons,
  office,
  ranked,
  scheme,
  seenAt,
  shown,
  units,
  zones,
} from './ranking-ground.ts'

aRankingGround()

const discard = ({ id, version }: { id: string; version: number }) =>
  app.as(office).delete(`/api/rankings/${id}`).set('if-match', `"v${version}"`).expect(204)

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
