import { expect, test } from 'vitest'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment, aSchool, crowd } from '#test/support/factories/mobilization.ts'
import { aPerson, nobody } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

test('a shift that is edited keeps its people', async () => {
  const shift = await aShift(app, { max: 3 })
  const { people } = await crowd(app, 2)
  for (const { id } of people) await anAssignment(app, { shiftId: shift.id, personId: id })
  const { id: zoneId } = await aPlace(app.db)
  const change = {
    zoneId,
    work: '清理卫生死角',
    startsAt: onTheDay('14:00'),
    endsAt: onTheDay('18:00'),
    min: 0,
    target: 2,
    max: 2,
  }
  const office = app.as('city_office')
  const changed = await office
    .patch(`/api/shifts/${shift.id}`)
    .set('if-match', '"v1"')
    .send(change)
    .expect(200)
  expect(changed.body).toMatchObject({ work: '清理卫生死角', max: 2, taken: 2, version: 2 })
  const { body } = await office.get(`/api/shifts/${shift.id}/assignments`)
  expect(body.items.map(({ person }: { person: { id: string } }) => person.id).sort()).toEqual(
    people.map(({ id }) => id).sort(),
  )
})

test('no fewer places than are taken', async () => {
  const shift = await aShift(app, { max: 3 })
  for (const { id } of (await crowd(app, 2)).people)
    await anAssignment(app, { shiftId: shift.id, personId: id })
  const reply = await app
    .as('city_office')
    .patch(`/api/shifts/${shift.id}`)
    .set('if-match', '"v1"')
    .send({ target: 1, max: 1 })
    .expect(409)
  expect(reply.body).toMatchObject({ code: 'shift.below_taken', details: { taken: 2, max: 1 } })
})

test('a shift does not move to a time at which somebody stands elsewhere, and says who', async () => {
  const { id: eventId } = await anEvent(app)
  const morning = await aShift(app, { eventId, startsAt: onTheDay('08:00'), endsAt: onTheDay('11:00') })
  const afternoon = await aShift(app, { eventId })
  const { id } = await aPerson(app)
  await anAssignment(app, { shiftId: morning.id, personId: id })
  await anAssignment(app, { shiftId: afternoon.id, personId: id })
  const move = { startsAt: onTheDay('10:30'), endsAt: onTheDay('14:00') }
  const patch = () =>
    app.as('city_office').patch(`/api/shifts/${afternoon.id}`).set('if-match', '"v1"').send(move)
  const refused = await patch().expect(409)
  expect(refused.body).toMatchObject({
    code: 'shift.would_overlap',
    details: { people: 1, overlapping: [{ personId: id, shiftId: morning.id }] },
  })
  await app.as('city_office').delete(`/api/shifts/${morning.id}/assignments/${id}`).expect(204)
  await patch().expect(200)
})

test('a shift stays open to the minors who are on it', async () => {
  const shift = await aShift(app, { minorsAllowed: true })
  const school = await aSchool(app)
  for (const { id } of [...school.teachers, ...school.pupils]) {
    await anAssignment(app, { shiftId: shift.id, personId: id })
  }
  const change = { minorsAllowed: false }
  const reply = await app
    .as('city_office')
    .patch(`/api/shifts/${shift.id}`)
    .set('if-match', '"v1"')
    .send(change)
  expect([reply.status, reply.body.code, reply.body.details]).toEqual([
    409,
    'shift.has_minors',
    { minors: 2 },
  ])
})

