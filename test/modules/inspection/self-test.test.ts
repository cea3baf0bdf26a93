/** A self-test as the service scores it, against somebody who computes it from the rows alone. */
import { beforeAll, expect, test } from 'vitest'
import type { PointClass } from '#modules/inspection/words.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aPoint, aScheme, aVisitedRound, type VisitWanted } from '#test/support/factories/visited.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { districts, refereed, selfTest } from './self-test.ts'

const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let office: SignedIn
const rows = selfTest()

beforeAll(async () => {
  office = await app.signIn({ role: 'city_office' })
})

test('78 points, 328 standards, 1,166 observations: pooled 70.11 % and balanced beside it, as the referee computes them', async () => {
  const unit = await aUnit(app.db, { name: '市文明办' })
  const zones = new Map<string, string>()
  for (const code of districts) {
    const kind = code.startsWith('21052') ? ('autonomous_county' as const) : ('district' as const)
    zones.set(code, (await aZone(app.db, { name: `县区${code}`, code, kind, districtCode: code })).id)
  }
  const classOf = new Map(rows.map(({ standard, pointClass }) => [standard, pointClass as PointClass]))
  const wanted = [...classOf].map(([code, pointClass]) => ({ code, pointClass }))
  const scheme = await aScheme(app.db, { issuerUnitId: unit.id }, wanted)
  const standardOf = new Map(scheme.standards.map((each) => [each.code, each]))
  const visits: VisitWanted[] = []
  for (const seen of Map.groupBy(rows, ({ point }) => point).values()) {
    const { districtCode } = seen[0]!
    const pointClass = seen[0]!.pointClass as PointClass
    const zoneId = zones.get(districtCode)!
    const { id: pointId } = await aPoint(app.db, { zoneId, pointClass })
    const answers = seen.map(({ standard, x }) => ({
      ...{ standardId: standardOf.get(standard)!.id, weight: 1 },
      answer: ({ 1: 'met', 0.5: 'partly', 0: 'not' } as const)[x as 1] ?? ('not_applicable' as const),
    }))
    visits.push({ pointId, zoneId, districtCode, pointClass, seen: answers })
  }
  expect([visits.length, scheme.standards.length]).toEqual([78, 328])
  const round = { schemeId: scheme.id, issuerUnitId: unit.id, kind: 'self_test' as const, points: 9 }
  const { id } = await aVisitedRound(app.db, round, visits)
  const { body } = await app.as(office).get(`/api/rounds/${id}/figures`).expect(200)
  expect(body.pooled).toEqual({ earned: 817.5, possible: 1166, percent: '70.11' })
  const referee = refereed(rows, () => 9)
  expect([referee.earned, referee.possible]).toEqual([817.5, 1166])
  expect(body.balanced).toBe(referee.balanced.toFixed(2))
  expect(body.balanced).not.toBe('70.11')
  expect([body.drawn, body.received]).toEqual([78, 78])
})
