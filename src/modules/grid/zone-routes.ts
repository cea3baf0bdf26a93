import Type from 'typebox'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeZone, closeZone, createZone } from './change-zone.ts'
import {
  DistrictList,
  MapQuery,
  ZoneChange,
  ZoneCreation,
  ZoneDetail,
  ZoneFeatures,
  ZonePage,
  ZoneQuery,
} from './contract.ts'
import { districtNames } from './district-names.ts'
import { listZones, readZone, zoneFeatures } from './zone-queries.ts'

const ZoneId = Type.Object({ zoneId: Id })
const tags = ['区域 · zones']

/** A boundary of 5,000 positions is some 250 KB of JSON. */
const bodyBytesMax = 2 * 1024 * 1024

/** 区域: routes to read, edit, close and reopen zones. */
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
    url: '/api/districts',
    config: { access: 'grid.read' },
    schema: {
      operationId: 'listDistricts',
      tags,
      summary: '县区列表 · Districts and counties by code, to choose from',
      response: { 200: DistrictList, ...problems },
    },
    handler: async () => ({ items: await districtNames(db.read) }),
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
        // The schema does not describe coordinates, so `JSON.stringify` replaces the serializer made from the schema.
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
    handler: ({ actor, params }) => readZone(db.read, params.zoneId, actor),
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
      headers: OnceKey,
      body: ZoneCreation,
      response: { 201: ref(ZoneDetail), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const zone = await createOnce(db, request, async (tx) =>
        readZone(tx, await createZone(tx, body, { by: actor, at: now() }), actor),
      )
      return created(reply, `/api/zones/${zone.id}`, zone)
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
      headers: IfMatch,
      body: ZoneChange,
      response: { 200: ref(ZoneDetail), ...problems },
    },
    handler: async (request) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const zone = await db.transaction(async (tx) => {
        await changeZone(tx, { ...params, version, changes: body, by: actor, at: now() })
        return readZone(tx, params.zoneId, actor)
      })
      return zone
    },
  })
}

function closingRoutes(app: App, { db, now }: AppContext): void {
  closureRoutes(app, {
    url: '/api/zones/:zoneId',
    access: 'grid.edit',
    tags,
    params: ZoneId,
    view: ZoneDetail,
    close: { operationId: 'closeZone', summary: '关闭区域 · Close a zone' },
    reopen: { operationId: 'reopenZone', summary: '恢复区域 · Open a closed zone again' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closeZone(tx, { ...params, version, closed, by, at: now() })
        return readZone(tx, params.zoneId, by)
      }),
  })
}
