import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())

const office = () => app.as('city_office')
const told = (phone: string) =>
  app
    .outbox()
    .filter((line) => line.to === phone)
    .map(({ kind, text }): [string, string] => [kind, text.replace(/^【集结】/, '').replace(/ http.*$/, '')])

/** A published event with a shift in each of two places; 王芳 is on the first. */
async function aDayOut() {
  const { id: eventId } = await anEvent(app)
  const shifts = []
  for (const [name, from, until] of [
    ['永丰社区', '13:30', '15:00'],
    ['解放北路', '15:30', '17:00'],
  ] as const) {
    const { id: zoneId } = await aPlace(app.db, { name })
    const period = { startsAt: onTheDay(from), endsAt: onTheDay(until) }
    shifts.push((await aShift(app, { eventId, zoneId, ...period })).id)
  }
  const phone = aPhone()
  const { id: personId } = await aPerson(app, { name: '王芳', phone })
  const [first, second] = shifts as [string, string]
  await anAssignment(app, { shiftId: first, personId })
  await publish(app, eventId)
  const off = (shiftId: string) =>
    office().delete(`/api/shifts/${shiftId}/assignments/${personId}`).expect(204)
  const on = (shiftId: string) => anAssignment(app, { shiftId, personId })
  const settle = async () => {
    await app.settled()
    await app.advance({ minutes: 5 })
    await app.advance({ seconds: 1 })
  }
  return { eventId, first, second, phone, personId, off, on, settle }
}

test('somebody taken off by hand is told once, five minutes later, and nothing when they are put back before', async () => {
  const { first, phone, off, on, settle } = await aDayOut()
  await off(first)
  await on(first)
  await settle()
  expect(told(phone).map(([kind]) => kind)).toEqual(['invitation'])
  await off(first)
  await app.advance({ minutes: 4 })
  expect(told(phone)).toHaveLength(1)
  await settle()
  expect(told(phone).slice(1)).toEqual([
    ['removal', '岗位调整：王*，3月4日13:30永丰社区清理小广告不再安排您参加，请勿前往，感谢支持！'],
  ])
  await settle()
  expect(told(phone)).toHaveLength(2)
})

test('somebody moved by hand is told before and after in one message, and asked again', async () => {
  const { first, second, phone, off, on, settle } = await aDayOut()
  await on(second)
  await off(first)
  await settle()
  expect(told(phone).slice(1)).toEqual([
    ['change', '岗位变更：王*，3月4日13:30改为15:30，在解放北路，请重新确认'],
  ])
})

test('whoever was invited already is asked again when they get one more shift', async () => {
  const { second, phone, on, settle } = await aDayOut()
  await on(second)
  await settle()
  const [, again] = told(phone)
  expect(again?.[0]).toBe('invitation')
  expect(again?.[1]).toContain('15:30解放北路清理小广告')
  await settle()
  expect(told(phone)).toHaveLength(2)
})

test('whoever was told nothing is told nothing: before publication nobody, afterwards those whose sign-up is withdrawn', async () => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const phone = aPhone()
  const { id } = await aPerson(app, { phone })
  await anAssignment(app, { shiftId: shift.id, personId: id })
  await office().delete(`/api/shifts/${shift.id}/assignments/${id}`).expect(204)
  await publish(app, eventId)
  await app.advance({ minutes: 6 })
  expect(told(phone)).toEqual([])
})
