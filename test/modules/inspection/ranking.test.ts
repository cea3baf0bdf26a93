import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { visits, visitUploads } from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import {
  app,
  aRankingGround,
  aRound,
  casesOf,
  city,
  inspector,
  liaisons,
  office,
  ranked,
  read,
  referee,
  shown,
  units,
} from './ranking-ground.ts'

aRankingGround()

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
  // Whom the visit does not concern is not told that somebody appealed against it.
  const [concerned, foreign] = [round.observationIds[0]![0]!, round.observationIds[1]![0]!]
  for (const observationId of [concerned, foreign]) {
    const asked = { ...appeal, unitId: units[210503], observationId }
    const refused = await app.as(liaisons[210503]!).post(`/api/rankings/${draft.id}/appeals`).send(asked)
    expect([refused.status, refused.body.code]).toEqual([422, 'appeal.unfit'])
  }
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
