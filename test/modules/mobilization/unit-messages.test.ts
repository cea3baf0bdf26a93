import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { messages } from '#modules/messaging/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp } from '#test/support/app.ts'
import { anEvent } from '#test/support/factories/events.ts'
import { aPerson, aPhone, aUnit } from '#test/support/factories/organisation.ts'

test('units are asked and reminded on working days, once each; a number only is an answer that owes no names', async () => {
  // A Friday evening in Benxi.
  await using app = await startApp({ at: '2026-02-06T19:00:00+08:00' })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const [first, second] = [aPhone(), aPhone()]
  const unitOf = async (phone: string) =>
    aUnit(app.db, { liaisonPersonId: (await aPerson(app, { phone })).id })
  const [one, other] = [await unitOf(first), await unitOf(second)]
  const gone = aPhone()
  const closing = await unitOf(gone)
  const quotas = [
    { unitId: one.id, asked: 40 },
    { unitId: other.id, asked: 20 },
    { unitId: closing.id, asked: 5 },
  ]
  await office.put(`/api/events/${eventId}/quotas`).send({ quotas, dueOn: '2026-02-13' }).expect(200)
  const told = (phone: string) =>
    app
      .outbox()
      .filter(({ to }) => to === phone)
      .map(({ text }) => text.replace(/^【集结】/, ''))
  await app.settled()
  await app.db.transaction((tx) =>
    tx.update(units).set({ closedAt: app.clock.now() }).where(eq(units.id, closing.id)),
  )
  // The weekend passes without a message.
  app.clock.set(instantFrom('2026-02-08T20:00:00+08:00'))
  await app.settled()
  expect(told(first)).toEqual([])
  app.clock.set(instantFrom('2026-02-09T08:01:00+08:00'))
  await app.advance({ minutes: 1 })
  expect(told(first)).toEqual([
    '请贵单位于2月13日前上报3月4日活动人数（需40人），请点 http://localhost:3000/m',
  ])
  const { body } = await office.get(`/api/events/${eventId}/quotas`)
  // biome-ignore lint/suspicious/noExplicitAny: a view of the API
  const quota = body.items.find(({ unit }: any) => unit.id === other.id)
  const pledged = await office
    .put(`/api/quotas/${quota.id}/pledge`)
    .send({ pledged: 18, countOnly: true })
    .expect(200)
  expect(pledged.body).toMatchObject({ countOnly: true, namesOwed: 0, dueOn: '2026-02-13' })
  expect((await office.get(`/api/events/${eventId}/funnel`)).body).toMatchObject({
    ...{ pledged: 18, countOnly: 18, namesOwed: 0 },
  })
  await office.put(`/api/quotas/${quota.id}/pledge`).send({ pledged: 18 }).expect(200)
  expect((await office.get(`/api/events/${eventId}/funnel`)).body).toMatchObject({ namesOwed: 18 })
  for (const day of ['11', '12', '12', '13']) {
    app.clock.set(instantFrom(`2026-02-${day}T10:00:00+08:00`))
    await app.advance({ minutes: 31 })
  }
  expect(told(first).slice(1)).toEqual([
    '贵单位尚未上报3月4日活动人数（40人，于2月13日前），请点 http://localhost:3000/m',
  ])
  expect(told(second)).toHaveLength(1)
  // A unit that was closed since is not reminded.
  expect(told(gone).filter((text) => text.includes('尚未上报'))).toEqual([])
})

test('units that were asked are told that the event is cancelled: at once, once, in the night before it too', async () => {
  await using app = await startApp({ at: '2026-02-06T10:00:00+08:00' })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const phones = { asked: aPhone(), pledged: aPhone(), nobody: aPhone(), late: aPhone() }
  const units = new Map<string, string>()
  for (const phone of Object.values(phones)) {
    const unit = await aUnit(app.db, { liaisonPersonId: (await aPerson(app, { phone })).id })
    units.set(phone, unit.id)
  }
  const ask = (...asked: string[]) =>
    office
      .put(`/api/events/${eventId}/quotas`)
      .send({ quotas: asked.map((phone) => ({ unitId: units.get(phone), asked: 40 })) })
      .expect(200)
  await ask(phones.asked, phones.pledged, phones.nobody)
  await app.settled()
  const { body } = await office.get(`/api/events/${eventId}/quotas`)
  for (const [phone, pledged] of [
    [phones.pledged, 18],
    [phones.nobody, 0],
  ] as const) {
    const quota = body.items.find(({ unit }: { unit: { id: string } }) => unit.id === units.get(phone))
    await office.put(`/api/quotas/${quota.id}/pledge`).send({ pledged }).expect(200)
  }
  // Asked at night: the message waits for the office hours, and is no longer true then.
  app.clock.set(instantFrom('2026-03-03T21:30:00+08:00'))
  await ask(...Object.values(phones))
  await app.settled()
  const event = await office.get(`/api/events/${eventId}`).expect(200)
  const told = (phone: string) =>
    app
      .outbox()
      .filter(({ to, text }) => to === phone && text.includes('取消通知'))
      .map(({ text }) => text.replace(/^【集结】/, ''))
  await office
    .put(`/api/events/${eventId}/cancellation`)
    .set('If-Match', event.headers.etag as string)
    .send({ reason: '因雨。' })
    .expect(200)
  await app.settled()
  const words = `取消通知：3月4日${event.body.name}活动因雨取消，贵单位不再需要组织人员参加，感谢支持！`
  expect(told(phones.asked)).toEqual([words])
  expect(told(phones.pledged)).toEqual([words])
  expect(told(phones.nobody)).toEqual([])
  expect(told(phones.late)).toEqual([])
  await app.advance({ hours: 11 })
  expect(told(phones.asked)).toHaveLength(1)
  expect(app.outbox().filter(({ to }) => to === phones.late)).toEqual([])
})

