import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages, sendingHolds } from '#modules/messaging/schema.ts'
import { markContact } from '#modules/organisation/index.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, aMessage, anEventToTell, toNobody } from '#test/support/factories/messaging.ts'
import { statesOf, theMessage } from '#test/support/outbox.ts'

const morning = instantFrom('2026-02-20T09:00:00+08:00')
const over = new Set<string>()
let app: TestApp

beforeAll(async () => {
  app = await startApp({ unused: true })
  app.messaging.kinds.registerKind('notice', aKind(over))
  app.messaging.kinds.registerKind('code', aKind(over, { atAnyHour: true }))
  const broken = aKind(over, { render: async (_, all) => all.map(() => ({ names: '张*三' })) })
  app.messaging.kinds.registerKind('broken', broken)
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.settled()
  await app.db.transaction(async (tx) => {
    await tx.delete(messageSubjects)
    await tx.delete(messages)
    await tx.delete(sendingHolds)
  })
  // What began before the clock is turned back would leave work for a moment that is yet to come again.
  await app.settled()
  app.clock.set(morning)
})

const linesOf = (id: string) => app.outbox().filter(({ messageId }) => messageId === id)

describe('right before it is sent, a message is looked at once more', () => {
  test('subjects that are no longer due are left out, and a message without any is cancelled', async () => {
    over.add('p:gone')
    const contactId = await aContact(app.context)
    const both = await aMessage(app.context, { contactId, subjects: toNobody('p:gone', 'p:here') })
    const none = await aMessage(app.context, { contactId, subjects: toNobody('p:gone') })
    await app.settled()
    expect(linesOf(both)[0].values.names).toBe('p:here')
    expect(await theMessage(app.db, none)).toMatchObject({ state: 'cancelled', reason: 'not_due' })
    expect(linesOf(none)).toEqual([])
  })

  test.each([
    ['opted out', { optedOut: true }, 'opted_out'],
    ['is not valid', { invalid: true }, 'contact_invalid'],
  ] as const)('a number that %s gets nothing', async (_, marks, reason) => {
    const contactId = await aContact(app.context)
    await app.db.transaction((tx) => markContact(tx, { contactId, marks, by: 'system', at: morning }))
    const id = await aMessage(app.context, { contactId })
    await app.settled()
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'suppressed', reason })
    expect(linesOf(id)).toEqual([])
  })

  test('a message whose time has passed is not sent', async () => {
    const contactId = await aContact(app.context)
    const notBefore = morning.plus({ hours: 2 })
    const expiresAt = morning.plus({ hours: 3 })
    const id = await aMessage(app.context, { contactId, notBefore, expiresAt })
    await app.advance({ hours: 3 })
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'expired', reason: 'too_late' })
  })

  test('a message waits for its moment and not a minute longer', async () => {
    const contactId = await aContact(app.context)
    const id = await aMessage(app.context, { contactId, notBefore: morning.plus({ hours: 2 }) })
    await app.advance({ hours: 1, minutes: 59 })
    expect((await theMessage(app.db, id)).state).toBe('queued')
    await app.advance({ minutes: 1 })
    expect((await theMessage(app.db, id)).state).toBe('sent')
  })

  test('nobody is disturbed in quiet hours; a code that was asked for comes at once', async () => {
    app.clock.set(instantFrom('2026-02-20T22:30:00+08:00'))
    const contactId = await aContact(app.context)
    const notice = await aMessage(app.context, { contactId })
    const code = await aMessage(app.context, { contactId, kind: 'code' })
    await app.settled()
    expect((await theMessage(app.db, code)).state).toBe('sent')
    const waiting = await theMessage(app.db, notice)
    expect(waiting).toMatchObject({ state: 'queued', attempts: 0 })
    expect(waiting.notBefore.toMillis()).toBe(instantFrom('2026-02-21T08:00:00+08:00').toMillis())
    await app.advance({ hours: 9, minutes: 30 })
    expect((await theMessage(app.db, notice)).state).toBe('sent')
  })

  test('quiet hours are those of the event, wherever it is', async () => {
    const eventId = await anEventToTell(app.context, { timeZone: 'Asia/Urumqi' })
    app.clock.set(instantFrom('2026-02-20T21:30:00+08:00'))
    const contactId = await aContact(app.context)
    const there = await aMessage(app.context, { contactId, eventId })
    const here = await aMessage(app.context, { contactId })
    await app.settled()
    expect((await theMessage(app.db, there)).state).toBe('sent')
    expect((await theMessage(app.db, here)).state).toBe('queued')
  })

  test('what would be too late after quiet hours is not put off', async () => {
    app.clock.set(instantFrom('2026-02-20T22:30:00+08:00'))
    const contactId = await aContact(app.context)
    const id = await aMessage(app.context, { contactId, expiresAt: instantFrom('2026-02-21T07:30:00+08:00') })
    await app.settled()
    expect((await theMessage(app.db, id)).state).toBe('expired')
  })

  test('a kind nobody provides and a template without its values end visibly', async () => {
    const contactId = await aContact(app.context)
    const unknown = await aMessage(app.context, { contactId, kind: 'nobody-knows' })
    const broken = await aMessage(app.context, { contactId, kind: 'broken' })
    await app.settled()
    expect(await theMessage(app.db, unknown)).toMatchObject({ state: 'dead', reason: 'kind_unknown' })
    expect(await theMessage(app.db, broken)).toMatchObject({ state: 'dead', reason: 'template_unusable' })
  })
})

