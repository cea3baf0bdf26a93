import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aUnit, nobody } from '#test/support/factories/organisation.ts'

test('an event goes from draft to published to closed, each a fact with its time', async () => {
  await using app = await startApp()
  const draft = await anEvent(app)
  expect(draft).toMatchObject({ state: 'draft', version: 1, shifts: 0, publishedAt: null, campaign: null })
  await aShift(app, { eventId: draft.id })
  const office = app.as('city_office')

  const published = await office.put(`/api/events/${draft.id}/publication`).expect(200)
  expect(published.body).toMatchObject({ state: 'published', version: 2, shifts: 1 })
  expect(published.body.publishedAt).toMatch(/^2026-02-20T01:00:/)
  const again = await office.put(`/api/events/${draft.id}/publication`).expect(200)
  expect(again.body).toEqual(published.body)

  const closed = await office.put(`/api/events/${draft.id}/closure`).expect(200)
  expect(closed.body.state).toBe('closed')
  const late = await office.put(`/api/events/${draft.id}/cancellation`).send({ reason: '下雨' }).expect(409)
  expect(late.body.code).toBe('event.closed')
})

test('a draft is cancelled, not closed, and then nothing changes it any more', async () => {
  await using app = await startApp()
  const { id } = await anEvent(app)
  const office = app.as('city_office')
  const closure = await office.put(`/api/events/${id}/closure`).expect(409)
  expect(closure.body.code).toBe('event.not_published')

  await office.put(`/api/events/${id}/cancellation`).send({ reason: '暴雨' }).expect(200)
  const again = await office.put(`/api/events/${id}/cancellation`).send({ reason: '改期' }).expect(200)
  expect(again.body).toMatchObject({ state: 'cancelled', cancelReason: '暴雨' })
  const publication = await office.put(`/api/events/${id}/publication`).expect(409)
  expect(publication.body.code).toBe('event.cancelled')
  const change = await office
    .patch(`/api/events/${id}`)
    .set('if-match', '"v2"')
    .send({ name: '新' })
    .expect(409)
  expect(change.body.code).toBe('event.cancelled')
})

test('an event is published only when nothing stands in its way, and every reason is named', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const office = app.as('city_office')
  const url = `/api/events/${eventId}/publication-check`
  const empty = await office.get(url).expect(200)
  expect(empty.body).toEqual({ ready: false, problems: [{ because: 'no_shifts', shifts: 0, shiftIds: [] }] })

  const { id: zoneId } = await aPlace(app.db, { closedAt: null })
  const alone = await aShift(app, { eventId, zoneId, inChargePersonId: null })
  const risky = await aShift(app, { eventId, risks: '车辆来往' })
  const { body } = await office.get(url)
  expect(body.problems).toEqual([
    { because: 'shift_without_person_in_charge', shifts: 1, shiftIds: [alone.id] },
    { because: 'risks_without_insurance', shifts: 1, shiftIds: [risky.id] },
  ])
  const refused = await office.put(`/api/events/${eventId}/publication`).expect(409)
  expect(refused.body.code).toBe('event.not_ready')
  expect(refused.body.details.problems).toEqual(body.problems)

  await office
    .patch(`/api/shifts/${risky.id}`)
    .set('if-match', '"v1"')
    .send({ insurance: '市文明办统一投保' })
    .expect(200)
  await office.put(`/api/shifts/${alone.id}/cancellation`).send({ reason: '无人负责' }).expect(200)
  await office.put(`/api/events/${eventId}/publication`).expect(200)
})

test('an event that is over is not published', async () => {
  await using app = await startApp({ at: '2026-03-05T09:00:00+08:00' })
  const { id: eventId } = await anEvent(app)
  await aShift(app, { eventId })
  const { body } = await app.as('city_office').get(`/api/events/${eventId}/publication-check`)
  expect(body.problems).toEqual([{ because: 'event_over', shifts: 0, shiftIds: [] }])
})

