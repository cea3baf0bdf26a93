import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { points, roundPoints, visits } from '#modules/inspection/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { listenToStatements, statementsOf } from '#test/support/cost/statements.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { actFor } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aPoint, aScheme, aVisitedRound } from '#test/support/factories/visited.ts'
import { sharedApp } from '#test/support/shared-app.ts'

listenToStatements()
// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00', unused: true })

test('a frame counts the days since the last visit of each point, else since it was entered, in one read that keeps its size', async () => {
  const unit = await aUnit(app.db, { name: '市文明办' })
  const office = await app.signIn({ role: 'city_office' })
  await actFor(app, office, unit.id, 'system_administrator')
  const zone = await aZone(app.db, {
    name: '平山区',
    code: '210502',
    kind: 'district',
    districtCode: '210502',
  })
  const scheme = await aScheme(app.db, { issuerUnitId: unit.id }, [{ code: 'A' }])
  const made = []
  for (let n = 0; n < 4; n += 1) made.push(await aPoint(app.db, { zoneId: zone.id }))
  const [twice, once, never, entered] = made.map(({ id }) => id) as [string, string, string, string]
  const at = (day: string) => instantFrom(`${day}T01:00:00Z`)
  const seen = [
    [twice, '2026-01-10'],
    [twice, '2026-02-20'],
    [once, '2025-12-01'],
  ] as const
  for (const [pointId, day] of seen) {
    const visit = { pointId, zoneId: zone.id, districtCode: '210502', seen: [] }
    const { visitIds } = await aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: unit.id }, [visit])
    await app.db.transaction((tx) =>
      tx
        .update(visits)
        .set({ receivedAt: at(day) })
        .where(eq(visits.id, visitIds[0]!)),
    )
  }
  await app.db.transaction(async (tx) => {
    await tx
      .update(points)
      .set({ createdAt: at('2024-03-02') })
      .where(eq(points.id, never))
    await tx
      .update(points)
      .set({ createdAt: at('2026-03-01') })
      .where(eq(points.id, entered))
  })
  const draw = async () => {
    const { body } = await app
      .as(office)
      .post('/api/rounds')
      .send({
        ...{
          kind: 'monthly',
          title: '3月测评',
          schemeId: scheme.id,
          issuerUnitId: unit.id,
          spec: { size: 4 },
        },
        ...{ opensAt: '2026-03-03T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
      })
      .expect(201)
    const sent = await statementsOf(async () => {
      await app.as(office).put(`/api/rounds/${body.id}/draw`).set('if-match', '"v1"').expect(200)
    })
    const frame = await app.db.read
      .select({ id: roundPoints.pointId, days: roundPoints.unseenDays })
      .from(roundPoints)
      .where(eq(roundPoints.roundId, body.id))
      .orderBy(asc(roundPoints.unseenDays))
    // Visits of other rounds are looked up point by point, inside the read of the points.
    const apart = sent.filter(
      ({ text }) => /from "visits"/.test(text) && !/"round_id" in|from "points"/.test(text),
    )
    expect(apart).toEqual([])
    return frame.map(({ id, days }) => [id, days])
  }
  const frame = [
    [entered, 1],
    [twice, 10],
    [once, 91],
    [never, 730],
  ]
  expect(await draw()).toEqual(frame)
  // What was drawn and not brought home yet is no visit.
  expect(await draw()).toEqual(frame)
})
