import Type from 'typebox'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeZone, closeZone, createZone } from './change-zone.ts'
import {
  MapQuery,
  ZoneChange,
  ZoneCreation,
  ZoneDetail,
  ZoneFeatures,
  ZonePage,
  ZoneQuery,
} from './contract.ts'
import { listZones, readZone, zoneFeatures } from './zone-queries.ts'

const ZoneId = Type.Object({ zoneId: Id })
const tags = ['区域 · zones']

/** A boundary of 5,000 positions is some 250 KB of JSON. */
const bodyBytesMax = 2 * 1024 * 1024

export function zoneRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  closingRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/zones',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'listZones',
      tags,
      summary: '查询区域 · Zones, by pinyin',
      querystring: ZoneQuery,
      response: { 200: ZonePage, ...problems },
    },
    handler: async ({ query }) => listZones(db.read, query),
  })

  app.route({
    method: 'GET',
    url: '/api/zones.geojson',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'mapZones',
      tags,
      summary: '区域边界，GeoJSON · Zones as GeoJSON, within a box',
      querystring: MapQuery,
      response: { 200: ref(ZoneFeatures), ...problems },
    },
    handler: async ({ query }, reply) =>
      reply
        .type('application/geo+json; charset=utf-8')
        // A boundary is anything a file held: `JSON.stringify` is what writes it as it is.
        .serializer((body: unknown) => JSON.stringify(body))
        .send(await zoneFeatures(db.read, query)),
  })

  app.route({
    method: 'GET',
    url: '/api/zones/:zoneId',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'readZone',
      tags,
      summary: '区域详情及边界 · A zone with its boundary',
      params: ZoneId,
      response: { 200: ref(ZoneDetail), ...problems },
    },
    handler: async ({ params }, reply) => {
      const zone = await readZone(db.read, params.zoneId)
      return reply.header('etag', etagOf(zone.version)).send(zone)
    },
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/zones',
    config: { access: 'grid.edit' },
    bodyLimit: bodyBytesMax,
    schema: {
      operationId: 'createZone',
      tags,
      summary: '新建区域 · Create a zone',
      body: ZoneCreation,
      response: { 201: ref(ZoneDetail), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const zone = await createOnce(db, request, async (tx) =>
        readZone(tx, await createZone(tx, body, { by: actor, at: now() })),
      )
      return reply.status(201).header('etag', etagOf(zone.version)).send(zone)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/zones/:zoneId',
    config: { access: 'grid.edit' },
    bodyLimit: bodyBytesMax,
    schema: {
      operationId: 'changeZone',
      tags,
      summary: '修改区域或边界 · Change a zone or its boundary',
      params: ZoneId,
      body: ZoneChange,
      response: { 200: ref(ZoneDetail), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const zone = await db.transaction(async (tx) => {
        await changeZone(tx, { ...params, version, changes: body, by: actor, at: now() })
        return readZone(tx, params.zoneId)
      })
      return reply.header('etag', etagOf(zone.version)).send(zone)
    },
  })
}

function closingRoutes(app: App, { db, now }: AppContext): void {
  for (const [method, closed] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/api/zones/:zoneId/closure',
      config: { access: 'grid.edit' },
      schema: {
        operationId: closed ? 'closeZone' : 'reopenZone',
        tags,
        summary: closed ? '关闭区域 · Close a zone' : '恢复区域 · Open a closed zone again',
        params: ZoneId,
        response: { 200: ref(ZoneDetail), ...problems },
      },
      handler: async (request, reply) => {
        const { actor, params } = request
        const version = requireIfMatch(request)
        const zone = await db.transaction(async (tx) => {
          await closeZone(tx, { ...params, version, closed, by: actor, at: now() })
          return readZone(tx, params.zoneId)
        })
        return reply.header('etag', etagOf(zone.version)).send(zone)
      },
    })
  }
}
