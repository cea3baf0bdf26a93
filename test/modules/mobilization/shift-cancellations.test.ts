import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.settled()
  app.clock.set(instantFrom('2026-02-20T01:00:00Z'))
})

const office = () => app.as('city_office')

/** What a number was told of cancellations. */
const toldTo = (phone: string): string[] =>
  app
    .outbox()
    .filter((line) => line.to === phone && line.kind.endsWith('cancellation'))
    .map(({ text }) => text.replace(/^【集结】/, ''))

const times = [
  ['13:30', '15:00'],
  ['15:30', '17:00'],
] as const

/**
 * A published event: two zones × two times. 王芳 is on both shifts of 永丰社区 and 李明 on the first of 解放北路; 赵强 has no
 * phone and is on the second there.
 */
async function aGrid() {
  const { id: organiserUnitId } = await aUnit(app.db, { districtCode: '210504' })
  const { id: eventId } = await anEvent(app, { organiserUnitId })
  const zones = []
  const shiftIds: string[][] = []
  for (const name of ['永丰社区', '解放北路']) {
    const { id: zoneId } = await aPlace(app.db, {
      name,
      districtCode: name === '永丰社区' ? '210502' : '210503',
    })
    zones.push(zoneId)
    const own = []
    for (const [from, until] of times) {
      const period = { startsAt: onTheDay(from), endsAt: onTheDay(until) }
      own.push((await aShift(app, { eventId, zoneId, ...period, work: '清理小广告' })).id)
    }
    shiftIds.push(own)
  }
  const [there, here] = shiftIds as [[string, string], [string, string]]
  const wangPhone = aPhone()
  const wangHerself = await aPerson(app, { name: '王芳', phone: wangPhone })
  for (const shiftId of there) await anAssignment(app, { shiftId, personId: wangHerself.id })
  const liPhone = aPhone()
  const li = await aPerson(app, { name: '李明', phone: liPhone })
  await anAssignment(app, { shiftId: here[0], personId: li.id })
  const zhao = await aPerson(app, { name: '赵强' })
  await anAssignment(app, { shiftId: here[1], personId: zhao.id })
  await publish(app, eventId)
  const base = `/api/events/${eventId}/shift-cancellations`
  const preview = (where: object) => office().post(`${base}/preview`).send({ where, reason: '因雨' })
  const cancel = (token: string) => office().post(base).send({ token })
  return { eventId, zones, there, here, wangPhone, liPhone, preview, cancel, base }
}

const live = async (shiftId: string) => {
  const { body } = await office().get(`/api/shifts/${shiftId}`).expect(200)
  return [body.cancelledAt === null, body.taken]
}

test('many shifts are cancelled in one act that was previewed, and each person is told once of all of theirs', async () => {
  const { zones, there, here, wangPhone, liPhone, preview, cancel } = await aGrid()
  const { body: seen } = await preview({
    zoneIds: zones,
    times: [{ startsAt: onTheDay('13:00'), endsAt: onTheDay('17:00') }],
  }).expect(200)
  expect(seen).toMatchObject({
    ...{ shifts: 4, zones: 2, over: 0, people: 3, heads: 0, messages: 2, unreachable: 1, tellsAfterMin: 5 },
    sample: [{ zone: { name: expect.any(String) } }, {}, {}, {}],
  })
  const { body: done, headers } = await cancel(seen.token).expect(201)
  expect(done).toMatchObject({
    shifts: 4,
    people: 4,
    toldAt: null,
    undoneAt: null,
    undoable: true,
    reason: '因雨',
  })
  expect((await cancel(seen.token).expect(201)).body.id).toBe(done.id)
  await app.advance({ minutes: 4 })
  expect([toldTo(wangPhone), await live(there[0])]).toEqual([[], [false, 1]])
  await app.advance({ minutes: 1, seconds: 5 })
  expect(toldTo(wangPhone)).toEqual([
    '取消通知：王*，3月4日13:30永丰社区清理小广告、15:30永丰社区清理小广告因雨取消，请勿前往，感谢支持！',
  ])
  expect(toldTo(liPhone)).toEqual([
    '取消通知：李*，3月4日13:30解放北路清理小广告因雨取消，请勿前往，感谢支持！',
  ])
  expect(await live(here[1])).toEqual([false, 0])
  const undo = await office()
    .delete(headers.location as string)
    .expect(409)
  expect(undo.body).toMatchObject({ code: 'cancellation.told', details: { people: 4 } })
  const { body: after } = await office().get(headers.location as string)
  expect(after).toMatchObject({ toldAt: expect.any(String), undoable: false })
  const calls = await office().get(`/api/events/${done.eventId}/notices?unreached=true`)
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  expect(calls.body.items.map(({ person }: any) => person.name)).toEqual(['赵强'])
})

