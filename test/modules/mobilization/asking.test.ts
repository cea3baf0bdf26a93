/** Asking those again who did not answer. */
import { expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { aDay, aVolunteer } from '#test/support/factories/attendance.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-03T10:00:00+08:00', worker: false })

test('who did not answer is asked once more, as the list is narrowed, and nobody twice within hours', async () => {
  const day = await aDay(app)
  const [mine, other] = [await aUnit(app.db), await aUnit(app.db)]
  const team = await aTeam(app.db, { unitId: mine.id })
  const elsewhere = await aTeam(app.db, { unitId: other.id })
  const silent = { answer: null, teamId: team.id }
  await aVolunteer(app, day, { ...silent, name: '甲沉默', phone: '15400088001' })
  await aVolunteer(app, day, { ...silent, name: '乙沉默', phone: '15400088001' })
  await aVolunteer(app, day, { ...silent, name: '丙没号' })
  await aVolunteer(app, day, { teamId: team.id, name: '丁答了', phone: '15400088004' })
  await aVolunteer(app, day, { answer: null, teamId: elsewhere.id, name: '戊外队', phone: '15400088005' })
  const url = `/api/events/${day.eventId}/further-asks`
  const city = app.as('city_office')
  const whole = await city.post(`${url}/preview`).send({}).expect(200)
  expect(whole.body).toMatchObject({ people: 3, messages: 2, unreachable: 1, lately: 0 })
  const some = await city.post(`${url}/preview`).send({ teamId: team.id }).expect(200)
  expect(some.body).toMatchObject({ people: 2, messages: 1, unreachable: 1 })
  expect(some.body.sample.map(({ name }: { name: string }) => name).sort()).toEqual(['乙沉默', '甲沉默'])
  const admin = await app.signIn({ role: 'unit_administrator', unitId: mine.id })
  const within = await app.as(admin).post(`${url}/preview`).send({}).expect(200)
  expect(within.body).toMatchObject({ people: 2, messages: 1 })

  const { token } = some.body
  await city.post(url).send({ token }).expect(204)
  await city.post(url).send({ token }).expect(204)
  const totals = await city.get(`/api/events/${day.eventId}/message-totals`).expect(200)
  expect(totals.body.written).toBe(1)
  const again = await city.post(`${url}/preview`).send({}).expect(200)
  expect(again.body).toMatchObject({ people: 1, messages: 1, lately: 2 })
  const none = await city.post(`${url}/preview`).send({ teamId: team.id })
  expect([none.status, none.body.code]).toEqual([409, 'asking.nobody'])
  // What was shown before is not what would be done now.
  const late = await city.post(url).send({ token: whole.body.token })
  expect([late.status, late.body.code]).toEqual([412, 'preview.outdated'])
  const entries = await app.db.read.select({ action: auditEntries.action }).from(auditEntries)
  expect(entries.filter(({ action }) => action === 'people.asked_again')).toHaveLength(1)
})

test('nobody is asked before the event is published', async () => {
  const day = await aDay(app, { event: { publishedAt: null } })
  const early = await app.as('city_office').post(`/api/events/${day.eventId}/further-asks/preview`).send({})
  expect([early.status, early.body.code]).toEqual([409, 'asking.not_published'])
})