describe('the sending of an event', () => {
  test('is paused and goes on without losing or repeating anybody', async () => {
    const eventId = await anEventToTell(app.context)
    const office = app.as('city_office')
    const [first, second] = [await aContact(app.context), await aContact(app.context)]
    const before = await aMessage(app.context, { contactId: first, eventId })
    await app.settled()
    await office.put(`/api/events/${eventId}/message-hold`).expect(200)
    const after = await aMessage(app.context, { contactId: second, eventId })
    const other = await aMessage(app.context, { contactId: second })
    await app.settled()
    const held = await office.get(`/api/events/${eventId}/message-totals`).expect(200)
    expect(held.body).toMatchObject({ written: 2, byState: { sent: 1, queued: 1 }, hold: { reason: null } })
    expect((await theMessage(app.db, other)).state).toBe('sent')
    await office.delete(`/api/events/${eventId}/message-hold`).expect(200)
    await app.settled()
    const done = await office.get(`/api/events/${eventId}/message-totals`).expect(200)
    expect(done.body).toMatchObject({ written: 2, byState: { sent: 2 }, hold: null, segments: 4 })
    expect([linesOf(before).length, linesOf(after).length]).toEqual([1, 1])
    // Released again, it stays released when and by whom it was; held again, it is held.
    const [released] = await app.db.read.select().from(sendingHolds)
    app.clock.advance({ minutes: 5 })
    await office.delete(`/api/events/${eventId}/message-hold`).expect(200)
    expect(await app.db.read.select().from(sendingHolds)).toEqual([released])
    const again = await office.put(`/api/events/${eventId}/message-hold`).expect(200)
    expect(again.body.hold).not.toBeNull()
  })

  test('is called off: what waits is cancelled, what was sent stays', async () => {
    const eventId = await anEventToTell(app.context)
    const contactId = await aContact(app.context)
    await aMessage(app.context, { contactId, eventId })
    await app.settled()
    await aMessage(app.context, { contactId, eventId, notBefore: morning.plus({ days: 1 }) })
    const reply = await app.as('city_office').put(`/api/events/${eventId}/message-cancellation`).send({})
    expect(reply.body).toEqual({ cancelled: 1 })
    await app.advance({ days: 1 })
    expect(await statesOf(app.db)).toEqual({ sent: 1, cancelled: 1 })
  })

  test('is cancelled by kind by the slice that knows why', async () => {
    const eventId = await anEventToTell(app.context)
    const contactId = await aContact(app.context)
    const notBefore = morning.plus({ days: 1 })
    await aMessage(app.context, { contactId, eventId, notBefore })
    await aMessage(app.context, { contactId, eventId, notBefore, kind: 'code' })
    const cancelled = await app.db.transaction((tx) =>
      cancelMessages(tx, { eventId, kinds: ['code'], because: 'event_cancelled', at: morning }),
    )
    expect(cancelled).toBe(1)
    expect(await statesOf(app.db)).toEqual({ queued: 1, cancelled: 1 })
  })

  test('is out of the hands of who does not answer for its organiser', async () => {
    const eventId = await anEventToTell(app.context)
    const stranger = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
    const reply = await stranger.put(`/api/events/${eventId}/message-hold`)
    expect([reply.status, reply.body.code]).toEqual([403, 'access.out_of_reach'])
  })
})