test('a shift that makes no sense is refused with its own code', async () => {
  const { id: eventId } = await anEvent(app, { startsAt: onTheDay('08:00'), endsAt: onTheDay('18:00') })
  const { id: zoneId } = await aPlace(app.db, { minorsSuitable: false })
  const { id: closed } = await aPlace(app.db, { closedAt: app.clock.now() })
  const shift = {
    zoneId,
    work: '清扫',
    startsAt: onTheDay('09:00'),
    endsAt: onTheDay('11:00'),
    min: 1,
    target: 2,
    max: 3,
  }
  const codeOf = async (change: object) => {
    const reply = await app
      .as('city_office')
      .post(`/api/events/${eventId}/shifts`)
      .send({ ...shift, ...change })
    return [reply.status, reply.body.code]
  }
  expect(await codeOf({ min: 4 })).toEqual([422, 'demand.invalid'])
  expect(await codeOf({ skills: [{ skill: '急救', min: 4 }] })).toEqual([422, 'demand.invalid'])
  const twice = [1, 2].map((min) => ({ skill: '急救', min }))
  expect(await codeOf({ skills: twice })).toEqual([422, 'demand.invalid'])
  expect(await codeOf({ endsAt: onTheDay('18:01') })).toEqual([422, 'shift.outside_event'])
  expect(await codeOf({ recordable: false })).toEqual([422, 'shift.recordable_reason'])
  expect(await codeOf({ minorsAllowed: true })).toEqual([409, 'shift.minors_unsuitable'])
  expect(await codeOf({ zoneId: closed })).toEqual([409, 'zone.closed'])
  expect(await codeOf({ zoneId: nobody() })).toEqual([404, 'zone.missing'])
  expect(await codeOf({ inChargePersonId: nobody() })).toEqual([404, 'person.missing'])
})

test('everything a shift says is kept and comes back, skills included', async () => {
  const { id: deputyPersonId } = await aPerson(app)
  const wanted = {
    work: '文明交通劝导',
    min: 1,
    target: 4,
    max: 6,
    meetingPoint: '站前广场东侧',
    deputyPersonId,
    tools: '小红帽\n马甲',
    toolsBroughtBy: '市文明办',
    risks: '注意车辆',
    insurance: '统一投保',
    recordable: false,
    recordableReason: '执勤属带薪工作',
    skills: [{ skill: '手语', min: 1 }],
  }
  const shift = await aShift(app, wanted)
  const { deputyPersonId: _, ...plain } = wanted
  expect(shift).toMatchObject({ ...plain, deputy: { id: deputyPersonId }, taken: 0 })
  const office = app.as('city_office')
  const read = await office.get(`/api/shifts/${shift.id}`).expect(200)
  expect(read.body).toEqual(shift)
  expect(read.headers.etag).toBe('"v1"')
  const change = { skills: [{ skill: '英语', min: 2 }], meetingPoint: null }
  const changed = await office
    .patch(`/api/shifts/${shift.id}`)
    .set('if-match', '"v1"')
    .send(change)
    .expect(200)
  expect(changed.body).toEqual({ ...shift, ...change, version: 2 })
})

test('shifts of an event are listed in order of time, page by page, and filtered', async () => {
  const { id: eventId } = await anEvent(app)
  const { id: zoneId } = await aPlace(app.db, { name: '平山公园', districtCode: '210503' })
  const late = await aShift(app, { eventId, zoneId, startsAt: onTheDay('15:00'), endsAt: onTheDay('17:00') })
  const early = await aShift(app, {
    eventId,
    startsAt: onTheDay('08:00'),
    endsAt: onTheDay('10:00'),
    skills: [{ skill: '急救', min: 1 }],
  })
  const full = await aShift(app, { eventId, startsAt: onTheDay('11:00'), endsAt: onTheDay('12:00'), max: 1 })
  await anAssignment(app, { shiftId: full.id })
  const idsOf = async (query: string) => {
    const { body } = await app.as('viewer').get(`/api/events/${eventId}/shifts?${query}`).expect(200)
    return body.items.map(({ id }: { id: string }) => id)
  }
  expect(await idsOf('')).toEqual([early.id, full.id, late.id])
  expect(await idsOf('search=平山公')).toEqual([late.id])
  expect(await idsOf('districtCode=210503')).toEqual([late.id])
  expect(await idsOf('districtCode=210500')).toEqual([early.id, full.id, late.id])
  expect(await idsOf('skill=急救')).toEqual([early.id])
  expect(await idsOf('below=max')).toEqual([early.id, late.id])
  expect(await idsOf(`from=${onTheDay('12:00')}`)).toEqual([late.id])
  const page = await app.as('viewer').get(`/api/events/${eventId}/shifts?limit=2`)
  expect(await idsOf(`limit=2&cursor=${page.body.nextCursor}`)).toEqual([late.id])
})

