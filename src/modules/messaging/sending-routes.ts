import Type from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { cancelMessages } from './cancel-messages.ts'
import type { MessagingContext } from './context.ts'
import { CancelledMessages, HoldList, MessageCancellation, MessageTotals } from './contract.ts'
import { holdEvent, release } from './holds.ts'
import { listHolds } from './message-queries.ts'
import { presentHold } from './present.ts'
import { assertEverything, assertSends } from './reach.ts'
import { totalsView } from './totals-view.ts'
import { providerNames } from './words.ts'

const tags = ['消息 · messages']
const params = Type.Object({ eventId: Id })

/** Routes for the messages of a whole event (totals, hold, release, cancel) and for held providers. */
export function sendingRoutes(app: App, context: MessagingContext): void {
  eventRoutes(app, context)
  holdRoutes(app, context)
}

function eventRoutes(app: App, { db, now }: MessagingContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/message-totals',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'readMessageTotals',
      tags,
      summary: '发送统计 · messages of an event by state',
      params,
      response: { 200: ref(MessageTotals), ...problems },
    },
    handler: async ({ params }) => db.snapshot((reader) => totalsView(reader, params.eventId)),
  })
  app.route({
    method: 'PUT',
    url: '/api/events/:eventId/message-hold',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'holdEventMessages',
      tags,
      summary: '暂停发送 · stops what waits; nothing is lost',
      params,
      response: { 200: ref(MessageTotals), ...problems },
    },
    handler: async ({ params: { eventId }, actor }) =>
      db.transaction(async (tx) => {
        await assertSends(tx, actor, eventId)
        await holdEvent(tx, { eventId, by: actor.userId, at: now() })
        await record(tx, { action: 'messages.held', subject: `event:${eventId}`, by: actor, at: now() })
        return totalsView(tx, eventId)
      }),
  })
  app.route({
    method: 'DELETE',
    url: '/api/events/:eventId/message-hold',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'releaseEventMessages',
      tags,
      summary: '继续发送 · goes on where it stopped',
      params,
      response: { 200: ref(MessageTotals), ...problems },
    },
    handler: async ({ params: { eventId }, actor }) =>
      db.transaction(async (tx) => {
        await assertSends(tx, actor, eventId)
        await release(tx, { target: `event:${eventId}`, by: actor.userId, at: now() })
        await record(tx, { action: 'messages.released', subject: `event:${eventId}`, by: actor, at: now() })
        return totalsView(tx, eventId)
      }),
  })
  app.route({
    method: 'PUT',
    url: '/api/events/:eventId/message-cancellation',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'cancelEventMessages',
      tags,
      summary: '取消发送 · cancels what still waits',
      params,
      body: MessageCancellation,
      response: { 200: CancelledMessages, ...problems },
    },
    handler: async ({ params: { eventId }, body, actor }) =>
      db.transaction(async (tx) => {
        await assertSends(tx, actor, eventId)
        const at = now()
        const cancelled = await cancelMessages(tx, { eventId, kinds: body.kinds, because: 'withdrawn', at })
        const details = { cancelled, ...(body.kinds && { kinds: body.kinds }) }
        await record(tx, {
          action: 'messages.cancelled',
          subject: `event:${eventId}`,
          by: actor,
          at,
          details,
        })
        return { cancelled }
      }),
  })
}

function holdRoutes(app: App, { db, now }: MessagingContext): void {
  app.route({
    method: 'GET',
    url: '/api/message-holds',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'listMessageHolds',
      tags,
      summary: '暂停列表 · what is held: events by a person, providers by a failure',
      response: { 200: HoldList, ...problems },
    },
    handler: async () => ({ items: (await listHolds(db.read)).map(presentHold) }),
  })
  app.route({
    method: 'DELETE',
    url: '/api/message-providers/:provider/hold',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'releaseProvider',
      tags,
      summary: '恢复通道 · the provider was mended; what waits is sent',
      params: Type.Object({ provider: oneOf(providerNames) }),
      response: { 200: HoldList, ...problems },
    },
    handler: async ({ params: { provider }, actor }) => {
      assertEverything(actor, 'messages.send')
      return db.transaction(async (tx) => {
        const target = `provider:${provider}`
        await release(tx, { target, by: actor.userId, at: now() })
        await record(tx, { action: 'messages.released', subject: target, by: actor, at: now() })
        return { items: (await listHolds(tx)).map(presentHold) }
      })
    },
  })
}