describe('a message that failed', () => {
  test('is sent again once, as a message of its own', async () => {
    over.add('p:late')
    const contactId = await aContact(app.context)
    const failed = await aMessage(app.context, { contactId, kind: 'broken' })
    await app.settled()
    const office = app.as('city_office')
    const again = await office.post(`/api/messages/${failed}/retries`).expect(201)
    expect(again.body).toMatchObject({
      part: 1,
      state: 'queued',
      attempts: 0,
      to: expect.stringMatching(/^154\*{4}\d{4}$/),
    })
    const repeated = await office.post(`/api/messages/${failed}/retries`)
    expect([repeated.status, repeated.body.code]).toEqual([409, 'message.repeated'])
    await app.settled()
    expect((await theMessage(app.db, failed)).state).toBe('dead')
  })

  test('is sent again with all that failed for its reason, as they were shown, and once', async () => {
    const eventId = await anEventToTell(app.context)
    const failed: string[] = []
    for (let n = 0; n < 2; n++)
      failed.push(
        await aMessage(app.context, { contactId: await aContact(app.context), eventId, kind: 'broken' }),
      )
    await app.settled()
    const office = app.as('city_office')
    const url = `/api/events/${eventId}/message-retries`
    const totals = await office.get(`/api/events/${eventId}/message-totals`).expect(200)
    const [{ state, reason, count }] = totals.body.reasons
    expect([totals.body.reasons.length, state, count]).toEqual([1, 'dead', 2])
    const other = await office.post(`${url}/preview`).send({ state: 'undelivered' })
    expect([other.status, other.body.code]).toEqual([409, 'message.nothing_to_retry'])
    const preview = await office.post(`${url}/preview`).send({ state, reason }).expect(200)
    expect(preview.body).toMatchObject({ messages: 2, perhapsTwice: 0 })
    const { token } = preview.body
    const done = await office.post(url).send({ token }).expect(200)
    expect(done.body).toMatchObject({ written: 4, byState: { dead: 2, queued: 2 } })
    const repeated = await office.post(url).send({ token }).expect(200)
    expect(repeated.body.written).toBe(4)
    await app.settled()
    const nothing = await office.post(`${url}/preview`).send({ state: 'expired' })
    expect(nothing.body.code).toBe('message.nothing_to_retry')
    for (const id of failed) expect((await theMessage(app.db, id)).state).toBe('dead')
    const stranger = app.as(await app.signIn({ role: 'district_office', districtCode: '210503' }))
    expect((await stranger.post(`${url}/preview`).send({})).body.code).toBe('access.out_of_reach')
  })

  test('and one that did not fail is not', async () => {
    const id = await aMessage(app.context, { contactId: await aContact(app.context) })
    await app.settled()
    const reply = await app.as('city_office').post(`/api/messages/${id}/retries`)
    expect([reply.status, reply.body.code]).toEqual([409, 'message.not_resendable'])
  })
})

test('a receiver who wants no more gets nothing that waits', async () => {
  const contactId = await aContact(app.context)
  const notBefore = morning.plus({ hours: 1 })
  const id = await aMessage(app.context, { contactId, notBefore })
  const reply = await app.as('city_office').put(`/api/messages/${id}/opt-out`).expect(200)
  expect(reply.body).toMatchObject({ state: 'suppressed', reason: 'opted_out' })
  await app.advance({ hours: 1 })
  expect(linesOf(id)).toEqual([])
})

test('a number of more people than one text can name gets several messages, and each person stands in one', async () => {
  const contactId = await aContact(app.context)
  const subjects = Array.from({ length: 90 }, (_, at) => `p:${'x'.repeat(60)}${at}`)
  await aMessage(app.context, { contactId, subjects: toNobody(...subjects) })
  await app.settled()
  expect(await statesOf(app.db)).toEqual({ sent: 4 })
  const ids = new Set((await app.db.read.select({ id: messages.id }).from(messages)).map(({ id }) => id))
  const told = app
    .outbox()
    .flatMap(({ messageId, values }) => (ids.has(messageId) ? values.names.split('、') : []))
  expect(told.sort()).toEqual([...subjects].sort())
})