test('until somebody was told it is undone: everybody keeps their place, and what fell due meanwhile is sent', async () => {
  const { eventId, there, wangPhone, preview, cancel } = await aGrid()
  // A change that settles while the shift is cancelled.
  const shift = await office().get(`/api/shifts/${there[0]}`)
  await office()
    .patch(`/api/shifts/${there[0]}`)
    .set('if-match', shift.headers.etag as string)
    .send({ meetingPoint: '南门' })
    .expect(200)
  await app.advance({ minutes: 3 })
  const { body: seen } = await preview({ districtCode: '210502' }).expect(200)
  expect(seen).toMatchObject({ shifts: 2, people: 1 })
  const { body: done } = await cancel(seen.token).expect(201)
  await app.advance({ minutes: 3 })
  const undone = await office().delete(`/api/shift-cancellations/${done.id}`).expect(200)
  expect(undone.body).toMatchObject({ undoneAt: expect.any(String), undoable: false })
  await office().delete(`/api/shift-cancellations/${done.id}`).expect(200)
  await app.advance({ minutes: 10 })
  expect([toldTo(wangPhone), await live(there[0]), await live(there[1])]).toEqual([[], [true, 1], [true, 1]])
  const changes = app.outbox().filter((line) => line.to === wangPhone && line.kind === 'change')
  expect(changes.map(({ text }) => text)).toEqual([expect.stringContaining('改在永丰社区南门')])
  const { body: listed } = await office().get(`/api/events/${eventId}/shift-cancellations`)
  expect(listed.items).toHaveLength(1)
})

test('what changed since the preview is named, and nothing is done', async () => {
  const { zones, there, here, preview, cancel } = await aGrid()
  const { body: seen } = await preview({ zoneIds: zones, from: onTheDay('13:00') })
  const shift = await office().get(`/api/shifts/${there[1]}`)
  await office()
    .patch(`/api/shifts/${there[1]}`)
    .set('if-match', shift.headers.etag as string)
    .send({ tools: '铲刀' })
    .expect(200)
  await office().put(`/api/shifts/${here[0]}/cancellation`).send({ reason: '施工' }).expect(200)
  const { body } = await cancel(seen.token).expect(412)
  expect(body).toMatchObject({
    code: 'preview.outdated',
    details: {
      total: 2,
      differing: [
        { id: there[1], seen: { version: 1 }, now: { version: 2 } },
        { id: here[0], seen: { version: 1 }, now: null },
      ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    },
  })
  expect(await live(there[0])).toEqual([true, 1])
})

test('close to the start people are told at once; what is over stays; a district cancels its own zones alone', async () => {
  const { zones, there, here, wangPhone, preview, cancel, base } = await aGrid()
  const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210502' }))
  const asked = (where: object) => district.post(`${base}/preview`).send({ where, reason: '雨' })
  expect((await asked({ zoneIds: zones }).expect(403)).body.code).toBe('access.out_of_reach')
  expect((await asked({ zoneIds: [zones[0]] }).expect(200)).body).toMatchObject({ shifts: 2 })
  app.clock.set(instantFrom(onTheDay('15:10')))
  const { body: seen } = await preview({ zoneIds: zones }).expect(200)
  expect(seen).toMatchObject({ shifts: 2, over: 2, tellsAfterMin: 0 })
  await cancel(seen.token).expect(201)
  await app.settled()
  expect(toldTo(wangPhone)).toHaveLength(1)
  expect([await live(there[0]), await live(here[0])]).toEqual([
    [true, 1],
    [true, 1],
  ])
  expect((await preview({ zoneIds: zones }).expect(409)).body.code).toBe('cancellation.empty')
})
