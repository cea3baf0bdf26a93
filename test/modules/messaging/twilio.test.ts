import { asc, eq } from 'drizzle-orm'
import twilio from 'twilio'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { messageReceipts, messageSubjects, messages, sendingHolds } from '#modules/messaging/schema.ts'
import { settleUnknown } from '#modules/messaging/settle-unknown.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, aMessage, toNobody } from '#test/support/factories/messaging.ts'
import { refused, startFakeTwilio } from '#test/support/fake-twilio.ts'
import { theMessage } from '#test/support/outbox.ts'

const sid = `AC${'0'.repeat(32)}`
const token = 'secret-of-the-account'
const morning = instantFrom('2026-02-20T09:00:00+08:00')
let fake: Awaited<ReturnType<typeof startFakeTwilio>>
let app: TestApp
let number = 13_900_000_000

beforeAll(async () => {
  fake = await startFakeTwilio()
  app = await startApp({
    env: {
      PUBLIC_URL: 'http://muster.example.cn',
      MESSAGE_CHANNEL: 'twilio',
      TWILIO_ACCOUNT_SID: sid,
      TWILIO_AUTH_TOKEN: token,
      TWILIO_FROM: '+15005550006',
      TWILIO_BASE_URL: fake.url,
    },
  })
  app.messaging.kinds.registerKind('notice', aKind())
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await fake[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await app.settled()
  await app.db.transaction(async (tx) => {
    for (const table of [messageReceipts, messageSubjects, messages, sendingHolds]) await tx.delete(table)
  })
  // What began before the clock is turned back would leave work for a moment that is yet to come again.
  await app.settled()
  app.clock.set(morning)
  fake.requests.length = 0
  fake.answer()
})

async function aNotice(phone = String(++number)) {
  const contactId = await aContact(app.context, phone)
  const id = await aMessage(app.context, { contactId, groupKey: phone, subjects: toNobody('p:1') })
  await app.settled()
  return { id, contactId, phone }
}

/** The look-up of what is unknown, six minutes on: the clock of these tests goes back, and its job waits for later. */
async function laterSettled() {
  await app.advance({ minutes: 6 })
  await settleUnknown({ ...app.context, messaging: app.messaging })
  await app.settled()
}

const contactOf = async (id: string) =>
  (await app.db.read.select().from(contacts).where(eq(contacts.id, id)))[0]

describe('through Twilio', () => {
  test('a message goes out with its signature, without links, and asks for receipts that carry our id', async () => {
    const { id, phone } = await aNotice()
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'accepted', provider: 'twilio', segments: 1 })
    expect(fake.requests).toEqual([
      {
        path: `/2010-04-01/Accounts/${sid}/Messages.json`,
        authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
        fields: {
          To: `+86${phone}`,
          From: '+15005550006',
          Body: '【集结】p:1您好',
          StatusCallback: `http://muster.example.cn/api/callbacks/twilio/receipts?message=${id}`,
        },
      },
    ])
    expect(app.outbox()).toEqual([])
  })

  test.each(['15400000001', '+8615400000002'])('a made-up number never reaches it: %s', async (phone) => {
    const { id } = await aNotice(phone)
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'suppressed', reason: 'synthetic_contact' })
    expect(fake.requests).toEqual([])
  })

  test.each([
    ['a number that cannot be', 21211, 'suppressed', 'contact_invalid', { invalidAt: morning.toMillis() }],
    ['somebody who wrote STOP', 21610, 'suppressed', 'opted_out', { optedOutAt: morning.toMillis() }],
    ['a text it will not carry', 21617, 'dead', 'provider_refused', {}],
  ] as const)('%s ends at once and marks what it must', async (_, code, state, reason, marks) => {
    fake.answer(refused(code))
    const { id, contactId } = await aNotice()
    expect(await theMessage(app.db, id)).toMatchObject({ state, reason, providerCode: String(code) })
    const { invalidAt, optedOutAt } = (await contactOf(contactId)) ?? {}
    expect({ invalidAt, optedOutAt }).toEqual({
      invalidAt: null,
      optedOutAt: null,
      ...Object.fromEntries(Object.keys(marks).map((mark) => [mark, expect.anything()])),
    })
    await app.advance({ hours: 2 })
    expect(fake.requests).toHaveLength(1)
  })

  test('when it is busy the message comes later, not before it was told to, and then goes out', async () => {
    fake.answer({ ...refused(20429, 429), headers: { 'retry-after': '600' } })
    const { id } = await aNotice()
    const waiting = await theMessage(app.db, id)
    expect(waiting).toMatchObject({ state: 'queued', reason: 'provider_busy', attempts: 1 })
    expect(waiting.notBefore.toMillis()).toBeGreaterThanOrEqual(morning.plus({ minutes: 10 }).toMillis())
    await app.advance({ minutes: 9 })
    expect(fake.requests).toHaveLength(1)
    await app.advance({ minutes: 3 })
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'accepted', reason: null, attempts: 2 })
  })

  test('a message that fails at every attempt ends as dead, and visible', async () => {
    fake.answer(...Array.from({ length: 20 }, () => refused(20429, 429)))
    const { id } = await aNotice()
    for (let hour = 0; hour < 10; hour++) await app.advance({ minutes: 45 })
    expect(await theMessage(app.db, id)).toMatchObject({
      state: 'dead',
      reason: 'provider_busy',
      attempts: 8,
    })
    expect(fake.requests).toHaveLength(8)
  })

  test('a wrong set-up stops the provider until somebody says it is mended; nobody is lost', async () => {
    fake.answer(refused(20003, 401))
    const first = await aNotice()
    expect(await theMessage(app.db, first.id)).toMatchObject({ state: 'queued', attempts: 0 })
    const second = await aNotice()
    expect(fake.requests).toHaveLength(1)
    const office = app.as('city_office')
    const holds = await office.get('/api/message-holds').expect(200)
    expect(holds.body.items).toMatchObject([
      { provider: 'twilio', reason: 'provider_misconfigured', providerCode: '20003' },
    ])
    const left = await office.delete('/api/message-providers/twilio/hold').expect(200)
    expect(left.body.items).toEqual([])
    await app.settled()
    for (const { id } of [first, second]) expect((await theMessage(app.db, id)).state).toBe('accepted')
  })

  test('without an answer nobody knows, so it is not sent again; a receipt settles it', async () => {
    fake.answer({ hangUp: true, taken: true })
    const { id } = await aNotice()
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'unknown', reason: 'no_answer' })
    await app.advance({ minutes: 2 })
    expect(fake.requests).toHaveLength(1)
    await receipt(id, { MessageSid: 'SM1', MessageStatus: 'delivered' }).expect(204)
    expect(await theMessage(app.db, id)).toMatchObject({
      state: 'delivered',
      reason: null,
      providerId: 'SM1',
    })
  })

  test('without an answer or a receipt it is looked up: one that Twilio has is not sent again', async () => {
    const { contactId, phone } = await aNotice()
    fake.answer({ hangUp: true, taken: true })
    const second = await aMessage(app.context, {
      contactId,
      groupKey: `${phone} again`,
      subjects: toNobody('p:1'),
    })
    await app.settled()
    expect((await theMessage(app.db, second)).state).toBe('unknown')
    await laterSettled()
    expect(await theMessage(app.db, second)).toMatchObject({ state: 'sent', reason: null })
    expect(fake.requests).toHaveLength(2)
  })

  test('and one that Twilio never saw is sent once more, though others went to the same number', async () => {
    const { contactId, phone } = await aNotice()
    fake.answer({ hangUp: true })
    const second = await aMessage(app.context, {
      contactId,
      groupKey: `${phone} again`,
      subjects: toNobody('p:1'),
    })
    await app.settled()
    await laterSettled()
    expect((await theMessage(app.db, second)).state).toBe('accepted')
    expect(fake.requests).toHaveLength(3)
  })

  test('a server that fails in the middle leaves it unknown', async () => {
    fake.answer({ status: 500, body: { message: 'oops' } })
    const { id } = await aNotice()
    expect((await theMessage(app.db, id)).state).toBe('unknown')
  })
})