test('two people who change an event at once do not overwrite each other', async () => {
  await using app = await startApp()
  const { id } = await anEvent(app)
  const office = app.as('city_office')
  const without = await office.patch(`/api/events/${id}`).send({ name: '甲' }).expect(428)
  expect(without.body.code).toBe('precondition.required')
  const replies = await Promise.all(
    ['甲', '乙'].map((name) => office.patch(`/api/events/${id}`).set('if-match', '"v1"').send({ name })),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
  const read = await office.get(`/api/events/${id}`).expect(200)
  expect(read.headers.etag).toBe('"v2"')
  expect(read.body.name).toBe(replies.find(({ status }) => status === 200)?.body.name)
})

test('a creation that is repeated with its key makes one event', async () => {
  await using app = await startApp()
  const { id: organiserUnitId } = await aUnit(app.db)
  const body = {
    name: '植树',
    organiserUnitId,
    timeZone: 'Asia/Shanghai',
    startsAt: onTheDay('08:00'),
    endsAt: onTheDay('12:00'),
  }
  const create = () =>
    app.as('city_office').post('/api/events').set('idempotency-key', 'plant-trees-1').send(body)
  const [first, second] = [await create().expect(201), await create().expect(201)]
  expect(second.body).toEqual(first.body)
  const { body: list } = await app.as('city_office').get('/api/events')
  expect(list.items).toHaveLength(1)
})

test('what makes no sense is refused with its own code', async () => {
  await using app = await startApp()
  const { id: organiserUnitId } = await aUnit(app.db)
  const event = {
    name: '植树',
    organiserUnitId,
    timeZone: 'Asia/Shanghai',
    startsAt: onTheDay('08:00'),
    endsAt: onTheDay('12:00'),
  }
  const codeOf = async (change: object) => {
    const { status, body } = await app
      .as('city_office')
      .post('/api/events')
      .send({ ...event, ...change })
    return [status, body.code]
  }
  expect(await codeOf({ timeZone: 'Mars/Olympus' })).toEqual([422, 'time_zone.unknown'])
  expect(await codeOf({ timeZone: 'UTC+8' })).toEqual([422, 'time_zone.unknown'])
  expect(await codeOf({ endsAt: event.startsAt })).toEqual([422, 'period.invalid'])
  expect(await codeOf({ endsAt: '2027-03-04T00:00:00Z' })).toEqual([422, 'period.too_long'])
  expect(await codeOf({ startsAt: '0001-01-01T00:00:00Z' })).toEqual([400, 'request.invalid'])
  expect(await codeOf({ startsAt: '2016-12-31T23:59:60Z' })).toEqual([400, 'request.invalid'])
  expect(await codeOf({ startsAt: '2026-03-04 13:30:00Z' })).toEqual([400, 'request.invalid'])
  expect(await codeOf({ organiserUnitId: nobody() })).toEqual([404, 'unit.missing'])
  expect(await codeOf({ campaignId: nobody() })).toEqual([404, 'campaign.missing'])
  for (const wrong of [{ name: ' ' }, { name: 'a\u0000b' }, { name: 7 }, { state: 'published' }]) {
    const { status } = await app
      .as('city_office')
      .post('/api/events')
      .send({ ...event, ...wrong })
    expect(status).toBe(400)
  }
})

test('events are listed the latest first, page by page, and found by name, state, campaign and time', async () => {
  await using app = await startApp()
  const office = app.as('city_office')
  const march = { startsAt: onTheDay('08:00'), endsAt: onTheDay('18:00') }
  const april = { startsAt: onTheDay('08:00', '2026-04-05'), endsAt: onTheDay('18:00', '2026-04-05') }
  const first = await anEvent(app, { name: '学雷锋日', ...march })
  const second = await anEvent(app, { name: '清明祭扫', ...april })
  const third = await anEvent(app, { name: '(植树)节', ...march })
  await office.put(`/api/events/${third.id}/cancellation`).send({ reason: '暴雪' })
  const campaign = await office
    .post('/api/campaigns')
    .send({ name: '四整治四提升', startsOn: '2026-03-01', endsOn: '2026-05-31' })
    .expect(201)
  await office
    .patch(`/api/events/${second.id}`)
    .set('if-match', '"v1"')
    .send({ campaignId: campaign.body.id })
    .expect(200)

  const idsOf = async (query: string) => {
    const { body } = await office.get(`/api/events?${query}`).expect(200)
    return body.items.map(({ id }: { id: string }) => id)
  }
  expect(await idsOf('search=植树')).toEqual([third.id])
  expect(await idsOf('search=%25')).toHaveLength(3)
  expect(await idsOf('state=draft')).toEqual([second.id, first.id])
  expect(await idsOf('state=cancelled')).toEqual([third.id])
  expect(await idsOf(`campaignId=${campaign.body.id}`)).toEqual([second.id])
  expect(await idsOf(`from=${april.startsAt}`)).toEqual([second.id])
  expect(await idsOf(`until=${march.endsAt}`)).toEqual([third.id, first.id].sort().reverse())

  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await office.get(`/api/events?limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(body.items[0].id)
    if (body.nextCursor === null) break
    cursor = body.nextCursor
  }
  expect(seen).toEqual([second.id, ...[third.id, first.id].sort().reverse()])
  await office.get('/api/events?cursor=nonsense').expect(422)
  const read = await office.get(`/api/campaigns/${campaign.body.id}`)
  expect(read.body.events).toBe(1)
})

test('only who answers for the organiser changes an event; everybody who may look sees it', async () => {
  await using app = await startApp()
  const { id: city } = await aUnit(app.db, { districtCode: '210500' })
  const { id: bureau } = await aUnit(app.db, { districtCode: '210502' })
  const event = await anEvent(app, { organiserUnitId: bureau })
  const change = (who: Parameters<typeof app.as>[0], id = event.id) =>
    app.as(who).patch(`/api/events/${id}`).set('if-match', '"v1"').send({ theme: '清洁家园' })

  const elsewhere = await app.signIn({ role: 'district_office', districtCode: '210503' })
  const refused = await change(elsewhere).expect(403)
  expect(refused.body.code).toBe('access.out_of_reach')
  const leader = await app.signIn({ role: 'unit_administrator', unitId: bureau })
  expect((await change(leader).expect(403)).body.code).toBe('access.denied')
  await app.as(leader).get(`/api/events/${event.id}`).expect(200)
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  await change(district).expect(200)
  const ofCity = await anEvent(app, { organiserUnitId: city })
  await change(district, ofCity.id).expect(403)
  const body = {
    name: '越权',
    timeZone: 'Asia/Shanghai',
    startsAt: onTheDay('08:00'),
    endsAt: onTheDay('12:00'),
  }
  await app
    .as(district)
    .post('/api/events')
    .send({ ...body, organiserUnitId: city })
    .expect(403)
})

test('the period of a published event never leaves a shift outside', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  await aShift(app, { eventId })
  await publish(app, eventId)
  const change = (endsAt: string) =>
    app.as('city_office').patch(`/api/events/${eventId}`).set('if-match', '"v2"').send({ endsAt })
  const refused = await change(onTheDay('17:00')).expect(409)
  expect(refused.body).toMatchObject({ code: 'event.shifts_outside', details: { shifts: 1 } })
  await change(onTheDay('17:30')).expect(200)
})

test('an event lists the operations its reader may call, and exactly those are not refused', async () => {
  await using app = await startApp({ worker: false })
  const parent = await aUnit(app.db, { districtCode: '210502' })
  const { id: organiserUnitId } = await aUnit(app.db, { parentId: parent.id, districtCode: '210502' })
  const people = [
    await app.signIn({ role: 'city_office' }),
    await app.signIn({ role: 'district_office', districtCode: '210502' }),
    await app.signIn({ role: 'district_office', districtCode: '210500' }),
    await app.signIn({ role: 'district_office', districtCode: '210503' }),
    await app.signIn({ role: 'district_office', districtCode: '2105' }),
    await app.signIn({ role: 'district_office', unitId: parent.id }),
    await app.signIn({ role: 'unit_administrator', unitId: parent.id }),
    await app.signIn({ role: 'viewer' }, { role: 'district_office', districtCode: '000000' }),
    await app.signIn({ role: 'viewer' }),
  ]
  const allowed: boolean[] = []
  for (const who of people) {
    const { id } = await anEvent(app, { organiserUnitId })
    const agent = () => app.as(who)
    const { body } = await agent().get(`/api/events/${id}`).expect(200)
    const answers = {
      changeEvent: await agent().patch(`/api/events/${id}`).set('if-match', '"v999"').send({ name: '新' }),
      publishEvent: await agent().put(`/api/events/${id}/publication`),
      closeEvent: await agent().put(`/api/events/${id}/closure`),
      cancelEvent: await agent().put(`/api/events/${id}/cancellation`).send({ reason: '暴雨' }),
    }
    const refused = Object.entries(answers).filter(([, { status }]) => status === 403 || status === 404)
    expect(body.allowed).toEqual(
      Object.keys(answers).filter((name) => !refused.some(([each]) => each === name)),
    )
    allowed.push(body.allowed.length === 4)
  }
  expect(allowed).toEqual([true, true, true, false, true, true, false, false, false])
  expect((await app.as('city_office').get('/api/events')).body.items[0].allowed).toBeUndefined()
})
