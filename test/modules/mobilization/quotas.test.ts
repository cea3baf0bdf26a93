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
  const asks = async (who: typeof liaison) =>
    (await who.get('/api/my/asks').expect(200)).body.items.map(
      ({ quota, event }: { quota: { asked: number }; event: { id: string } }) => [quota.asked, event.id],
    )
  expect(await asks(liaison)).toEqual([[40, eventId]])
  expect(await asks(office)).toEqual([])
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
    countOnly: 0,
    namesOwed: 32,
    units: 3,
    answered: 2,
    refused: 1,
    districts: [
      { districtCode: '210502', asked: 60, pledged: 35, named: 3, confirmed: 1, countOnly: 0, namesOwed: 32 },
      { districtCode: '210503', asked: 10, pledged: 0, named: 0, confirmed: 0, countOnly: 0, namesOwed: 0 },
    ],
  })

  // One class of the unit answers with a number: its heads owe no names, those of the others do.
  const { id: classId } = await aTeam(app.db, { unitId: a.id })
  const later = await aShift(app, { eventId })
  const heads = `/api/shifts/${later.id}/allotments/${classId}`
  const { body: held } = await office.put(heads).send({ heads: 10 }).expect(200)
  const answer = `/api/events/${eventId}/number-only-teams/${classId}`
  for (let times = 0; times < 2; times++) await liaison.put(answer).expect(204)
  const owed = async () => {
    const { body } = await office.get(`/api/events/${eventId}/funnel`).expect(200)
    const { body: page } = await office.get(`/api/events/${eventId}/allotments?teamId=${classId}`).expect(200)
    const { body: listed } = await office.get(`/api/events/${eventId}/quotas?unitId=${a.id}`).expect(200)
    const { body: said } = await liaison.get(answer).expect(200)
    expect(said.numberOnly).toBe(said.answeredAt !== null)
    const each = [listed.items[0].namesOwed, page.items[0].countOnly, said.numberOnly]
    return [body.countOnly, body.namesOwed, ...each]
  }
  expect([held.countOnly, await owed()]).toEqual([false, [10, 22, 22, true, true]])
  for (let times = 0; times < 2; times++) await liaison.delete(answer).expect(204)
  expect(await owed()).toEqual([0, 32, 32, false, false])
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

test('the largest gap comes first, page by page, and each row says whether its reader may answer it', async () => {
  await using app = await startApp({ worker: false })
  const { id: eventId } = await anEvent(app)
  const named = [await aUnit(app.db), await aUnit(app.db), await aUnit(app.db)]
  const office = app.as('city_office')
  const quotas = named.map(({ id }, at) => ({ unitId: id, asked: [10, 30, 20][at] }))
  await office.put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
  const url = `/api/events/${eventId}/quotas?sort=gap&limit=2`
  const { body: first } = await office.get(url).expect(200)
  const { body: rest } = await office.get(`${url}&cursor=${first.nextCursor}`).expect(200)
  const all = [...first.items, ...rest.items]
  expect(all.map(({ asked }) => asked)).toEqual([30, 20, 10])
  await office.put(`/api/quotas/${all[0].id}/pledge`).send({ pledged: 25 }).expect(200)
  const { body: after } = await office.get(url).expect(200)
  expect(after.items.map(({ asked }: { asked: number }) => asked)).toEqual([20, 10])
  const wrong = await office.get(`${url}&cursor=${Buffer.from('["a",1]').toString('base64url')}`)
  expect([wrong.status, wrong.body.code]).toEqual([422, 'cursor.malformed'])

  expect(all.map(({ allowed }) => allowed)).toEqual(Array(3).fill(['pledgeQuota']))
  const leader = app.as(await app.signIn({ role: 'unit_administrator', unitId: named[1]!.id }))
  const { body: seen } = await leader.get(`/api/events/${eventId}/quotas`).expect(200)
  expect(seen.items.map((each: { allowed: string[] }) => each.allowed)).toEqual([['pledgeQuota']])
})

test('names of a pasted list are matched with units by name and alias; a doubtful one is answered with candidates', async () => {
  await using app = await startApp({ worker: false })
  const office = app.as('city_office')
  const housing = await aUnit(app.db, { name: '市住房和城乡建设局' })
  await office.post(`/api/units/${housing.id}/aliases`).send({ alias: '市住建局' }).expect(201)
  const [first, second] = [
    await aUnit(app.db, { name: '第一中学' }),
    await aUnit(app.db, { name: '第二中学' }),
  ]
  const { body } = await office
    .post('/api/unit-matches')
    .send({ names: ['市住建局', '市住房和城乡建设局（机关）', '中学', '从未有过'] })
    .expect(200)
  const [alias, longer, doubtful, unknown] = body.items
  expect(alias).toEqual({
    name: '市住建局',
    unit: { id: housing.id, name: '市住房和城乡建设局' },
    candidates: [],
  })
  expect([longer.unit, longer.candidates.map(({ id }: { id: string }) => id)]).toEqual([null, [housing.id]])
  expect(doubtful.candidates.map(({ id }: { id: string }) => id).sort()).toEqual([first.id, second.id].sort())
  expect(unknown).toEqual({ name: '从未有过', unit: null, candidates: [] })
  // Whoever reaches one unit is told of that one alone.
  const liaison = app.as(await app.signIn({ role: 'unit_administrator', unitId: first.id }))
  const { body: own } = await liaison.post('/api/unit-matches').send({ names: ['中学', '第二中学'] })
  expect(own.items.map(({ unit }: { unit: unknown }) => unit)).toEqual([null, null])
  expect(own.items[0].candidates).toEqual([{ id: first.id, name: '第一中学' }])
})
