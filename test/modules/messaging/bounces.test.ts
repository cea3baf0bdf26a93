/** Mails that come back, handed in as the mail server of the sender received them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBounce } from '#modules/messaging/providers/bounce.ts'
import { mailIdsOf } from '#modules/messaging/providers/mail-ids.ts'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aContact, aKind, aMessage, toNobody } from '#test/support/factories/messaging.ts'
import { startFakeSmtp } from '#test/support/fake-smtp.ts'
import { theMessage } from '#test/support/outbox.ts'

const token = 'handed-in-by-the-mail-server'
let relay: Awaited<ReturnType<typeof startFakeSmtp>>
let app: TestApp
let made = 0

beforeAll(async () => {
  relay = await startFakeSmtp()
  app = await startApp({
    env: {
      MESSAGE_CHANNEL: 'smtp',
      SMTP_URL: relay.url,
      SMTP_FROM: '集结 <muster@city.cn>',
      MAIL_BOUNCE_TOKEN: token,
    },
  })
  app.messaging.kinds.registerKind('notice', aKind())
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await relay[Symbol.asyncDispose]()
})

interface Returned {
  id: string
  action?: string
  status?: string
  host?: string
  envelopeId?: string
  /** How much of our mail comes along. */
  part?: 'message/rfc822' | 'text/rfc822-headers'
}

/** A notification as Postfix writes it. */
function returned({
  id,
  action = 'failed',
  status = '5.1.1',
  host = 'localhost',
  envelopeId,
  part,
}: Returned) {
  return [
    'From: MAILER-DAEMON@mail.city.cn (Mail Delivery System)',
    'To: muster@city.cn',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
    '',
    '--=_b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I’m sorry to have to inform you that your message could not be delivered.',
    '--=_b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.city.cn',
    ...(envelopeId ? [`Original-Envelope-Id: ${envelopeId}`] : []),
    '',
    'Final-Recipient: rfc822; zhang@city.cn',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550',
    '    5.1.1 no such user',
    '',
    '--=_b',
    `Content-Type: ${part ?? 'text/rfc822-headers'}`,
    '',
    'From: muster@city.cn',
    'Subject: =?UTF-8?B?6YCa55+l?=',
    'Message-ID:',
    ` <${id}@${host}>`,
    ...(part === 'message/rfc822' ? ['', 'The text of the mail.'] : []),
    '--=_b--',
    '',
  ].join('\r\n')
}

/** The id under which a mail went out: what a mail server gives back. */
const sentAs = (id: string) =>
  relay.mails.flatMap(({ from }) => new RegExp(`ENVID=(${id}\\S*)`).exec(from)?.[1] ?? []).at(-1) as string

async function aSentMail() {
  const contactId = await aContact(app.context, `li${++made}@city.cn`)
  const id = await aMessage(app.context, { contactId, groupKey: newId(), subjects: toNobody('p:1') })
  await app.settled()
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent', provider: 'smtp' })
  const mailId = sentAs(id)
  const next = async () => {
    const later = await aMessage(app.context, { contactId, groupKey: newId(), subjects: toNobody('p:1') })
    await app.settled()
    return theMessage(app.db, later)
  }
  return { id, mailId, next }
}

const handIn = (mail: string | Buffer, bearing = `Bearer ${token}`) =>
  app.request
    .post('/api/callbacks/mail/bounces')
    .set('authorization', bearing)
    .type('message/rfc822')
    .send(mail)

test.each([
  ['with the head of the mail', {}],
  ['with the whole mail', { part: 'message/rfc822' as const }],
  ['with the envelope id alone', { host: 'other.example' }],
])(
  'a mail that came back %s is not delivered, and nothing more is sent to a mailbox that is not there',
  async (_, how) => {
    const { id, mailId, next } = await aSentMail()
    const gone = returned({ id: mailId, ...how, ...('host' in how && { envelopeId: mailId }) })
    await handIn(gone).expect(204)
    expect(await theMessage(app.db, id)).toMatchObject({
      state: 'undelivered',
      reason: 'not_delivered',
      providerCode: '5.1.1',
    })
    expect(await next()).toMatchObject({ state: 'suppressed', reason: 'contact_invalid' })
    // The same mail again changes nothing.
    await handIn(gone).expect(204)
    expect((await theMessage(app.db, id)).state).toBe('undelivered')
  },
)

test('a full mailbox is not delivered, too, but is written to again', async () => {
  const { id, mailId, next } = await aSentMail()
  await handIn(returned({ id: mailId, status: '5.2.2' })).expect(204)
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'undelivered', providerCode: '5.2.2' })
  expect(await next()).toMatchObject({ state: 'sent' })
})

test('a delay, a mail of another sender, an unknown id and what is no notification change nothing', async () => {
  const { id, mailId } = await aSentMail()
  const mails = [
    returned({ id: mailId, action: 'delayed', status: '4.4.1' }),
    returned({ id: mailId, host: 'other.example' }),
    returned({ id: newId() }),
    `From: li@city.cn\r\nSubject: I am away\r\nMessage-ID: <${mailId}@localhost>\r\n\r\nUntil Monday.\r\n`,
    Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xfe]),
  ]
  for (const mail of mails) await handIn(mail).expect(204)
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent' })
})

test('nobody says that a mail came back by our id alone, which whoever reads the messages knows', async () => {
  const [{ id, next }, other] = [await aSentMail(), await aSentMail()]
  const proof = other.mailId.slice(other.id.length)
  for (const forged of [id, `${id}${proof}`, `${id}.`, `${id}.k1.aaaaaaaaaaaaaaaaaaaaaa`]) {
    await handIn(returned({ id: forged })).expect(204)
    await handIn(returned({ id: forged, envelopeId: forged })).expect(204)
  }
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent' })
  expect(await next()).toMatchObject({ state: 'sent' })
})

test('a notification moves no text message, although somebody wrote its id into it', async () => {
  const contactId = await aContact(app.context, '15400000019')
  const id = await aMessage(app.context, { contactId })
  await app.settled()
  const mailId = mailIdsOf(app.context.keys).idOf(id)
  await handIn(returned({ id: mailId, envelopeId: mailId })).expect(204)
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent', provider: 'log' })
})

test('only with the token, only as a mail, and only so large', async () => {
  const { id, mailId } = await aSentMail()
  for (const bearing of ['', 'Bearer ', `Bearer ${token}x`, token]) {
    const { body } = await handIn(returned({ id: mailId }), bearing).expect(401)
    expect(body).toMatchObject({ code: 'access.unauthenticated' })
  }
  await app.request
    .post('/api/callbacks/mail/bounces')
    .set('authorization', `Bearer ${token}`)
    .send({ mail: returned({ id: mailId }) })
    .expect(415)
  await handIn(returned({ id: mailId }) + 'x'.repeat(1024 * 1024)).expect(413)
  expect(await theMessage(app.db, id)).toMatchObject({ state: 'sent' })
})

test('a mail asks the relay to send our id back and not the text', async () => {
  relay.mails.length = 0
  const { mailId } = await aSentMail()
  expect(relay.mails[0]?.from).toContain(`RET=HDRS ENVID=${mailId}`)
})

test('what is hostile is read in bounds: parts in parts, heads without an end', async () => {
  const nested = Array.from(
    { length: 300 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`,
  )
  const ids = mailIdsOf(app.context.keys)
  for (const mail of [nested.join('\r\n'), 'a: b\r\n'.repeat(100_000), '--', '\r\n\r\n'])
    expect(await readBounce(Buffer.from(mail), { host: 'localhost', ids })).toBeUndefined()
})