test('a unit that is asked for another number than before is told, whether it has answered or not, but not whoever sends nobody', async () => {
  await using app = await startApp({ at: '2026-02-06T10:00:00+08:00' })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const phones = { silent: aPhone(), pledged: aPhone(), nobody: aPhone() }
  const units = new Map<string, string>()
  for (const phone of Object.values(phones)) {
    const unit = await aUnit(app.db, { liaisonPersonId: (await aPerson(app, { phone })).id })
    units.set(phone, unit.id)
  }
  const ask = async (asked: number) => {
    const quotas = Object.values(phones).map((phone) => ({ unitId: units.get(phone), asked }))
    await office.put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
    await app.settled()
  }
  await ask(40)
  const { body } = await office.get(`/api/events/${eventId}/quotas`)
  for (const [phone, pledged] of [
    [phones.pledged, 35],
    [phones.nobody, 0],
  ] as const) {
    const quota = body.items.find(({ unit }: { unit: { id: string } }) => unit.id === units.get(phone))
    await office.put(`/api/quotas/${quota.id}/pledge`).send({ pledged }).expect(200)
  }
  const told = (phone: string) =>
    app
      .outbox()
      .filter(({ to }) => to === phone)
      .map(({ text }) => text.replace(/^【集结】/, ''))
      .slice(1)
  await ask(60)
  await ask(60)
  expect(told(phones.silent)).toEqual([
    '请贵单位尽快上报3月4日活动人数（需60人），请点 http://localhost:3000/m',
  ])
  expect(told(phones.pledged)).toEqual([
    '贵单位3月4日活动需求改为60人（已报35人），如有变化，请点 http://localhost:3000/m',
  ])
  expect(told(phones.nobody)).toEqual([])
  // On a Saturday it waits, and says on Monday what is asked for then, once.
  app.clock.set(instantFrom('2026-02-07T10:00:00+08:00'))
  await ask(50)
  await ask(20)
  app.clock.set(instantFrom('2026-02-09T08:01:00+08:00'))
  await app.advance({ minutes: 1 })
  expect(told(phones.pledged).slice(1)).toEqual([
    '贵单位3月4日活动需求改为20人（已报35人），如有变化，请点 http://localhost:3000/m',
  ])
})

test('what waits for a liaison goes to whoever is the liaison when it is sent; to nobody whose account is disabled', async () => {
  // A Friday evening: it waits until Monday.
  await using app = await startApp({ at: '2026-02-06T19:00:00+08:00' })
  const office = app.as('city_office')
  const { id: eventId } = await anEvent(app)
  const phones = { before: aPhone(), after: aPhone(), disabled: aPhone() }
  const liaisons = {
    before: await aPerson(app, { phone: phones.before }),
    after: await aPerson(app, { phone: phones.after }),
    disabled: await aPerson(app, { phone: phones.disabled }),
  }
  const handedOver = await aUnit(app.db, { liaisonPersonId: liaisons.before.id })
  const shut = await aUnit(app.db, { liaisonPersonId: liaisons.disabled.id })
  const { userId } = await app.signIn({ role: 'unit_administrator', unitId: shut.id })
  const quotas = [handedOver, shut].map(({ id: unitId }) => ({ unitId, asked: 40 }))
  await office.put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
  await app.settled()
  const seen = await office.get(`/api/units/${handedOver.id}`)
  await office
    .patch(`/api/units/${handedOver.id}`)
    .set('if-match', seen.headers.etag as string)
    .send({ liaisonPersonId: liaisons.after.id })
    .expect(200)
  const disabled = { personId: liaisons.disabled.id, disabledAt: app.clock.now() }
  await app.db.transaction((tx) => tx.update(users).set(disabled).where(eq(users.id, userId)))
  app.clock.set(instantFrom('2026-02-09T08:01:00+08:00'))
  await app.advance({ minutes: 1 })
  const told = (phone: string) => app.outbox().filter(({ to }) => to === phone).length
  expect(Object.values(phones).map(told)).toEqual([0, 1, 0])
  const rows = await app.db.read.select({ state: messages.state, reason: messages.reason }).from(messages)
  expect(rows.map(({ state, reason }) => `${state} ${reason}`).sort()).toEqual([
    'cancelled office_passed_on',
    'cancelled office_passed_on',
    'sent null',
  ])
})