function receipt(
  messageId: string,
  fields: Record<string, string>,
  signedWith = token,
  host = 'muster.example.cn',
) {
  return signed(`/api/callbacks/twilio/receipts?message=${messageId}`, fields, signedWith, host)
}

function signed(
  path: string,
  fields: Record<string, string>,
  signedWith = token,
  host = 'muster.example.cn',
) {
  const signature = twilio.getExpectedTwilioSignature(signedWith, `http://${host}${path}`, fields)
  return app.request.post(path).set('X-Twilio-Signature', signature).type('form').send(fields)
}

describe('receipts', () => {
  test('come late, twice and out of order, and move a message only forward; every one is kept', async () => {
    const { id } = await aNotice()
    const { providerId } = await theMessage(app.db, id)
    const MessageSid = providerId as string
    for (const MessageStatus of ['delivered', 'sent', 'delivered', 'queued', 'undelivered']) {
      await receipt(id, { MessageSid, MessageStatus }).expect(204)
    }
    expect((await theMessage(app.db, id)).state).toBe('delivered')
    const kept = await app.as('city_office').get(`/api/messages/${id}/receipts`).expect(200)
    expect(
      kept.body.items.map(({ status, moved }: { status: string; moved: boolean }) => [status, moved]),
    ).toEqual([
      ['delivered', true],
      ['sent', false],
      ['delivered', false],
      ['queued', false],
      ['undelivered', false],
    ])
  })

  test('for an unknown id are stored and change nothing', async () => {
    await receipt('nothing-of-ours', { MessageSid: 'SM404', MessageStatus: 'delivered' }).expect(204)
    const kept = await app.db.read.select().from(messageReceipts).orderBy(asc(messageReceipts.id))
    expect(kept).toMatchObject([{ messageId: null, providerId: 'SM404', moved: false }])
  })

  test('that say the number does not exist mark it', async () => {
    const { id, contactId } = await aNotice()
    await receipt(id, { MessageSid: 'SM5', MessageStatus: 'undelivered', ErrorCode: '30005' }).expect(204)
    expect(await theMessage(app.db, id)).toMatchObject({
      state: 'undelivered',
      reason: 'not_delivered',
      providerCode: '30005',
    })
    expect((await contactOf(contactId))?.invalidAt).not.toBeNull()
  })

  test.each([
    ['with another secret', () => ['wrong', 'muster.example.cn'] as const],
    ['for another address than ours', () => [token, 'evil.example'] as const],
  ])('signed %s are refused and leave no trace', async (_, forged) => {
    const { id } = await aNotice()
    const [secret, host] = forged()
    const reply = await receipt(id, { MessageSid: 'SM9', MessageStatus: 'delivered' }, secret, host)
      .set('Host', host)
      .set('X-Forwarded-Host', host)
    expect([reply.status, reply.body.code]).toEqual([403, 'callback.forged'])
    expect((await theMessage(app.db, id)).state).toBe('accepted')
    expect(await app.db.read.select().from(messageReceipts)).toEqual([])
  })

  test('without a signature are refused', async () => {
    await app.request
      .post('/api/callbacks/twilio/receipts?message=x')
      .type('form')
      .send({ MessageStatus: 'sent' })
      .expect(403)
  })
})

