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
const changesTold = (phone: string) =>
  app
    .outbox()
    .filter((line) => line.to === phone && line.kind === 'change')
    .map(({ text }) => text.replace(/^【集结】/, ''))

/**
 * An event with two zones × two times, of at most 10 people each. 王芳 is on both shifts of 永丰社区, 李明 is on the first of 解放北路.
 */
async function aGrid() {
  const { id: organiserUnitId } = await aUnit(app.db, { districtCode: '210504' })
  const { id: eventId } = await anEvent(app, {
    organiserUnitId,
    startsAt: onTheDay('08:00'),
    endsAt: onTheDay('20:00'),
  })
  const zones: string[] = []
  const shiftIds: string[][] = []
  for (const name of ['永丰社区', '解放北路']) {
    const { id: zoneId } = await aPlace(app.db, {
      name,
      districtCode: name === '永丰社区' ? '210502' : '210503',
    })
    zones.push(zoneId)
    const own: string[] = []
    for (const [from, until] of [
      ['13:30', '15:00'],
      ['15:30', '17:00'],
    ] as const) {
      const period = { startsAt: onTheDay(from), endsAt: onTheDay(until) }
      const demand = { min: 1, target: 5, max: 10 }
      own.push((await aShift(app, { eventId, zoneId, ...period, ...demand, work: '清理小广告' })).id)
    }
    shiftIds.push(own)
  }
  const [there, here] = shiftIds as [[string, string], [string, string]]
  const wangPhone = aPhone()
  const wang = await aPerson(app, { name: '王芳', phone: wangPhone })
  await anAssignment(app, { shiftId: there[0], personId: wang.id })
  await anAssignment(app, { shiftId: there[1], personId: wang.id })
  const li = await aPerson(app, { name: '李明', phone: aPhone() })
  await anAssignment(app, { shiftId: here[0], personId: li.id })
  const base = `/api/events/${eventId}/shift-revisions`
  const preview = (where: object, change: object, skipConflicts = false) =>
    office().post(`${base}/preview`).send({ where, change, skipConflicts })
  const revise = (token: string) => office().post(base).send({ token })
  return { eventId, zones, there, here, wangId: wang.id, wangPhone, preview, revise, base }
}

const shiftNow = async (shiftId: string) => (await office().get(`/api/shifts/${shiftId}`).expect(200)).body
const hours = async (shiftId: string) => {
  const { startsAt, endsAt } = await shiftNow(shiftId)
  return [startsAt, endsAt]
}
const at = (time: string) => instantFrom(onTheDay(time)).toUTC().toISO()

test('a whole afternoon is moved in one act: consecutive shifts do not stand in each other’s way, and people are told once', async () => {
  const { eventId, zones, there, here, wangId, wangPhone, preview, revise } = await aGrid()
  await publish(app, eventId)
  await app.settled()
  const { body: taking } = await office().get(`/api/events/${eventId}/participations`)
  const { id } = taking.items.find((each: { person: { id: string } }) => each.person.id === wangId)
  await office().put(`/api/participations/${id}/answer`).send({ answer: 'accepted' }).expect(200)
  const { body: seen } = await preview({ zoneIds: zones }, { moveMin: 60, target: 6 }).expect(200)
  expect(seen).toMatchObject({
    ...{ shifts: 4, unchanged: 0, over: 0, conflictsTotal: 0, people: 2, askedAgain: 2, messages: 2 },
    ...{ unreachable: 0, tellsAfterMin: 5 },
  })
  expect(seen.sample[0]).toMatchObject({
    before: { startsAt: at('13:30') },
    after: { startsAt: at('14:30'), endsAt: at('16:00') },
  })
  const { body: done, headers } = await revise(seen.token).expect(201)
  expect(done).toMatchObject({ shifts: 4, people: 3, toldAt: null, undoneAt: null, undoable: true })
  expect((await revise(seen.token).expect(201)).body.id).toBe(done.id)
  expect([await hours(there[0]), await hours(here[1])]).toEqual([
    [at('14:30'), at('16:00')],
    [at('16:30'), at('18:00')],
  ])
  expect(await shiftNow(there[0])).toMatchObject({ min: 1, target: 6, max: 10, taken: 1 })
  await app.advance({ minutes: 4 })
  expect(changesTold(wangPhone)).toEqual([])
  await app.advance({ minutes: 1, seconds: 5 })
  expect(changesTold(wangPhone).join()).toContain('14:30')
  expect((await office().get(headers.location as string)).body).toMatchObject({
    toldAt: expect.any(String),
    undoable: false,
  })
  const undo = await office()
    .delete(headers.location as string)
    .expect(409)
  expect(undo.body).toMatchObject({ code: 'revision.told', details: { people: 3 } })
})

