import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { DomainError } from '#platform/errors.ts'
import { bearsToken } from '#platform/http/bearer-token.ts'
import { problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { MessagingContext } from './context.ts'
import { providerNamed } from './messaging.ts'
import { honourNumber, wishIn } from './opt-out.ts'
import type { Callback, Provider } from './providers/provider.ts'
import { receiveReceipts } from './receive-receipts.ts'

const tags = ['消息回调 · provider callbacks']

/**
 * Webhooks of the providers. The signature is checked against PUBLIC_URL, never against headers of the request; a
 * request without a valid signature changes nothing. No rate limit: all receipts of a city come from a few provider
 * addresses.
 */
export function callbackRoutes(app: App, context: MessagingContext): void {
  const { db, now, log, keys, messaging, config } = context
  app.route({
    method: 'POST',
    url: '/api/callbacks/twilio/receipts',
    config: { access: 'public', unlimited: true },
    schema: {
      operationId: 'receiveTwilioReceipt',
      tags,
      summary: '送达回执 · status callback of Twilio',
      consumes: ['application/x-www-form-urlencoded'],
      querystring: Type.Object({ message: Type.Optional(Type.String({ maxLength: 100 })) }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const { parseReceipts, name } = providerOf('parseReceipts')
      const receipts = parseReceipts(callbackOf(request, config.publicUrl))
      const { moved } = await db.transaction(
        (tx) => receiveReceipts(tx, { provider: name, channel: 'sms', receipts, at: now() }),
        { isolation: 'statement' },
      )
      log.info({ receipts: receipts.length, moved }, 'receipts received')
      return reply.status(204).send(null)
    },
  })
  app.route({
    method: 'POST',
    url: '/api/callbacks/twilio/replies',
    config: { access: 'public', unlimited: true },
    schema: {
      operationId: 'receiveTwilioReply',
      tags,
      summary: '用户回复 · incoming messages of Twilio; STOP, 退订 and the like opt out, START opts in again',
      consumes: ['application/x-www-form-urlencoded'],
      response: { 200: Type.String({ description: 'TwiML' }), ...problems },
    },
    handler: async (request, reply) => {
      const { parseInbound } = providerOf('parseInbound')
      for (const { from, text, wish = wishIn(text) } of parseInbound(callbackOf(request, config.publicUrl))) {
        if (wish) await db.transaction((tx) => honourNumber(tx, { keys, number: from, wish, at: now() }))
        log.info({ wish: wish ?? 'none' }, 'reply received')
      }
      return reply.type('text/xml').send('<Response/>')
    },
  })
  bounceRoute(app, context)

  function providerOf<K extends 'parseReceipts' | 'parseInbound'>(able: K) {
    const provider = providerNamed(messaging, 'twilio')
    if (!provider?.[able]) throw new DomainError('missing', 'provider.missing', 'Twilio is not in use here.')
    return provider as Provider & Required<Pick<Provider, K>>
  }
}

const bounceBytesMax = 1024 * 1024

/** Takes mails that came back from the mail server that received them. What is no such notification changes nothing. */
function bounceRoute(app: App, { db, now, log, messaging, config }: MessagingContext): void {
  app.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: bounceBytesMax },
    (_, mail, done) => done(null, mail),
  )
  app.route({
    method: 'POST',
    url: '/api/callbacks/mail/bounces',
    config: { access: 'public', unlimited: true },
    schema: {
      operationId: 'receiveBounce',
      tags,
      summary: '退信 · a mail that came back (RFC 3464), with the token of MAIL_BOUNCE_TOKEN',
      consumes: ['message/rfc822'],
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const provider = providerNamed(messaging, 'smtp')
      const token = config.messages.smtp?.bounceToken
      if (!provider?.parseBounce || token === undefined)
        throw new DomainError('missing', 'provider.missing', 'Mails that come back are not taken here.')
      if (!bearsToken(request.headers.authorization, token))
        throw new DomainError(
          'unauthenticated',
          'access.unauthenticated',
          'Show the token of MAIL_BOUNCE_TOKEN.',
        )
      const receipt = await provider.parseBounce(request.body as Buffer)
      const receipts = receipt ? [receipt] : []
      const { moved } = await db.transaction(
        (tx) => receiveReceipts(tx, { provider: 'smtp', channel: 'email', receipts, at: now() }),
        { isolation: 'statement' },
      )
      log.info({ bounces: receipts.length, moved }, 'mail that came back received')
      return reply.status(204).send(null)
    },
  })
}

function callbackOf(request: FastifyRequest, publicUrl: URL): Callback {
  const signature = request.headers['x-twilio-signature']
  const body = (request.body ?? {}) as Record<string, unknown>
  const fields = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  )
  return {
    url: new URL(request.url, publicUrl).href,
    signature: typeof signature === 'string' ? signature : undefined,
    fields,
  }
}
