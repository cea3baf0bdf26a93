import Type from 'typebox'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { VisitPage } from '../visits/contract.ts'
import {
  PointChange,
  PointCreation,
  PointPage,
  PointPlacesQuery,
  PointPlacesView,
  PointQuery,
  PointView,
} from './contract.ts'
import { listPoints, placesOfPoints, readPoint } from './point-queries.ts'
import { listPointVisits } from './point-visits.ts'
import { changePoint, closePoint, createPoint } from './save-point.ts'

const tags = ['测评点位 · points']
const params = Type.Object({ pointId: Id })

/** 点位: everybody sees them; they are changed by whoever has their district. */
export function pointRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/points',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'listPoints',
      tags,
      summary: '点位列表 · points, by class, zone, district or unit',
      querystring: PointQuery,
      response: { 200: PointPage, ...problems },
    },
    handler: ({ query, actor }) => listPoints(db.read, { ...query, at: now() }, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/points/places',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'mapPoints',
      tags,
      summary: '点位地图 · where points are, all in one read, by the filters of the list',
      querystring: PointPlacesQuery,
      response: { 200: ref(PointPlacesView), ...problems },
    },
    handler: ({ query }) => placesOfPoints(db.read, { ...query, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/points/:pointId',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'readPoint',
      tags,
      summary: '查看点位 · one point',
      params,
      response: { 200: ref(PointView), ...problems },
    },
    handler: ({ params, actor }) => readPoint(db.read, params.pointId, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/points/:pointId/visits',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'listPointVisits',
      tags,
      summary: '点位走访记录 · who was there, the latest first; of rounds that were shown, and on patrol',
      params,
      querystring: PageQuery,
      response: { 200: VisitPage, ...problems },
    },
    handler: ({ params, query, actor }) => listPointVisits(db.read, { ...params, ...query, reader: actor }),
  })
  app.route({
    method: 'POST',
    url: '/api/points',
    config: { access: 'points.edit' },
    schema: {
      operationId: 'createPoint',
      tags,
      summary: '登记点位 · enter a point',
      headers: OnceKey,
      body: PointCreation,
      response: { 201: ref(PointView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readPoint(tx, await createPoint(tx, { input, by, at: now() }), by),
      )
      return created(reply, `/api/points/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/points/:pointId',
    config: { access: 'points.edit' },
    schema: {
      operationId: 'changePoint',
      tags,
      summary: '修改点位 · change a point (If-Match)',
      params,
      headers: IfMatch,
      body: PointChange,
      response: { 200: ref(PointView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await changePoint(tx, { ...params, version, input, by, at: now() })
        return readPoint(tx, params.pointId, by)
      })
    },
  })
  closureRoutes(app, {
    url: '/api/points/:pointId',
    access: 'points.edit',
    tags,
    params,
    view: PointView,
    close: { operationId: 'closePoint', summary: '停用点位 · close a point: it is drawn no more (If-Match)' },
    reopen: { operationId: 'reopenPoint', summary: '恢复点位 · reopen a point (If-Match)' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closePoint(tx, { ...params, version, closed, by, at: now() })
        return readPoint(tx, params.pointId, by)
      }),
  })
}
