import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mailIdsOf } from '#modules/messaging/providers/mail-ids.ts'
import type { HandOver } from '#modules/messaging/providers/provider.ts'
import { createSmtpProvider } from '#modules/messaging/providers/smtp.ts'
import { settleUnknown } from '#modules/messaging/settle-unknown.ts'
import { instantFrom } from '#platform/time.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, aMessage, toNobody } from '#test/support/factories/messaging.ts'
import { startFakeSmtp } from '#test/support/fake-smtp.ts'
import { theMessage } from '#test/support/outbox.ts'

const morning = instantFrom('2026-02-20T09:00:00+08:00')
let relay: Awaited<ReturnType<typeof startFakeSmtp>>
let app: TestApp
let made = 0

beforeAll(async () => {
  relay = await startFakeSmtp()
  app = await startApp({
    env: { MESSAGE_CHANNEL: 'smtp', SMTP_URL: relay.url, SMTP_FROM: '集结 <muster@city.cn>' },
  })
  app.messaging.kinds.registerKind('notice', aKind())
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await relay[Symbol.asyncDispose]()
})
beforeEach(async () => {
  // What began before the clock is turned back would leave work for a moment that is yet to come again.
  await app.settled()
  app.clock.set(morning)
  relay.mails.length = 0
  Object.assign(relay.rules, { rcpt: undefined, text: undefined })
})

async function aNotice(address = `zhang${++made}@city.cn`) {
  const contactId = await aContact(app.context, address)
  const id = await aMessage(app.context, { contactId, subjects: toNobody('p:1') })
  await app.settled()
  return id
}

test('a mail carries a Message-ID made from our id, and counts as sent when the relay took it', async () => {
  const id = await aNotice('zhang@city.cn')
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent', provider: 'smtp', segments: 0 })
  expect(relay.mails).toMatchObject([{ to: ['zhang@city.cn'] }])
  const { text } = relay.mails[0] as { text: string }
  expect(text).toMatch(new RegExp(`^Message-ID:\\s+<${id}\\.\\S+@localhost>$`, 'mi'))
  expect(text).toMatch(/^Auto-Submitted: auto-generated$/im)
})

test('texts of phones go into the log file beside it', async () => {
  const contactId = await aContact(app.context, '15400000009')
  const id = await aMessage(app.context, { contactId })
  await app.settled()
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent', provider: 'log' })
  expect(relay.mails).toEqual([])
})

test.each(['somebody@example.com', 'somebody@school.test', 'somebody@city.invalid'])(
  'a made-up address never reaches the relay: %s',
  async (address) => {
    const id = await aNotice(address)
    expect(await theMessage(app.db, id)).toMatchObject({ state: 'suppressed', reason: 'synthetic_contact' })
    expect(relay.mails).toEqual([])
  },
)

test('a mailbox that does not exist is marked and not tried again', async () => {
  relay.rules.rcpt = '550 5.1.1 no such user'
  const id = await aNotice()
  expect(await theMessage(app.db, id)).toMatchObject({
    state: 'suppressed',
    reason: 'contact_invalid',
    providerCode: '550',
  })
})

test('a relay that cannot just now is asked again later', async () => {
  relay.rules.rcpt = '451 4.7.1 greylisted'
  const id = await aNotice()
  expect(await theMessage(app.db, id)).toMatchObject({
    state: 'queued',
    reason: 'provider_busy',
    attempts: 1,
  })
  relay.rules.rcpt = undefined
  await app.advance({ minutes: 1 })
  expect((await theMessage(app.db, id)).state).toBe('sent')
})

test('a connection that breaks after the text leaves it unknown; it is repeated as the same mail', async () => {
  relay.rules.text = 'hang up'
  const id = await aNotice()
  expect((await theMessage(app.db, id)).state).toBe('unknown')
  relay.rules.text = undefined
  await settleUnknown({ ...app.context, messaging: app.messaging })
  await app.settled()
  expect((await theMessage(app.db, id)).state).toBe('sent')
  expect(relay.mails).toHaveLength(2)
  // One mail to whoever reads it: both bear one Message-ID.
  expect(new Set(relay.mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail.text)?.[1])).size).toBe(1)
})

test('a relay that cannot be reached took nothing', async () => {
  const provider = createSmtpProvider({
    url: new URL('smtp://127.0.0.1:1'),
    from: 'muster@city.cn',
    publicUrl: new URL('http://localhost'),
    concurrency: 2,
    ids: mailIdsOf(app.context.keys),
  })
  const [outcome] = await provider.send([outgoing({})], freely)
  await provider.close()
  expect(outcome).toMatchObject({ outcome: 'later', reason: 'provider_busy' })
})

test.each([
  ['subject', { subject: 'Hello\r\nBcc: everybody@city.cn' }],
  ['address', { to: 'zhang@city.cn\r\nRCPT TO:<everybody@city.cn>' }],
])('a line break in the %s is refused before anything is said to the relay', async (_, hostile) => {
  const provider = createSmtpProvider({
    url: new URL(relay.url),
    from: 'muster@city.cn',
    publicUrl: new URL('http://localhost'),
    concurrency: 2,
    ids: mailIdsOf(app.context.keys),
  })
  const [outcome] = await provider.send([outgoing(hostile)], freely)
  await provider.close()
  expect(outcome).toMatchObject({ outcome: 'refused' })
  expect(relay.mails).toEqual([])
})

/** A hand-over that nobody stops. */
const freely: HandOver = { begin: async (ids) => new Set(ids), cut: new Promise(() => {}) }

function outgoing(more: object) {
  return {
    messageId: '019aa000-0000-7000-8000-000000000000',
    kind: 'notice',
    to: 'zhang@city.cn',
    locale: 'zh' as const,
    template: { filedAs: null, values: {} },
    unsubscribeUrl: null,
    subject: 'Hello',
    text: 'Hello',
    ...more,
  }
}

test('a mail can be unsubscribed from with one press: opening the address changes nothing', async () => {
  const contactId = await aContact(app.context, 'li@city.cn')
  const told = async (groupKey: string) => {
    const id = await aMessage(app.context, { contactId, groupKey, subjects: toNobody('p:1') })
    await app.settled()
    return theMessage(app.db, id)
  }
  await told('first')
  const { text } = relay.mails[0] as { text: string }
  const unfolded = text.replace(/\r\n[ \t]+/g, ' ')
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  const url = new URL(/^List-Unsubscribe: <([^>]+)>\r$/m.exec(unfolded)?.[1] as string)
  const page = await app.request.get(url.pathname).expect(200)
  expect(page.text).toContain('确认退订')
  expect(await told('second')).toMatchObject({ state: 'sent' })
  await app.request.post(url.pathname).type('form').send('List-Unsubscribe=One-Click').expect(200)
  expect(await told('third')).toMatchObject({
    state: 'suppressed',
    reason: 'opted_out',
  })
  await app.request.post(`${url.pathname}x`).type('form').send('List-Unsubscribe=One-Click').expect(404)
})
