import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { points } from '#modules/inspection/schema.ts'
import { newId } from '#platform/ids.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()
const office = () => app.as('city_office')

/** A square of one hundredth of a degree, its south-west corner there. */
const square = (west: number, south: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south + 0.01],
      [west, south],
    ],
  ],
})

async function aPoint(zoneId: string, longitude: number | null): Promise<string> {
  const { db, clock } = app
  const id = newId()
  const place = { latitude: longitude === null ? null : 41.295, longitude }
  const row = { id, code: id, name: '公交站', searchName: '公交站', zoneId, pointClass: 'compound' as const }
  await db.transaction((tx) => tx.insert(points).values({ ...row, ...place, createdAt: clock.now() }))
  return id
}

test('a zone is split in one act: duties, zones below, shifts to come and points go where it was said, and the old zone is closed', async () => {
  const { db } = app
  const district = await aZone(db, { kind: 'district', code: '210502', districtCode: '210502' })
  const zone = await aZone(db, { parent: district, name: '永丰网格' })
  const below = await aZone(db, { parent: zone, name: '永丰一院' })
  const { id: unitId } = await aUnit(db, { name: '市住建局' })
  const duty = await aResponsibility(db, { zoneId: zone.id, unitId, validFrom: '2026-01-01' })
  const { id: eventId } = await anEvent(app)
  const period = { startsAt: onTheDay('13:30'), endsAt: onTheDay('15:00') }
  const shift = await aShift(app, { eventId, zoneId: zone.id, ...period })
  const east = await aPoint(zone.id, 123.785)
  const nowhere = await aPoint(zone.id, null)
  // What has ended stays with the zone: nobody is asked where it goes.
  const ended = { closedAt: app.clock.now() }
  const called = { cancelledAt: app.clock.now() }
  const past = await aPoint(zone.id, null)
  const pastBelow = await aZone(db, { parent: zone, name: '永丰二院' })
  const off = await aShift(app, { eventId, zoneId: zone.id, ...period })
  for (const over of [ended, called]) {
    const other = await anEvent(app)
    await aShift(app, { eventId: other.id, zoneId: zone.id, ...period })
    await db.transaction((tx) => tx.update(events).set(over).where(eq(events.id, other.id)))
  }
  await db.transaction(async (tx) => {
    await tx.update(points).set(ended).where(eq(points.id, past))
    await tx.update(zones).set(ended).where(eq(zones.id, pastBelow.id))
    await tx.update(shifts).set(called).where(eq(shifts.id, off.id))
  })
  const parts = [
    { name: '永丰西片', boundary: square(123.77, 41.29) },
    { name: '永丰东片', boundary: square(123.78, 41.29) },
  ]
  const base = `/api/zones/${zone.id}/split`
  const preview = (more: object) =>
    office()
      .post(`${base}/preview`)
      .send({ parts, ...more })
  const { body: seen } = await preview({}).expect(200)
  const goes = (things: { id: string; parts: number[] }[]) =>
    Object.fromEntries(things.map((thing) => [thing.id, thing.parts]))
  expect(goes(seen.things)).toMatchObject({
    [duty.id]: [0, 1],
    [shift.id]: [],
    [east]: [1],
    [nowhere]: [],
  })
  expect(Object.keys(goes(seen.things)).sort()).toEqual([duty.id, below.id, shift.id, east, nowhere].sort())
  expect(seen.things.find(({ id }: { id: string }) => id === duty.id)).toMatchObject({
    kind: 'responsibility',
    name: '市住建局',
  })
  const split = (token: string) => office().post(base).send({ token })
  expect((await split(seen.token).expect(409)).body).toMatchObject({ code: 'split.unanswered' })
  const torn = await preview({ answers: [{ id: shift.id, parts: [0, 1] }] }).expect(422)
  expect(torn.body.code).toBe('split.one_part')

  const answers = [
    { id: below.id, parts: [0] },
    { id: nowhere, parts: [0] },
  ]
  const { body: answered } = await preview({ answers, rest: 1 }).expect(200)
  expect(answered.open).toBe(0)
  const { body: done } = await split(answered.token).expect(200)
  expect(done.parts.map(({ name }: { name: string }) => name)).toEqual(['永丰西片', '永丰东片'])
  expect((await split(answered.token).expect(200)).body).toEqual(done)
  const [west, eastern] = done.parts.map(({ id }: { id: string }) => id)
  const zoneNow = async (id: string) => (await office().get(`/api/zones/${id}`).expect(200)).body
  expect((await zoneNow(zone.id)).closedAt).toEqual(expect.any(String))
  expect(await zoneNow(west)).toMatchObject({ kind: 'street', districtCode: '210502', closedAt: null })
  expect((await zoneNow(below.id)).parent.id).toBe(west)
  expect((await office().get(`/api/shifts/${shift.id}`)).body.zone.id).toBe(eastern)
  const whoOf = async (id: string) =>
    (await office().get(`/api/responsibilities?zoneId=${id}`)).body.items.map(
      ({
        validFrom,
        validUntil,
        unit,
      }: {
        validFrom: string
        validUntil: string | null
        unit: { id: string }
      }) => [unit.id, validFrom, validUntil],
    )
  expect(await whoOf(zone.id)).toEqual([[unitId, '2026-01-01', '2026-02-20']])
  expect(await whoOf(west)).toEqual([[unitId, '2026-02-20', null]])
  expect(await whoOf(eastern)).toEqual([[unitId, '2026-02-20', null]])
  const there = await db.read.select({ id: points.id, zoneId: points.zoneId }).from(points)
  expect(Object.fromEntries(there.map(({ id, zoneId }) => [id, zoneId]))).toMatchObject({
    [east]: eastern,
    [nowhere]: west,
  })
  expect((await preview({}).expect(409)).body.code).toBe('zone.closed')
})

test('what came to hang on the zone since is named, and nothing is done; another district’s zone is not there', async () => {
  const { db } = app
  const zone = await aPlace(db, { districtCode: '210502' })
  const parts = [{ name: '南片' }, { name: '北片' }]
  const base = `/api/zones/${zone.id}/split`
  const { body: seen } = await office().post(`${base}/preview`).send({ parts }).expect(200)
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId, zoneId: zone.id })
  const late = await office().post(base).send({ token: seen.token }).expect(412)
  expect(late.body).toMatchObject({
    code: 'preview.outdated',
    details: { differing: [{ id: shift.id, seen: null }] },
  })
  const other = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
  expect((await other.post(`${base}/preview`).send({ parts }).expect(404)).body.code).toBe('zone.missing')
})
