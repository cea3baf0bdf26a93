import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { createStillSignedIn } from '#modules/accounts/index.ts'
import { eventRow } from '#modules/events/index.ts'
import { may } from '#platform/http/access.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf, SimulatedClock } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import {
  InChargeList,
  LiveView,
  PlaceList,
  ScreenCreation,
  ScreenIssued,
  ScreenList,
  ScreenPage,
  StreamQuery,
} from './contract.ts'
import { inChargeOf } from './in-charge.ts'
import { liveOf } from './read-live.ts'
import { issueScreen, openScreen, placesOf, revokeScreen, type ScreenRow, screensOf } from './screens.ts'
import { Streams } from './streams.ts'

const tags = ['实时 · live']
const ofEvent = Type.Object({ eventId: Id })
const ofScreen = Type.Object({ token: Type.String({ maxLength: 40 }) })

export const eventStream = 'text/event-stream'
/** Server-sent events: `snapshot` with everything, then `change` with what differs; both in the shape of `Live`. */
const Stream = Type.Unsafe<Readable>({ type: 'string', format: 'binary' })
/** The id of the event that was read last; the stream goes on from there where it can. */
const LastId = Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 100 })) })

/** 实时到岗: figures of an event as they change, and the screens that show them. */
export function liveRoutes(app: App, context: AppContext): void {
  const streams = new Streams(context)
  // Before the server waits for open connections: whoever reads comes back to another process, or later.
  app.addHook('preClose', async () => streams.endAll())
  watchingRoutes(app, context, streams)
  inChargeRoute(app, context)
  screenRoutes(app, context)
  shownRoutes(app, context, streams)
}

/** Milliseconds in which a reader takes the rest of a stream that has ended. */
const hangUpMs = 5_000

function sendStream(reply: FastifyReply, stream: Readable) {
  stream.once('end', () => {
    const hangUp = () => reply.raw.writableFinished || reply.raw.destroy()
    setTimeout(hangUp, hangUpMs).unref()
  })
  return (
    reply
      .type(eventStream)
      .header('cache-control', 'no-store, no-transform')
      .header('x-accel-buffering', 'no')
      // A reader who stopped reading keeps no connection after the stream has ended.
      .header('connection', 'close')
      .send(stream)
  )
}

function watchingRoutes(app: App, context: AppContext, streams: Streams): void {
  const { db, now } = context
  const stillSignedIn = createStillSignedIn(context)
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/live',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'readLive',
      tags,
      summary: '实时到岗 · how an event stands now: counts, never names',
      params: ofEvent,
      response: { 200: ref(LiveView), ...problems },
    },
    handler: async ({ params: { eventId } }) => {
      await eventRow(db.read, eventId)
      return liveOf(db.read, { eventId, now: now() })
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/stream',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'streamLive',
      tags,
      summary: '实时推送 · the same as it changes, as server-sent events; ends with the session or the right',
      params: ofEvent,
      querystring: StreamQuery,
      headers: LastId,
      produces: [eventStream],
      response: { 200: Stream, ...problems },
    },
    handler: async (request, reply) => {
      const { eventId } = request.params
      await eventRow(db.read, eventId)
      const holds = async () => {
        const actor = await stillSignedIn(request)
        return actor !== null && may(actor, 'reports.read')
      }
      const right = { key: `session/${request.actor.sessionId}`, holds }
      const lastId = request.headers['last-event-id']
      return sendStream(reply, await streams.open({ eventId, lastId, right, seconds: request.query.seconds }))
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/places',
    config: { access: 'reports.read' },
    schema: {
      operationId: 'listLivePlaces',
      tags,
      summary: '活动网格位置 · where the zones of an event lie; school zones are not among them',
      params: ofEvent,
      response: { 200: ref(PlaceList), ...problems },
    },
    handler: async ({ params: { eventId } }) => {
      await eventRow(db.read, eventId)
      return { items: await placesOf(db.read, eventId) }
    },
  })
}

