/** Three districts and a department that are ranked. */
import { beforeAll } from 'vitest'
import type { ObservationAnswer } from '#modules/inspection/words.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aPoint, aScheme, aVisitedRound, type VisitWanted } from '#test/support/factories/visited.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { aCase, settleCase } from './cases.ts'

// Monday 2 March 2026, 9:00.
export let app: TestApp
export let city: string
export let inspecting: string
export let department: string
export let office: SignedIn
export let referee: SignedIn
export let inspector: SignedIn
export let scheme: Awaited<ReturnType<typeof aScheme>>

/** Before the tests of a file: what they stand on. */
export function aRankingGround(): void {
  app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
  beforeAll(async () => {
    city = (await aUnit(app.db, { name: '本溪市', districtCode: '210500' })).id
    const below = (name: string, districtCode: string) =>
      aUnit(app.db, { name, parentId: city, districtCode })
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
}

export const codes = ['210502', '210503', '210521'] as const

export const zones: Record<string, string> = {}

export const units: Record<string, string> = {}

export const liaisons: Record<string, SignedIn> = {}

export const actFor = (user: SignedIn, unitId: string) =>
  app
    .as('system_administrator')
    .put(`/api/users/${user.userId}/unit`)
    .set('if-match', '"v1"')
    .send({ unitId })
    .expect(200)

/** Twenty points of a district; at `failing` of them the first standard fails. */
export async function seenAt(code: string, failing: number): Promise<VisitWanted[]> {
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

export async function aRound(failing: Record<string, number>) {
  const wanted = (await Promise.all(codes.map((code) => seenAt(code, failing[code] ?? 0)))).flat()
  return aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: city, points: 40 }, wanted)
}

/** Cases that the inspector found on drawn visits of the round, all due; so many of them are done in time. */
export async function casesOf(
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

export const ranked = async (group: string, roundIds: string[], { who = office, month = '2026-03' } = {}) => {
  const { body } = await app
    .as(who)
    .post('/api/rankings')
    .send({ month, group, issuerUnitId: city, roundIds })
    .expect(201)
  await app.settled()
  return read(body.id)
}

export const read = async (id: string, who = office) =>
  (await app.as(who).get(`/api/rankings/${id}`).expect(200)).body

export const shown = ({ lines }: { lines: { name: string }[] }) =>
  lines.map((line) => {
    const { name, rank, bracket, total, field, onTime, points, unrankedBecause } = line as never
    return { name, rank, bracket, total, field, onTime, points, unrankedBecause }
  })
