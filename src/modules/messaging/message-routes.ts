import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { cancelMessage, optOut, retryMessage } from './change-message.ts'
import type { MessagingContext } from './context.ts'
import { MessagePage, MessageQuery, MessageView, ReceiptList } from './contract.ts'
import { listMessages, listReceipts, readMessage } from './message-queries.ts'
import { presentMessage, presentReceipt } from './present.ts'
import { assertCallsOff } from './reach.ts'

const tags = ['消息 · messages']
const params = Type.Object({ messageId: Id })

/** 消息: routes to read, resend and cancel single messages of the outbox. */
export function messageRoutes(app: App, context: MessagingContext): void {
  readingRoutes(app, context)
  changingRoutes(app, context)
}

function readingRoutes(app: App, { db, keys }: MessagingContext): void {
  app.route({
    method: 'GET',
    url: '/api/messages',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'listMessages',
      tags,
      summary: '消息列表 · messages, the latest first; numbers masked',
      querystring: MessageQuery,
      response: { 200: MessagePage, ...problems },
    },
    handler: async ({ query, actor }) => {
      const { items, nextCursor } = await listMessages(db.read, reachOf(actor, 'messages.read'), query)
      return { items: items.map((each) => presentMessage(keys, each)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/messages/:messageId',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'readMessage',
      tags,
      summary: '查看消息 · one message',
      params,
      response: { 200: ref(MessageView), ...problems },
    },
    handler: async ({ params, actor }) =>
      presentMessage(keys, await readMessage(db.read, reachOf(actor, 'messages.read'), params.messageId)),
  })
  app.route({
    method: 'GET',
    url: '/api/messages/:messageId/receipts',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'listMessageReceipts',
      tags,
      summary: '回执 · what the provider reported, in the order it came',
      params,
      response: { 200: ReceiptList, ...problems },
    },
    handler: async ({ params, actor }) => {
      const { message } = await readMessage(db.read, reachOf(actor, 'messages.read'), params.messageId)
      return { items: (await listReceipts(db.read, message.id)).map(presentReceipt) }
    },
  })
}

function changingRoutes(app: App, { db, keys, now, messaging }: MessagingContext): void {
  app.route({
    method: 'POST',
    url: '/api/messages/:messageId/retries',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'retryMessage',
      tags,
      summary: '重新发送 · sends a failed message again, as a message of its own',
      params,
      headers: OnceKey,
      response: { 201: ref(MessageView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, actor } = request
      const reach = reachOf(actor, 'messages.send')
      const view = await createOnce(db, request, async (tx) => {
        const failed = await readMessage(tx, reach, params.messageId)
        const id = await retryMessage(tx, failed, { by: actor, at: now() })
        return presentMessage(keys, await readMessage(tx, reach, id))
      })
      return created(reply, `/api/messages/${view.id}`, view)
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/messages/:messageId/cancellation',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'cancelMessage',
      tags,
      summary: '取消消息 · cancels a message that still waits',
      params,
      response: { 200: ref(MessageView), ...problems },
    },
    handler: async ({ params: { messageId }, actor }) =>
      db.transaction(async (tx) => {
        const reach = reachOf(actor, 'messages.send')
        const asked = await readMessage(tx, reach, messageId)
        assertCallsOff(reach, messaging.kinds.get(asked.message.kind))
        const cancelled = await cancelMessage(tx, asked, { by: actor, at: now() })
        return presentMessage(keys, await readMessage(tx, reach, cancelled))
      }),
  })
  app.route({
    method: 'PUT',
    url: '/api/messages/:messageId/opt-out',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'optOutReceiver',
      tags,
      summary: '退订 · its receiver wants no more messages',
      params,
      response: { 200: ref(MessageView), ...problems },
    },
    handler: async ({ params: { messageId }, actor }) =>
      db.transaction(async (tx) => {
        const reach = reachOf(actor, 'messages.send')
        const { message } = await readMessage(tx, reach, messageId)
        await optOut(tx, { contactId: message.contactId, reach, by: actor, at: now() })
        return presentMessage(keys, await readMessage(tx, reach, messageId))
      }),
  })
}
