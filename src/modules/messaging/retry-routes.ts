import Type from 'typebox'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import { isoOf } from '#platform/time.ts'
import type { MessagingContext } from './context.ts'
import { MessageRetryPreview, MessageRetrySpec, MessageTotals } from './contract.ts'
import { retryMany } from './retry-many.ts'
import { totalsView } from './totals-view.ts'

const tags = ['消息 · messages']
const params = Type.Object({ eventId: Id })

/** 批量重发: routes to look at and to send again what failed, by state, reason and kind. */
export function retryRoutes(app: App, { db, now }: MessagingContext): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/message-retries/preview',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'previewMessageRetries',
      tags,
      summary: '预览批量重发 · which failed messages would be sent again, by reason; changes nothing',
      params,
      body: MessageRetrySpec,
      response: { 200: ref(MessageRetryPreview), ...problems },
    },
    handler: async ({ params: { eventId }, body, actor: by }) => {
      const asked = { subject: `event:${eventId}`, spec: { ...body, eventId }, by, at: now() }
      const { token, expiresAt, failed } = await previewAct(db, retryMany, asked)
      const twice = failed.filter(({ state }) => state === 'unknown').length
      return { token, expiresAt: isoOf(expiresAt), messages: failed.length, perhapsTwice: twice }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/message-retries',
    config: { access: 'messages.send' },
    schema: {
      operationId: 'retryMessages',
      tags,
      summary: '批量重发 · send again exactly what was previewed (token)',
      params,
      body: ref(Performance),
      response: { 200: ref(MessageTotals), ...problems },
    },
    handler: async ({ params: { eventId }, body: { token }, actor: by }) =>
      db.transaction(async (tx) => {
        await performAct(tx, retryMany, { subject: `event:${eventId}`, token, by, at: now() })
        return totalsView(tx, eventId)
      }),
  })
}
