import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { shiftSeats, shiftSkills, shifts } from '#modules/events/schema.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, nobody } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

const morning = { startsAt: onTheDay('09:00'), endsAt: onTheDay('11:00') }
const afternoon = { startsAt: onTheDay('13:30'), endsAt: onTheDay('17:30') }
const template = { work: '清理小广告', min: 2, target: 5, max: 8, skills: [{ skill: '急救', min: 1 }] }

test('zones × times become shifts as the preview said', async () => {
  const { id: eventId } = await anEvent(app)
  const zoneIds = [await aPlace(app.db), await aPlace(app.db), await aPlace(app.db)].map(({ id }) => id)
  const spec = { zoneIds, times: [morning, afternoon], template }
  const office = app.as('city_office')
  const preview = await office.post(`/api/events/${eventId}/shift-batches/preview`).send(spec).expect(200)
  const totals = { shifts: 6, min: 12, target: 30, max: 48 }
  expect(preview.body).toMatchObject({ totals, zones: 3, conflictsTotal: 0, conflicts: [] })
  expect(preview.body.sample).toHaveLength(6)
  expect(await app.db.read.$count(shifts, eq(shifts.eventId, eventId))).toBe(0)

  const made = await office.post(`/api/events/${eventId}/shift-batches`).send(spec).expect(201)
  expect(made.body).toMatchObject({ made: 6, totals, undoneAt: null })
  const list = await office.get(`/api/events/${eventId}/shifts?batchId=${made.body.id}`)
  expect(list.body.items).toHaveLength(6)
  expect(list.body.items[0]).toMatchObject({ ...template, ...morning, taken: 0, batchId: made.body.id })
  const demand = await office.get(`/api/events/${eventId}/demand`).expect(200)
  expect(demand.body.total).toEqual({ ...totals, taken: 0 })
  expect(demand.body.districts).toEqual([{ districtCode: '210502', ...totals, taken: 0 }])
  expect(demand.body.zones).toHaveLength(3)
})

test('a preview names every conflict, and nothing is made unless they are to be skipped', async () => {
  const { id: eventId } = await anEvent(app, { startsAt: onTheDay('08:00'), endsAt: onTheDay('18:00') })
  const [good, closed, unsuitable, busy] = [
    await aPlace(app.db),
    await aPlace(app.db, { closedAt: app.clock.now() }),
    await aPlace(app.db, { minorsSuitable: false }),
    await aPlace(app.db),
  ]
  await aShift(app, { eventId, zoneId: busy.id, work: template.work, ...morning })
  const missing = nobody()
  const zoneIds = [good.id, closed.id, unsuitable.id, busy.id, missing]
  const spec = { zoneIds, times: [morning], template: { ...template, minorsAllowed: true } }
  const office = app.as('city_office')
  const preview = await office.post(`/api/events/${eventId}/shift-batches/preview`).send(spec).expect(200)
  expect(preview.body.conflicts).toEqual([
    { zoneId: closed.id, ...morning, because: 'zone_closed' },
    { zoneId: unsuitable.id, ...morning, because: 'minors_unsuitable' },
    { zoneId: busy.id, ...morning, because: 'same_shift_exists' },
    { zoneId: missing, ...morning, because: 'zone_missing' },
  ])
  expect(preview.body.totals.shifts).toBe(1)
  const url = `/api/events/${eventId}/shift-batches`
  const refused = await office.post(url).send(spec).expect(409)
  expect(refused.body).toMatchObject({ code: 'batch.conflicts', details: { conflicts: 4 } })
  const made = await office
    .post(url)
    .send({ ...spec, skipConflicts: true })
    .expect(201)
  expect(made.body.made).toBe(1)
  const outside = { startsAt: onTheDay('17:00'), endsAt: onTheDay('19:00') }
  const twice = { zoneIds: [good.id], times: [afternoon, outside, afternoon], template }
  const { body } = await office.post(`${url}/preview`).send(twice)
  expect(body.conflicts.map(({ because }: { because: string }) => because)).toEqual([
    'outside_event',
    'same_shift_exists',
  ])
})

test('undoing a batch deletes its shifts', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const spec = { zoneIds: [(await aPlace(app.db)).id], times: [morning, afternoon], template }
  const office = app.as('city_office')
  const { body } = await office.post(`/api/events/${eventId}/shift-batches`).send(spec)
  const undone = await office.delete(`/api/shift-batches/${body.id}`).expect(200)
  expect(undone.body.undoneAt).not.toBeNull()
  const counts = [shifts, shiftSeats, shiftSkills].map((table) => app.db.read.$count(table))
  expect(await Promise.all(counts)).toEqual([0, 0, 0])
  await office.delete(`/api/shift-batches/${body.id}`).expect(200)
  const again = await office.post(`/api/events/${eventId}/shift-batches`).send(spec).expect(201)
  expect(again.body.made).toBe(2)
})

test('a batch with people on it is not taken back, and says how many', async () => {
  const { id: eventId } = await anEvent(app)
  const spec = {
    zoneIds: [(await aPlace(app.db)).id],
    times: [morning],
    template: { ...template, skills: [] },
  }
  const office = app.as('city_office')
  const { body: batch } = await office.post(`/api/events/${eventId}/shift-batches`).send(spec)
  const { body: list } = await office.get(`/api/events/${eventId}/shifts`)
  const shiftId = list.items[0].id
  const { id } = await aPerson(app)
  await anAssignment(app, { shiftId, personId: id })
  const refused = await office.delete(`/api/shift-batches/${batch.id}`).expect(409)
  expect(refused.body).toMatchObject({ code: 'batch.in_use', details: { people: 1, heads: 0 } })
  await office.delete(`/api/shifts/${shiftId}/assignments/${id}`).expect(204)
  await office.delete(`/api/shift-batches/${batch.id}`).expect(200)
})

test('after publication shifts are cancelled, not taken back', async () => {
  const { id: eventId } = await anEvent(app)
  const { id: inChargePersonId } = await aPerson(app)
  const spec = {
    zoneIds: [(await aPlace(app.db)).id],
    times: [morning],
    template: { ...template, inChargePersonId },
  }
  const office = app.as('city_office')
  const { body: batch } = await office.post(`/api/events/${eventId}/shift-batches`).send(spec)
  await office.put(`/api/events/${eventId}/publication`).expect(200)
  const refused = await office.delete(`/api/shift-batches/${batch.id}`).expect(409)
  expect(refused.body.code).toBe('event.published')
})

test('more than five thousand shifts are asked for in parts', async () => {
  const { id: eventId } = await anEvent(app)
  const zoneIds = Array.from({ length: 101 }, nobody)
  const times = Array.from({ length: 50 }, () => morning)
  const { status, body } = await app
    .as('city_office')
    .post(`/api/events/${eventId}/shift-batches/preview`)
    .send({ zoneIds, times, template })
  expect([status, body.code]).toEqual([422, 'batch.too_large'])
})
