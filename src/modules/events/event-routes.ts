import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeEvent } from './change-event.ts'
import {
  Cancellation,
  DemandFigures,
  EventChange,
  EventCopied,
  EventCopy,
  EventCreation,
  EventDetail,
  EventPage,
  EventQuery,
  PublicationCheck,
} from './contract.ts'
import { copyEvent } from './copy-event.ts'
import { createEvent } from './create-event.ts'
import { demandFigures } from './demand.ts'
import { cancelEvent, closeEvent } from './end-event.ts'
import { eventRow, fullEvent, listEvents } from './event-queries.ts'
import { presentEvent, presentEventDetail } from './present.ts'
import { checkPublication, publishEvent } from './publish-event.ts'

const tags = ['活动 · events']
const params = Type.Object({ eventId: Id })

/** 活动: routes to read, create, change, publish, close and cancel events. */
export function eventRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  stateRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events',
    config: { access: 'events.read' },
    schema: {
      operationId: 'listEvents',
      tags,
      summary: '活动列表 · events, the latest first',
      querystring: EventQuery,
      response: { 200: EventPage, ...problems },
    },
    handler: async ({ query }) => {
      const { items, nextCursor } = await listEvents(db.read, query)
      return { items: items.map(presentEvent), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readEvent',
      tags,
      summary: '查看活动 · one event',
      params,
      response: { 200: ref(EventDetail), ...problems },
    },
    handler: async ({ params, actor }) => {
      const view = presentEventDetail(await fullEvent(db.read, params.eventId), actor)
      return view
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/publication-check',
    config: { access: 'events.read' },
    schema: {
      operationId: 'checkPublication',
      tags,
      summary: '发布前检查 · what still stands in the way of publishing',
      params,
      response: { 200: ref(PublicationCheck), ...problems },
    },
    handler: async ({ params }) => checkPublication(db.read, await eventRow(db.read, params.eventId), now()),
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/demand',
    config: { access: 'events.read' },
    schema: {
      operationId: 'readDemand',
      tags,
      summary: '需求汇总 · demand by district, kind of zone and zone',
      params,
      response: { 200: ref(DemandFigures), ...problems },
    },
    handler: async ({ params }) => {
      await eventRow(db.read, params.eventId)
      return demandFigures(db.read, params.eventId)
    },
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/events',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'createEvent',
      tags,
      summary: '新建活动草稿 · open a draft',
      headers: OnceKey,
      body: EventCreation,
      response: { 201: ref(EventDetail), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        presentEventDetail(await createEvent(tx, { input, by, at: now() }), by),
      )
      return created(reply, `/api/events/${view.id}`, view)
    },
  })
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/copies',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'copyEvent',
      tags,
      summary: '复制活动 · a draft like this event at another time, with its shifts and nobody on them',
      params,
      headers: OnceKey,
      body: EventCopy,
      response: { 201: ref(EventCopied), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) => {
        const { full, leftOut } = await copyEvent(tx, { eventId: params.eventId, input, by, at: now() })
        return { event: presentEventDetail(full, by), leftOut }
      })
      return created(reply, `/api/events/${view.event.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/events/:eventId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'changeEvent',
      tags,
      summary: '修改活动 · change an event (If-Match)',
      params,
      headers: IfMatch,
      body: EventChange,
      response: { 200: ref(EventDetail), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const changed = await db.transaction((tx) =>
        changeEvent(tx, { eventId: params.eventId, version, input, by, at: now() }),
      )
      return presentEventDetail(changed, by)
    },
  })
}

function stateRoutes(app: App, { db, now }: AppContext): void {
  const states = [
    ['publication', 'publishEvent', '发布活动 · publish', publishEvent],
    ['closure', 'closeEvent', '结束活动 · close', closeEvent],
  ] as const
  for (const [state, operationId, summary, become] of states) {
    app.route({
      method: 'PUT',
      url: `/api/events/:eventId/${state}`,
      config: { access: 'events.publish' },
      schema: { operationId, tags, summary, params, response: { 200: ref(EventDetail), ...problems } },
      handler: async ({ params, actor: by }) => {
        const { eventId } = params
        const event = await db.transaction((tx) => become(tx, { eventId, by, at: now() }))
        return presentEventDetail(event, by)
      },
    })
  }
  app.route({
    method: 'PUT',
    url: '/api/events/:eventId/cancellation',
    config: { access: 'events.publish' },
    schema: {
      operationId: 'cancelEvent',
      tags,
      summary: '取消活动 · call the event off',
      params,
      body: Cancellation,
      response: { 200: ref(EventDetail), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const { eventId } = params
      const event = await db.transaction((tx) =>
        cancelEvent(tx, { eventId, reason: body.reason, by, at: now() }),
      )
      return presentEventDetail(event, by)
    },
  })
}
