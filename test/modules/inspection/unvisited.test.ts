/** 盲区: points that nobody saw for a year. What a round found out is no answer before it is shown. */
import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { points } from '#modules/inspection/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { type SignedIn, startApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import {
  aDrawnRound,
  anInspectedCity,
  anUpload,
  aPoint,
  aScheme,
  visitsOf,
} from '#test/support/factories/inspection.ts'

test('a point that was there a year ago and was not seen since is listed; what a round saw counts once it is shown', async () => {
  await using app = await startApp({ at: '2026-03-02T09:00:00+08:00' })
  const city = await anInspectedCity(app)
  const { office, inspector } = city
  const scheme = await aScheme(app, city, [{ code: 'JT-01', pointClass: 'compound', photo: 'never' }])
  const [district] = city.districts
  const street = await aZone(app.db, {
    kind: 'subdistrict',
    districtCode: district!.code,
    parent: district!.zone,
  })
  const old: string[] = []
  for (let n = 0; n < 3; n++) old.push((await aPoint(app, office, { zoneId: street.id })).id)
  await app.db.transaction((tx) =>
    tx
      .update(points)
      .set({ createdAt: instantFrom('2025-02-01T09:00:00+08:00') })
      .where(inArray(points.id, old)),
  )
  const recent = (await aPoint(app, office, { zoneId: street.id })).id
  const listed = async (unseen: boolean, who: SignedIn = office) => {
    const { body } = await app.as(who).get(`/api/points?unseen=${unseen}`).expect(200)
    return body.items.map(({ id }: { id: string }) => id)
  }
  expect([await listed(true), await listed(false)]).toEqual([old, [recent]])

  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 4, reserve: 0 } })
  const visit = (await visitsOf(app, office, round.id)).find(({ point }) => point.id === old[0])!
  const opensAt = '2026-03-02T08:00:00+08:00'
  await app
    .as(office)
    .put(`/api/rounds/${round.id}/assignments`)
    .send({ visits: [{ visitId: visit.id, inspectorUserId: inspector.userId, opensAt }] })
    .expect(200)
  const seen = [{ standardId: scheme.standards['JT-01'], answer: 'met' }]
  await app.as(inspector).post('/api/visit-uploads').send(anUpload(visit.id, seen)).expect(201)
  // Whoever is on patrol shows it at once.
  const patrol = { schemeId: scheme.id, zoneId: street.id, pointId: old[1] }
  await app
    .as(inspector)
    .post('/api/visit-uploads')
    .send(anUpload(null, [], { patrol }))
    .expect(201)
  expect(await listed(true)).toEqual([old[0], old[2]])
  await app.as(office).put(`/api/rounds/${round.id}/disclosure`).set('if-match', '"v2"').expect(200)
  expect(await listed(true)).toEqual([old[2]])
  expect((await listed(false)).sort()).toEqual([old[0], old[1], recent].sort())
  const { body: map } = await app.as(office).get('/api/points/places?unseen=true').expect(200)
  expect(map.places.length + map.unplaced).toBe(1)
})