function inChargeRoute(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/zones/:zoneId/in-charge',
    config: { access: 'attendance.read' },
    schema: {
      operationId: 'readInCharge',
      tags,
      summary: '现场负责人电话 · who is in charge in a zone, with the number volunteers were given',
      params: Type.Object({ eventId: Id, zoneId: Id }),
      response: { 200: ref(InChargeList), ...problems },
    },
    handler: async ({ params, actor: by }) => {
      const found = await db.transaction((tx) => inChargeOf(tx, keys, { ...params, by, at: now() }))
      return {
        items: found.map(({ shift: { id, work, startsAt, endsAt }, people }) => ({
          shiftId: id,
          work,
          startsAt: isoOf(startsAt),
          endsAt: isoOf(endsAt),
          people,
        })),
      }
    },
  })
}

function presentScreen({ id, eventId, name, createdAt, revokedAt }: ScreenRow) {
  return { id, eventId, name, createdAt: isoOf(createdAt), revokedAt: revokedAt && isoOf(revokedAt) }
}

function screenRoutes(app: App, { db, keys, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/events/:eventId/screens',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'issueScreen',
      tags,
      summary:
        '新建大屏链接 · a link that shows the figures on a screen, without names and without signing in',
      params: ofEvent,
      headers: OnceKey,
      body: ScreenCreation,
      response: { 201: ref(ScreenIssued), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body, actor } = request
      const view = await createOnce(db, request, async (tx) => {
        const { row, token } = await issueScreen(tx, keys, { ...params, ...body, by: actor, at: now() })
        return { ...presentScreen(row), url: new URL(`/screen/${token}`, config.publicUrl).href }
      })
      return created(reply, `/api/screens/${view.id}`, view)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/screens',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'listScreens',
      tags,
      summary: '大屏链接列表 · the screens of an event that are not revoked',
      params: ofEvent,
      response: { 200: ref(ScreenList), ...problems },
    },
    handler: async ({ params, actor }) => ({
      items: (await screensOf(db.read, params.eventId, actor)).map(presentScreen),
    }),
  })
  app.route({
    method: 'DELETE',
    url: '/api/screens/:screenId',
    config: { access: 'events.edit' },
    schema: {
      operationId: 'revokeScreen',
      tags,
      summary: '收回大屏链接 · the screen goes dark within three seconds',
      params: Type.Object({ screenId: Id }),
      response: { 204: { type: 'null' }, ...problems },
    },
    handler: async ({ params, actor }, reply) => {
      await db.transaction((tx) => revokeScreen(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}

/** What the holder of a screen's link sees. */
function shownRoutes(app: App, context: AppContext, streams: Streams): void {
  const { db, keys, now, clock, build } = context
  const opened = (token: string) => openScreen(db.read, keys, { token, now: now() })
  app.route({
    method: 'GET',
    url: '/api/screen/:token',
    config: { access: 'screen' },
    schema: {
      operationId: 'readScreen',
      tags,
      summary: '大屏 · the event, its zones on the map and its figures; never a name of a person',
      params: ofScreen,
      response: { 200: ref(ScreenPage), ...problems },
    },
    handler: async ({ params: { token } }) => {
      const { event, organiser } = await opened(token)
      const { id: eventId, name, theme, timeZone, startsAt, endsAt } = event
      return {
        event: { name, theme, organiser, timeZone, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) },
        places: await placesOf(db.read, eventId),
        live: await liveOf(db.read, { eventId, now: now() }),
        simulated: clock instanceof SimulatedClock,
        build: build(),
      }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/screen/:token/stream',
    config: { access: 'screen' },
    schema: {
      operationId: 'streamScreen',
      tags,
      summary: '大屏实时推送 · its figures as they change; ends when the link is revoked',
      params: ofScreen,
      querystring: StreamQuery,
      headers: LastId,
      produces: [eventStream],
      response: { 200: Stream, ...problems },
    },
    handler: async (request, reply) => {
      const { token } = request.params
      const { event } = await opened(token)
      const holds = () =>
        opened(token).then(
          () => true,
          () => false,
        )
      const right = { key: `screen/${token}`, holds }
      const lastId = request.headers['last-event-id']
      const { seconds } = request.query
      return sendStream(reply, await streams.open({ eventId: event.id, lastId, right, seconds }))
    },
  })
}