test.each([
  '退订',
  'stop',
  'Ｔ',
  ' TD。',
  'Revoke',
  '回复退订',
  '【本溪文明办】退订',
  '退 订',
  '\u200bＳＴＯＰ',
])('a reply of %s opts the number out and holds back what waits', async (text) => {
  const phone = String(++number)
  const contactId = await aContact(app.context, phone)
  const id = await aMessage(app.context, { contactId, notBefore: morning.plus({ days: 1 }) })
  const reply = await signed('/api/callbacks/twilio/replies', { From: `+86${phone}`, Body: text })
  expect([reply.status, reply.text]).toEqual([200, '<Response/>'])
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'suppressed', reason: 'opted_out' })
})

test('a reply that only mentions stopping opts nobody out', async () => {
  const phone = String(++number)
  const contactId = await aContact(app.context, phone)
  await signed('/api/callbacks/twilio/replies', {
    From: `+86${phone}`,
    Body: '请问可以停车(stop)吗?',
  }).expect(200)
  expect((await contactOf(contactId))?.optedOutAt).toBeNull()
})

test('an opt-out that Twilio recognised counts whatever its text, and START revokes it', async () => {
  const phone = String(++number)
  const contactId = await aContact(app.context, phone)
  const reply = (fields: Record<string, string>) =>
    signed('/api/callbacks/twilio/replies', { From: `+86${phone}`, ...fields }).expect(200)
  await reply({ Body: 'no more please', OptOutType: 'STOP' })
  expect((await contactOf(contactId))?.optedOutAt).not.toBeNull()
  await reply({ Body: 'ｓｔａｒｔ' })
  expect((await contactOf(contactId))?.optedOutAt).toBeNull()
  await reply({ Body: '帮助', OptOutType: 'HELP' })
  expect((await contactOf(contactId))?.optedOutAt).toBeNull()
})

test('whoever opts in again gets what was held back and still holds, each at its moment and once', async () => {
  const phone = String(++number)
  const contactId = await aContact(app.context, phone)
  const reply = (Body: string) =>
    signed('/api/callbacks/twilio/replies', { From: `+86${phone}`, Body }).expect(200)
  const tomorrow = morning.plus({ days: 1 })
  const reminder = { notBefore: tomorrow, expiresAt: tomorrow.plus({ hours: 3 }) }
  await aMessage(app.context, { contactId, subjects: toNobody('p:reminder'), ...reminder })
  await reply('退订')
  await aMessage(app.context, { contactId, subjects: toNobody('p:invitation') })
  await aMessage(app.context, {
    ...{ contactId, subjects: toNobody('p:past') },
    expiresAt: morning.plus({ hours: 1 }),
  })
  await app.settled()
  expect(fake.requests).toEqual([])
  await app.advance({ hours: 2 })
  for (let times = 0; times < 2; times++) await reply('START')
  await app.settled()
  const told = () => fake.requests.map(({ fields }) => fields.Body?.replace(/^【.*】/, ''))
  expect(told()).toEqual(['p:invitation您好'])
  await app.advance({ hours: 22, minutes: 1 })
  expect(told()).toEqual(['p:invitation您好', 'p:reminder您好'])
  await app.advance({ days: 1 })
  expect(told()).toHaveLength(2)
})

test('a message names the id Twilio knows it by', async () => {
  const { id } = await aNotice()
  const { body } = await app.as('city_office').get(`/api/messages/${id}`).expect(200)
  expect(body.providerId).toMatch(/^SM/)
  expect(body.providerId).toBe((await theMessage(app.db, id)).providerId)
})
