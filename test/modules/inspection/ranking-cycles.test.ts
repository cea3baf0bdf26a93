/** What counts in a ranked rate when a case is found more than once, and by whom. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cases, observations, visits } from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import { actFor } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aPoint, aVisitedRound } from '#test/support/factories/visited.ts'
import { aCase, settleCase } from './cases.ts'
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
  referee,
  scheme,
  units,
  zones,
} from './ranking-ground.ts'

aRankingGround()

const onTime = async (roundId: string, group = 'counties', of = '本溪县') => {
  const draft = await ranked(group, [roundId])
  await app.as(office).delete(`/api/rankings/${draft.id}`).set('if-match', `"v${draft.version}"`).expect(204)
  const { part, whole } = draft.lines.find(({ name }: { name: string }) => name === of).onTime
  return [part, whole]
}
const found = (code: string) => ({
  ...{ zoneId: zones[code]!, districtCode: code, unitId: units[code]! },
  ...{ standardId: scheme.standards[0]!.id, standardCode: 'A', issuerUnitId: city },
  ...{ foundByUserId: inspector.userId, foundByUnitId: inspecting },
})
const settle = (code: string, taskId: string) =>
  settleCase(app, taskId, { unit: liaisons[code]!, checker: office })

test('what was late stays late when it is found again on patrol, and putting that right in time gains nothing', async () => {
  const code = '210521'
  const round = await aRound({})
  await casesOf(code, { roundId: round.id, visitId: round.visitIds[40]! }, 4)
  const point = await aPoint(app.db, { zoneId: zones[code]!, unitId: units[code]! })
  const late = await aCase(app, { ...found(code), roundId: round.id, visitId: round.visitIds[41]! })
  await app.db.transaction((tx) => tx.update(cases).set({ pointId: point.id }).where(eq(cases.taskId, late)))
  await app.advance({ days: 9 })
  await settle(code, late)
  expect(await onTime(round.id)).toEqual([4, 6])
  const owed = `/api/task-figures?by=unit&bookKind=rectification&unitId=${units[code]}`
  const figures = async () => (await app.as(office).get(owed).expect(200)).body.total
  expect(await figures()).toMatchObject({ issued: 6, due: 6, dueNotSuspended: 6, onTime: 4 })

  await app.advance({ days: 1 })
  const seen = {
    ...{ operationId: newId(), startedAt: app.clock.now().toISO(), endedAt: app.clock.now().toISO() },
    patrol: { schemeId: scheme.id, zoneId: zones[code]!, pointId: point.id },
    observations: [{ standardId: scheme.standards[0]!.id, answer: 'not' }],
  }
  const patrolling = await app.signIn({ role: 'inspector' })
  await actFor(app, patrolling, inspecting)
  const { body } = await app.as(patrolling).post('/api/visit-uploads').send(seen).expect(201)
  expect(body).toMatchObject({ held: false, caseIds: [expect.any(String)] })
  const reopened = (await app.as(office).get(`/api/tasks/${late}`).expect(200)).body
  expect(reopened).toMatchObject({ state: 'issued', cycle: 2 })
  expect(await onTime(round.id)).toEqual([4, 6])
  await settle(code, late)
  await app.advance({ days: 7 })
  expect(await onTime(round.id)).toEqual([4, 6])
  // The figures of the unit tell both: two cycles of one case, one of them late.
  const both = { issued: 6, due: 6, dueNotSuspended: 7, onTime: 5, earlierCycles: 1 }
  expect(await figures()).toMatchObject(both)
})

test('what a drawn visit finds counts though a patrol found it first; what was drawn by somebody else does not', async () => {
  const code = '210503'
  const counted = () => onTime(round.id, 'city_districts', '溪湖区')
  const round = await aRound({})
  expect(await counted()).toEqual([0, 0])
  const visitId = round.visitIds[22]!
  const patrolled = await aCase(app, { ...found(code), roundId: null, visitId, source: 'patrol' })
  const own = await aUnit(app.db, { name: '溪湖区文明办', districtCode: code })
  const theirs = await aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: own.id }, [])
  const swapped = await aCase(app, { ...found(code), roundId: theirs.id, visitId })
  await settle(code, swapped)
  await app.advance({ days: 9 })
  expect(await counted()).toEqual([0, 0])
  const [seen] = await app.db.read.select().from(cases).where(eq(cases.taskId, patrolled))
  await app.db.transaction((tx) =>
    tx
      .update(observations)
      .set({ caseId: seen!.id })
      .where(eq(observations.id, round.observationIds[22]![0]!)),
  )
  expect(await counted()).toEqual([0, 1])
})

test('a case stands while anything of it fails: the second of two observations, or what another visit saw', async () => {
  const code = '210521'
  const visit = (seen: number) => ({
    ...{ zoneId: zones[code]!, districtCode: code },
    ...{ inspectorUserId: inspector.userId, inspectorUnitId: inspecting },
    seen: Array.from({ length: seen }, () => ({
      ...{ standardId: scheme.standards[0]!.id, weight: 1, answer: 'not' as const },
    })),
  })
  const points = await Promise.all(
    [1, 2].map(() => aPoint(app.db, { zoneId: zones[code]!, unitId: units[code]! })),
  )
  const round = await aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: city }, [
    { ...visit(2), pointId: points[0]!.id },
    { ...visit(1), pointId: points[1]!.id },
  ])
  const [[first, second] = [], [third] = []] = round.observationIds
  const taskId = await aCase(app, { ...found(code), roundId: round.id, visitId: round.visitIds[0]! })
  await app.db.transaction(async (tx) => {
    const [row] = await tx
      .update(cases)
      .set({ observationId: first! })
      .where(eq(cases.taskId, taskId))
      .returning()
    for (const id of [first!, second!, third!])
      await tx.update(observations).set({ caseId: row!.id }).where(eq(observations.id, id))
  })
  const draft = await ranked('counties', [round.id])
  const granted = async (observationId: string) => {
    const appeal = { unitId: units[code], observationId, answer: 'met', reason: '当天已清理' }
    const { body } = await app
      .as(liaisons[code]!)
      .post(`/api/rankings/${draft.id}/appeals`)
      .send(appeal)
      .expect(201)
    const decision = { outcome: 'granted', reason: '经核实' }
    await app.as(referee).put(`/api/appeals/${body.id}/decision`).send(decision).expect(200)
    await app.settled()
    return (await app.as(office).get(`/api/tasks/${taskId}`).expect(200)).body.state
  }
  expect([await granted(first!), await granted(second!), await granted(third!)]).toEqual([
    'issued',
    'issued',
    'cancelled',
  ])
  const left = await app.db.read.select().from(visits).where(eq(visits.roundId, round.id))
  expect(left.map(({ balancedEarned, balancedPossible }) => balancedEarned === balancedPossible)).toEqual([
    true,
    true,
  ])
})
