/** How far a round is, to whom somebody may be sent, and what a point remembers. */
import { beforeAll, expect, test } from 'vitest'
import { byDistrict, byInspector, type Step } from '#modules/inspection/rounds/progress-rules.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import {
  actFor,
  aDrawnRound,
  anInspectedCity,
  anUpload,
  aPoint,
  aScheme,
  type InspectedCity,
  visitsOf,
} from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: InspectedCity
let scheme: { id: string; standards: Record<string, string> }
let keeper: { id: string }
let liaison: SignedIn

beforeAll(async () => {
  city = await anInspectedCity(app)
  scheme = await aScheme(app, city, [
    { code: 'JT-01', pointClass: 'compound', photo: 'never' },
    { code: 'JT-02', pointClass: 'compound', photo: 'never' },
  ])
  keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: keeper.id })
  for (const { code, zone } of city.districts) {
    const street = await aZone(app.db, { kind: 'subdistrict', districtCode: code, parent: zone })
    for (let n = 0; n < 3; n++)
      await aPoint(app, city.office, { zoneId: street.id, ...(n === 0 ? { unitId: keeper.id } : {}) })
  }
})

const get = async (who: SignedIn, url: string) => (await app.as(who).get(url).expect(200)).body
const assign = (roundId: string, visitIds: readonly string[], userId: string) =>
  app
    .as(city.office)
    .put(`/api/rounds/${roundId}/assignments`)
    .send({
      visits: visitIds.map((visitId) => ({
        ...{ visitId, inspectorUserId: userId, opensAt: '2026-03-02T08:00:00+08:00' },
      })),
    })
const bring = (visitId: string, answers: readonly string[]) => {
  const [first, second] = Object.values(scheme.standards)
  const seen = [first, second].map((standardId, n) => ({ standardId, answer: answers[n] }))
  return app.as(city.inspector).post('/api/visit-uploads').send(anUpload(visitId, seen)).expect(201)
}

test('progress counts points by district and visits by inspector: visited, seen too little, waiting, unassigned', async () => {
  const { office, inspector } = city
  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 6, reserve: 0 } })
  const visits = await visitsOf(app, office, round.id)
  const [one, two, three] = visits.filter(({ districtCode }) => districtCode === '210502').map(({ id }) => id)
  const [four] = visits.filter(({ districtCode }) => districtCode === '210503').map(({ id }) => id)
  await assign(round.id, [one!, two!, three!, four!], inspector.userId).expect(200)
  await bring(one!, ['met', 'met'])
  // Half of it was not seen: somebody goes again.
  await bring(two!, ['met', 'not_seen'])
  const progress = await get(office, `/api/rounds/${round.id}/progress`)
  expect(progress).toEqual({
    roundId: round.id,
    districts: [
      {
        ...{ districtCode: '210502', name: '平山区', points: 3 },
        ...{ visited: 1, notSeen: 1, waiting: 1, unassigned: 0 },
      },
      {
        ...{ districtCode: '210503', name: '溪湖区', points: 3 },
        ...{ visited: 0, notSeen: 0, waiting: 1, unassigned: 2 },
      },
    ],
    inspectors: [
      {
        ...{ userId: inspector.userId, name: expect.any(String) },
        unit: { id: expect.any(String), name: '市委督查室' },
        ...{ visited: 1, notSeen: 1, waiting: 2 },
      },
    ],
  })
  // Whoever does not run it learns nothing, before it is shown and after.
  await app.as(liaison).get(`/api/rounds/${round.id}/progress`).expect(403)
  const filtered = await get(office, `/api/rounds/${round.id}/visits?state=assigned&districtCode=210502`)
  expect(filtered.items.map(({ id }: { id: string }) => id)).toEqual([three])
  const [seen] = (await get(office, `/api/rounds/${round.id}/visits?state=received`)).items
  expect(seen).toMatchObject({ inspectorName: progress.inspectors[0].name, roundLabel: round.label })
})

