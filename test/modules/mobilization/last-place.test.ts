import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { shiftSeats } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { anEvent, aShift, onTheDay } from '#test/support/factories/events.ts'
import { crowd } from '#test/support/factories/mobilization.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

test('the last place goes to exactly one of five who ask at once', async () => {
  const shift = await aShift(app, { max: 1 })
  const { people } = await crowd(app, 5)
  const office = app.as('city_office')
  const replies = await Promise.all(
    people.map(({ id }) => office.put(`/api/shifts/${shift.id}/assignments/${id}`).send({})),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
  const refusals = replies.filter(({ status }) => status === 409).map(({ body }) => body.code)
  expect(refusals).toEqual(['shift.full', 'shift.full', 'shift.full', 'shift.full'])
})

test('a shift never goes above its max, with forty who ask at once and others who leave', async () => {
  const shift = await aShift(app, { max: 12 })
  const { people } = await crowd(app, 48)
  const office = app.as('city_office')
  const place = ({ id }: { id: string }) => `/api/shifts/${shift.id}/assignments/${id}`
  const leaving = people.slice(0, 8)
  for (const person of leaving) await office.put(place(person)).send({}).expect(200)

  const replies = await Promise.all([
    ...people.slice(8).map((person) => office.put(place(person)).send({})),
    ...leaving.map((person) => office.delete(place(person))),
  ])

  expect(replies.every(({ status }) => [200, 204, 409].includes(status))).toBe(true)
  const [seats] = await app.db.read.select().from(shiftSeats).where(eq(shiftSeats.shiftId, shift.id))
  const placed = await app.db.read.select().from(assignments).where(eq(assignments.shiftId, shift.id))
  const taken = replies.filter(({ status }) => status === 200).length
  expect(placed).toHaveLength(taken)
  expect(seats).toEqual({ shiftId: shift.id, taken, max: 12 })
  expect(taken).toBeGreaterThanOrEqual(4)
})

test('nobody gets two overlapping shifts of different events, asked for at once', async () => {
  const first = await aShift(app, { startsAt: onTheDay('13:30'), endsAt: onTheDay('15:30') })
  const second = await aShift(app, { startsAt: onTheDay('15:00'), endsAt: onTheDay('17:00') })
  const third = await aShift(app, { startsAt: onTheDay('13:00'), endsAt: onTheDay('18:00') })
  const office = app.as('city_office')
  for (const { id } of (await crowd(app, 3)).people) {
    const replies = await Promise.all(
      [first, second, third].map((shift) => office.put(`/api/shifts/${shift.id}/assignments/${id}`).send({})),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(replies.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'shift.overlaps',
      'shift.overlaps',
    ])
  }
})

test('shifts that follow each other without a gap do not overlap', async () => {
  const { id: eventId } = await anEvent(app)
  const morning = await aShift(app, { eventId, startsAt: onTheDay('08:00'), endsAt: onTheDay('12:00') })
  const noon = await aShift(app, { eventId, startsAt: onTheDay('12:00'), endsAt: onTheDay('14:00') })
  const { id } = await aPerson(app)
  for (const shift of [morning, noon]) {
    await app.as('city_office').put(`/api/shifts/${shift.id}/assignments/${id}`).send({}).expect(200)
  }
})

test('asking again for a place one holds takes no second one', async () => {
  const shift = await aShift(app, { max: 2 })
  const { id } = await aPerson(app)
  const url = `/api/shifts/${shift.id}/assignments/${id}`
  const replies = await Promise.all([1, 2, 3].map(() => app.as('city_office').put(url).send({})))
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1)
  const reply = await app.as('city_office').get(`/api/shifts/${shift.id}`)
  expect(reply.body.taken).toBe(1)
})

test('lowering the number of places while people ask for them never leaves more people than places', async () => {
  const shift = await aShift(app, { max: 6 })
  const { people } = await crowd(app, 6)
  const office = app.as('city_office')
  const [lowered] = await Promise.all([
    office.patch(`/api/shifts/${shift.id}`).set('if-match', '"v1"').send({ min: 0, target: 3, max: 3 }),
    ...people.map(({ id }) => office.put(`/api/shifts/${shift.id}/assignments/${id}`).send({})),
  ])
  const { body } = await office.get(`/api/shifts/${shift.id}`)
  expect(body.taken).toBeLessThanOrEqual(body.max)
  expect(body.max).toBe(lowered?.status === 200 ? 3 : 6)
  if (lowered?.status !== 200) expect(lowered?.body.code).toBe('shift.below_taken')
})