test('calling a shift off frees its people for others', async () => {
  const { id: eventId } = await anEvent(app)
  const shift = await aShift(app, { eventId })
  const other = await aShift(app, { eventId })
  const { id } = await aPerson(app)
  await anAssignment(app, { shiftId: shift.id, personId: id })
  await publish(app, eventId)
  const office = app.as('city_office')
  await office.put(`/api/shifts/${shift.id}/cancellation`).send({ reason: '下雨' }).expect(200)
  await app.settled()
  const { body } = await office.get(`/api/shifts/${shift.id}/assignments?cancelled=true`)
  expect(body.items).toMatchObject([{ person: { id }, cancelReason: 'shift_cancelled' }])
  expect((await office.get(`/api/shifts/${shift.id}`)).body).toMatchObject({ taken: 0, cancelReason: '下雨' })
  await anAssignment(app, { shiftId: other.id, personId: id })
  const closed = await office.put(`/api/shifts/${shift.id}/assignments/${id}`).send({}).expect(409)
  expect(closed.body.code).toBe('shift.closed')
})

test("a district's office makes and changes shifts in its own zones of the city's event", async () => {
  const { id: eventId } = await anEvent(app)
  const [mine, theirs] = [
    await aPlace(app.db, { districtCode: '210503' }),
    await aPlace(app.db, { districtCode: '210504' }),
  ]
  const district = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const shift = {
    work: '清扫',
    startsAt: onTheDay('09:00'),
    endsAt: onTheDay('11:00'),
    min: 1,
    target: 2,
    max: 3,
  }
  const create = (zoneId: string) =>
    app
      .as(district)
      .post(`/api/events/${eventId}/shifts`)
      .send({ ...shift, zoneId })
  await create(theirs.id).expect(403)
  const { body } = await create(mine.id).expect(201)
  const change = (input: object) =>
    app.as(district).patch(`/api/shifts/${body.id}`).set('if-match', '"v1"').send(input)
  await change({ zoneId: theirs.id }).expect(403)
  await change({ work: '植树' }).expect(200)
})

test('hostile filters are refused or find nothing, and never break the service', async () => {
  const { eventId } = await aShift(app)
  const statusOf = async (path: string) => (await app.as('city_office').get(path)).status
  for (const query of [
    'skill=%00',
    'districtCode=%25',
    'zoneId=1',
    'from=2026',
    'limit=0',
    'limit=1e9',
    'cursor=%00',
    'below=x',
  ]) {
    expect([query, await statusOf(`/api/events/${eventId}/shifts?${query}`)]).toEqual([
      query,
      query.startsWith('cursor') ? 422 : 400,
    ])
  }
  for (const search of ['%00', '%25_', "';drop table shifts;--", '%F0%9F%92%A9'.repeat(8)]) {
    expect(await statusOf(`/api/events/${eventId}/shifts?search=${search}`)).toBe(200)
    expect(await statusOf(`/api/events/${eventId}/participations?search=${search}`)).toBe(200)
    expect(await statusOf(`/api/events/${eventId}/quotas?search=${search}`)).toBe(200)
    expect(await statusOf(`/api/events?search=${search}`)).toBe(200)
  }
  expect(await statusOf(`/api/events/${nobody()}/shifts`)).toBe(404)
  expect(await statusOf('/api/events/1/shifts')).toBe(400)
})
