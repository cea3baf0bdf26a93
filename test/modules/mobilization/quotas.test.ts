import { expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { anEvent, aShift } from '#test/support/factories/events.ts'
import { anAssignment, crowd } from '#test/support/factories/mobilization.ts'
import { aTeam, aUnit, nobody } from '#test/support/factories/organisation.ts'

test('many units are asked at once, answer with a note, and the funnel counts them', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const [a, b, c] = [
    await aUnit(app.db, { districtCode: '210502' }),
    await aUnit(app.db, { districtCode: '210502' }),
    await aUnit(app.db, { districtCode: '210503' }),
  ]
  const office = app.as('city_office')
  const ask = (asked: [string, number][]) =>
    office
      .put(`/api/events/${eventId}/quotas`)
      .send({ quotas: asked.map(([unitId, heads]) => ({ unitId, asked: heads })) })
  const first = await ask([
    [a.id, 30],
    [b.id, 20],
    [c.id, 10],
  ]).expect(200)
  expect(first.body).toEqual({ created: 3, changed: 0, unchanged: 0 })
  const second = await ask([
    [a.id, 40],
    [b.id, 20],
  ]).expect(200)
  expect(second.body).toEqual({ created: 0, changed: 1, unchanged: 1 })

  const { body: list } = await office.get(`/api/events/${eventId}/quotas?districtCode=210502&limit=1`)
  const rest = await office.get(`/api/events/${eventId}/quotas?districtCode=210502&cursor=${list.nextCursor}`)
  const quotas = [...list.items, ...rest.body.items]
  expect(quotas.map((quota) => quota.unit.id).sort()).toEqual([a.id, b.id].sort())
  const quotaOf = (unitId: string) => quotas.find((quota) => quota.unit.id === unitId)

  const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: a.id }))
  const pledge = (quotaId: string, body: object) => liaison.put(`/api/quotas/${quotaId}/pledge`).send(body)
  const answered = await pledge(quotaOf(a.id).id, { pledged: 35, note: '另有5人值班' }).expect(200)
  expect(answered.body).toMatchObject({ asked: 40, pledged: 35, note: '另有5人值班' })
  await pledge(quotaOf(b.id).id, { pledged: 0 }).expect(404)
  const mine = await liaison.get(`/api/events/${eventId}/quotas`)
  expect(mine.body.items).toHaveLength(1)
  await liaison
    .put(`/api/events/${eventId}/quotas`)
    .send({ quotas: [{ unitId: a.id, asked: 1 }] })
    .expect(403)
  await office
    .put(`/api/quotas/${quotaOf(b.id).id}/pledge`)
    .send({ pledged: 0, note: '检修期' })
    .expect(200)

  const shift = await aShift(app, { eventId })
  const { id: teamId } = await aTeam(app.db, { unitId: a.id })
  const { people } = await crowd(app, 3, teamId)
  const signedUp = { teamId, personIds: people.map(({ id }) => id).slice(0, 2) }
  await liaison.post(`/api/events/${eventId}/sign-ups`).send(signedUp).expect(200)
  for (const { id } of people.slice(1)) await anAssignment(app, { shiftId: shift.id, personId: id })
  const { body: people2 } = await office.get(`/api/events/${eventId}/participations?unitId=${a.id}`)
  await office
    .put(`/api/participations/${people2.items[0].id}/answer`)
    .send({ answer: 'accepted' })
    .expect(200)

  const { body: funnel } = await office.get(`/api/events/${eventId}/funnel`).expect(200)
  expect(funnel).toEqual({
    asked: 70,
    pledged: 35,
    named: 3,
    confirmed: 1,
    units: 3,
    answered: 2,
    refused: 1,
    districts: [
      { districtCode: '210502', asked: 60, pledged: 35, named: 3, confirmed: 1 },
      { districtCode: '210503', asked: 10, pledged: 0, named: 0, confirmed: 0 },
    ],
  })
})

test('a quota of a unit that is not there, or named twice, asks nobody', async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app)
  const { id: unitId } = await aUnit(app.db)
  const url = `/api/events/${eventId}/quotas`
  const office = app.as('city_office')
  const missing = await office.put(url).send({
    quotas: [
      { unitId, asked: 1 },
      { unitId: nobody(), asked: 1 },
    ],
  })
  expect([missing.status, missing.body.code]).toEqual([404, 'unit.missing'])
  const twice = await office.put(url).send({
    quotas: [
      { unitId, asked: 1 },
      { unitId, asked: 2 },
    ],
  })
  expect([twice.status, twice.body.code]).toEqual([422, 'quota.repeated'])
  expect((await office.get(url)).body.items).toEqual([])
  await office
    .put(url)
    .send({ quotas: [{ unitId, asked: -1 }] })
    .expect(400)
})

test("a district's office asks the units of its district, and no others", async () => {
  await using app = await startApp()
  const { id: eventId } = await anEvent(app, {
    organiserUnitId: (await aUnit(app.db, { districtCode: '210500' })).id,
  })
  const [mine, theirs] = [
    await aUnit(app.db, { districtCode: '210503' }),
    await aUnit(app.db, { districtCode: '210504' }),
  ]
  const office = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
  const ask = (unitId: string) =>
    office.put(`/api/events/${eventId}/quotas`).send({ quotas: [{ unitId, asked: 5 }] })
  await ask(mine.id).expect(200)
  await ask(theirs.id).expect(403)
})
