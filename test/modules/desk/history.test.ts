/** What was done to a thing, read where the thing is. */
import { expect, test } from 'vitest'
import { anEvent } from '#test/support/factories/events.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp()

test('what was done to a unit is told by name, page after page, in the language of the reader', async () => {
  const unit = await aUnit(app.db)
  const city = app.as('city_office')
  for (const [version, staffCount] of [
    [1, 5],
    [2, 6],
  ] as const)
    await city
      .patch(`/api/units/${unit.id}`)
      .set('if-match', `"v${version}"`)
      .send({ staffCount })
      .expect(200)
  const url = `/api/history?subject=unit:${unit.id}&limit=1`
  const first = await city.get(url).set('accept-language', 'en').expect(200)
  const by = { kind: 'user', name: expect.any(String), me: true }
  expect(first.body.items).toMatchObject([{ action: 'unit.changed', text: 'changed a unit', by }])
  const second = await city.get(`${url}&cursor=${first.body.nextCursor}`).expect(200)
  expect(second.body).toMatchObject({ items: [{ text: '修改单位' }], nextCursor: null })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const seen = await app.as(admin).get(`/api/history?subject=unit:${unit.id}`).expect(200)
  expect(seen.body.items.map(({ by }: { by: { me: boolean } }) => by.me)).toEqual([false, false])
  expect(Object.keys(seen.body.items[0]).sort()).toEqual(['action', 'at', 'by', 'id', 'text'])
})

test('who changed a person is named to the office of the city alone, and attempts stay with auditors', async () => {
  const unit = await aUnit(app.db)
  const team = await aTeam(app.db, { unitId: unit.id })
  const city = app.as('city_office')
  const body = { name: '历史一', memberships: [{ teamId: team.id }] }
  const { id } = (await city.post('/api/persons').send(body).expect(201)).body
  await city.post('/api/person-look-ups').send({ number: '15400077123' }).expect(200)
  await city.post(`/api/persons/${id}/contacts`).send({ kind: 'phone', value: '15400077123' }).expect(201)
  const subject = `/api/history?subject=person:${id}`
  const actions = (answer: { body: { items: { action: string }[] } }) =>
    answer.body.items.map(({ action }) => action)
  const whole = await city.get(subject).expect(200)
  expect(actions(whole)).toEqual(['contact.added', 'person.created'])
  expect(whole.body.items[0].by.name).toEqual(expect.any(String))
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  const part = await app.as(admin).get(subject).expect(200)
  expect(actions(part)).toEqual(actions(whole))
  expect(part.body.items[0].by).toEqual({ kind: 'user', name: null, me: false })
})

test('a screen in a hall reads what was done, and no name of whoever did it', async () => {
  const unit = await aUnit(app.db)
  const event = await anEvent(app, { organiserUnitId: unit.id })
  await app
    .as('city_office')
    .patch(`/api/events/${event.id}`)
    .set('if-match', '"v1"')
    .send({ theme: '清扫' })
    .expect(200)
  const by = async (role: 'viewer' | 'team_leader') => {
    const { body } = await app.as(role).get(`/api/history?subject=event:${event.id}`).expect(200)
    return body.items[0].by
  }
  expect(await by('team_leader')).toEqual({ kind: 'user', name: expect.any(String), me: false })
  expect(await by('viewer')).toEqual({ kind: 'user', name: null, me: false })
})

test('a history is asked of a thing there is, by a name there is', async () => {
  const nobody = '01a2284a-0000-7000-8000-000000000000'
  const ask = async (subject: string) => {
    const { status, body } = await app.as('city_office').get(`/api/history?subject=${subject}`)
    return [status, body.code]
  }
  expect(await ask(`unit:${nobody}`)).toEqual([404, 'unit.missing'])
  expect(await ask(`event:${nobody}`)).toEqual([404, 'event.missing'])
  expect(await ask(`zone:${nobody}`)).toEqual([404, 'zone.missing'])
  expect(await ask(`user:${nobody}`)).toEqual([400, 'request.invalid'])
  expect(await ask('unit:1')).toEqual([400, 'request.invalid'])
})