test('before somebody is sent it is said where they may not go; the same list without those is taken', async () => {
  const { office } = city
  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 6, reserve: 0 } })
  const visits = await visitsOf(app, office, round.id)
  const there = await app.signIn({ role: 'inspector' })
  const check = async (userId: string) =>
    (await get(office, `/api/rounds/${round.id}/inspectors/${userId}`)).barred as {
      visitId: string
      because: string
      text: string
    }[]
  const all = visits.map(({ id }) => id).sort()
  const unnamed = await check(there.userId)
  expect(unnamed.map(({ visitId }) => visitId).sort()).toEqual(all)
  expect(new Set(unnamed.map(({ because }) => because))).toEqual(new Set(['inspector.unit_needed']))
  await actFor(app, there, keeper.id)
  const barred = await check(there.userId)
  expect(barred.map(({ visitId }) => visitId).sort()).toEqual(
    visits
      .filter(({ districtCode }) => districtCode === '210502')
      .map(({ id }) => id)
      .concat(await ofKeeper(visits))
      .filter((id, at, some) => some.indexOf(id) === at)
      .sort(),
  )
  expect(barred[0]!.text).not.toBe('')
  await assign(round.id, all, there.userId).expect(403)
  const free = all.filter((id) => barred.every(({ visitId }) => visitId !== id))
  await assign(round.id, free, there.userId).expect(200)
  // It says something of the sample: a look at it, which is recorded, and asked by whoever runs the round alone.
  await app.as(liaison).get(`/api/rounds/${round.id}/inspectors/${there.userId}`).expect(403)
  const audit = await app.as('auditor').get(`/api/audit?limit=200&subject=round:${round.id}`).expect(200)
  const looks = audit.body.items.filter(({ action }: { action: string }) => action === 'round.sample_seen')
  expect(looks.length).toBeGreaterThanOrEqual(3)
})

/** The visits of points that belong to the keeper, in whichever district. */
async function ofKeeper(visits: Awaited<ReturnType<typeof visitsOf>>): Promise<string[]> {
  const own = await get(city.office, `/api/points?unitId=${keeper.id}`)
  const ids = own.items.map(({ id }: { id: string }) => id)
  return visits.filter(({ point }) => ids.includes(point.id)).map(({ id }) => id)
}

test('a point remembers who was there, but nothing of a round that is not shown, not even to whoever runs it', async () => {
  const { office, inspector } = city
  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 6, reserve: 0 } })
  const [visit] = await visitsOf(app, office, round.id)
  const history = `/api/points/${visit!.point.id}/visits`
  const before = await get(office, history)
  await assign(round.id, [visit!.id], inspector.userId).expect(200)
  await bring(visit!.id, ['met', 'not'])
  expect(await get(office, history)).toEqual(before)
  await app.as(office).put(`/api/rounds/${round.id}/disclosure`).set('if-match', '"v2"').expect(200)
  const [first] = (await get(liaison, history)).items
  expect(first).toMatchObject({
    ...{ id: visit!.id, roundId: round.id, roundLabel: round.label, state: 'received', inspectorName: null },
    balanced: { earned: 1, possible: 2, percent: 50 },
  })
  expect((await get(office, history)).items[0].inspectorName).not.toBeNull()
  // The latest first, page by page.
  const street = (await get(office, `/api/points/${visit!.point.id}`)).zone.id
  const patrol = { schemeId: scheme.id, zoneId: street, pointId: visit!.point.id }
  await app
    .as(inspector)
    .post('/api/visit-uploads')
    .send(anUpload(null, [], { patrol }))
    .expect(201)
  const page = await get(office, `${history}?limit=1`)
  expect(page.items.map(({ role }: { role: string }) => role)).toEqual(['patrol'])
  const next = await get(office, `${history}?limit=1&cursor=${page.nextCursor}`)
  expect(next.items[0].id).toBe(visit!.id)
  await app.as(office).get(`/api/points/${round.id}/visits`).expect(404)
})

const step = (change: Partial<Step>): Step => ({
  ...{ districtCode: '210502', pointId: 'a', role: 'sample', attempt: 1, inspectorUserId: null },
  ...{ received: false, valid: null, unseen: null },
  ...change,
})

test('the last visit that came home says how a point stands; a reserve counts once somebody is sent there', () => {
  const tooLittle = step({ inspectorUserId: 'u', received: true, valid: 1, unseen: 1 })
  const again = step({ attempt: 2, inspectorUserId: 'u' })
  const enough = step({ attempt: 2, inspectorUserId: 'u', received: true, valid: 4, unseen: 1 })
  const none = { visited: 0, notSeen: 0, waiting: 0, unassigned: 0 }
  const of = (...steps: Step[]) => byDistrict(steps).get('210502')
  expect(of(tooLittle, again)).toEqual({ ...none, points: 1, notSeen: 1 })
  expect(of(enough, tooLittle)).toEqual({ ...none, points: 1, visited: 1 })
  expect(of(step({ role: 'reserve' }))).toBeUndefined()
  expect(of(step({ role: 'reserve', inspectorUserId: 'u' }))).toEqual({ ...none, points: 1, waiting: 1 })
  expect([...byInspector([tooLittle, again, step({ pointId: 'b' })])]).toEqual([
    ['u', { visited: 0, notSeen: 1, waiting: 1 }],
  ])
})