test('until somebody was told it is undone as a whole, and nobody hears of it', async () => {
  const { eventId, zones, there, wangPhone, preview, revise } = await aGrid()
  await publish(app, eventId)
  await app.settled()
  const [other] = [zones[1]]
  const change = {
    startsAtClock: '09:00',
    endsAtClock: '10:30',
    zoneId: other,
    max: 20,
    meetingPoint: '南门',
  }
  const { body: seen } = await preview({ shiftIds: [there[0]] }, change).expect(200)
  const { body: done } = await revise(seen.token).expect(201)
  expect(await shiftNow(there[0])).toMatchObject({
    ...{ startsAt: at('09:00'), endsAt: at('10:30'), max: 20, meetingPoint: '南门' },
    zone: { id: other },
  })
  const undone = await office().delete(`/api/shift-revisions/${done.id}`).expect(200)
  expect(undone.body).toMatchObject({ undoneAt: expect.any(String), undoable: false })
  await office().delete(`/api/shift-revisions/${done.id}`).expect(200)
  expect(await shiftNow(there[0])).toMatchObject({
    ...{ startsAt: at('13:30'), endsAt: at('15:00'), max: 10, meetingPoint: null },
    zone: { id: zones[0] },
  })
  await app.advance({ minutes: 10 })
  expect(changesTold(wangPhone)).toEqual([])
  const { body: listed } = await office().get(`/api/events/${eventId}/shift-revisions`)
  expect(listed.items).toHaveLength(1)
})

test('what would harm somebody is named shift by shift; the rest is changed only when asked for', async () => {
  const { zones, there, here, preview, revise } = await aGrid()
  // 王芳 has the shift that follows; 李明 has none.
  const lengthen = { endsAtClock: '16:00' }
  const where = { shiftIds: [there[0], here[0]] }
  const { body: seen } = await preview(where, lengthen).expect(200)
  expect(seen).toMatchObject({
    ...{ shifts: 1, conflictsTotal: 1 },
    conflicts: [{ shiftId: there[0], because: 'would_overlap', people: 1 }],
  })
  expect((await revise(seen.token).expect(409)).body).toMatchObject({
    code: 'revision.conflicts',
    details: { conflicts: 1 },
  })
  const { body: skipping } = await preview(where, lengthen, true).expect(200)
  await revise(skipping.token).expect(201)
  expect([await hours(there[0]), await hours(here[0])]).toEqual([
    [at('13:30'), at('15:00')],
    [at('13:30'), at('16:00')],
  ])
  const because = async (change: object) => {
    const { body } = await preview({ shiftIds: [here[1]] }, change).expect(200)
    return body.conflicts.map((each: { because: string }) => each.because)
  }
  expect(await because({ moveDays: 1 })).toEqual(['outside_event'])
  expect(await because({ target: 11 })).toEqual(['demand_wrong'])
  expect(await because({ moveMin: 60, endsAtClock: '15:30' })).toEqual(['outside_event'])
  const closed = (await aPlace(app.db, { closedAt: instantFrom('2026-01-01T00:00:00Z') })).id
  expect(await because({ zoneId: closed })).toEqual(['zone_closed'])
  const { body: none } = await preview({ zoneIds: zones }, { max: 10 }).expect(409)
  expect(none.code).toBe('revision.empty')
})

test('what changed since the preview is named; a later change forbids the undo; a district changes its own zones alone', async () => {
  const { zones, there, here, preview, revise, base } = await aGrid()
  const touch = async (shiftId: string) => {
    const { headers } = await office().get(`/api/shifts/${shiftId}`)
    const patch = office().patch(`/api/shifts/${shiftId}`).set('if-match', String(headers.etag))
    await patch.send({ tools: '铲刀' }).expect(200)
  }
  const { body: seen } = await preview({ zoneIds: zones }, { work: '清除卫生死角' }).expect(200)
  await touch(there[1])
  expect((await revise(seen.token).expect(412)).body).toMatchObject({
    code: 'preview.outdated',
    details: { total: 1, differing: [{ id: there[1], seen: { version: 1 }, now: { version: 2 } }] },
  })
  const { body: again } = await preview({ zoneIds: zones }, { work: '清除卫生死角' }).expect(200)
  const { body: done } = await revise(again.token).expect(201)
  await touch(here[0])
  expect((await office().delete(`/api/shift-revisions/${done.id}`).expect(409)).body).toMatchObject({
    code: 'revision.changed_since',
    details: { shifts: 1 },
  })
  expect(await shiftNow(there[0])).toMatchObject({ work: '清除卫生死角' })
  const district = app.as(await app.signIn({ role: 'district_office', districtCode: '210502' }))
  const asked = (where: object, change: object) => district.post(`${base}/preview`).send({ where, change })
  const refused = await asked({ zoneIds: [zones[0]] }, { zoneId: zones[1] }).expect(403)
  expect(refused.body.code).toBe('access.out_of_reach')
  expect((await asked({ zoneIds: [zones[0]] }, { max: 12 }).expect(200)).body).toMatchObject({ shifts: 2 })
})
