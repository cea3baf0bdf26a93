import Type from 'typebox'
import { reachOf } from '#platform/http/access.ts'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { changeUnit, closeUnit, createUnit } from './change-unit.ts'
import { confirmAlias, forgetAlias } from './confirm-alias.ts'
import { AliasCreation, UnitChange, UnitCreation, UnitPage, UnitQuery, UnitView } from './contract.ts'
import { listUnits, readUnit } from './unit-queries.ts'

const UnitId = Type.Object({ unitId: Id })
const tags = ['单位 · units']

/** Registers the routes of units and their aliases. */
export function unitRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/units',
    config: { access: 'units.read' },
    schema: {
      operationId: 'listUnits',
      tags,
      summary: '查询单位 · Units, by pinyin',
      querystring: UnitQuery,
      response: { 200: UnitPage, ...problems },
    },
    handler: async ({ actor, query }) => listUnits(db.read, reachOf(actor, 'units.read'), query),
  })

  app.route({
    method: 'POST',
    url: '/api/units',
    config: { access: 'units.edit' },
    schema: {
      operationId: 'createUnit',
      tags,
      summary: '新建单位 · Create a unit',
      headers: OnceKey,
      body: UnitCreation,
      response: { 201: ref(UnitView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, body } = request
      const unit = await createOnce(db, request, async (tx) => {
        const unitId = await createUnit(tx, body, { by: actor, at: now() })
        return readUnit(tx, reachOf(actor, 'units.edit'), unitId)
      })
      return created(reply, `/api/units/${unit.id}`, unit)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/units/:unitId',
    config: { access: 'units.read' },
    schema: {
      operationId: 'readUnit',
      tags,
      summary: '单位详情 · A unit',
      params: UnitId,
      response: { 200: ref(UnitView), ...problems },
    },
    handler: async ({ actor, params }) => {
      const unit = await readUnit(db.read, reachOf(actor, 'units.read'), params.unitId)
      return unit
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/units/:unitId',
    config: { access: 'units.edit' },
    schema: {
      operationId: 'changeUnit',
      tags,
      summary: '修改单位；改上级即整体移动 · Change a unit; a new parent moves it with everything below',
      params: UnitId,
      headers: IfMatch,
      body: UnitChange,
      response: { 200: ref(UnitView), ...problems },
    },
    handler: async (request) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const unit = await db.transaction(async (tx) => {
        await changeUnit(tx, { unitId: params.unitId, version, changes: body, by: actor, at: now() })
        return readUnit(tx, reachOf(actor, 'units.edit'), params.unitId)
      })
      return unit
    },
  })

  closureRoutes(app, {
    url: '/api/units/:unitId',
    access: 'units.edit',
    tags,
    params: UnitId,
    view: UnitView,
    close: { operationId: 'closeUnit', summary: '关闭单位 · Close a unit' },
    reopen: { operationId: 'reopenUnit', summary: '恢复单位 · Open a closed unit again' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closeUnit(tx, { ...params, version, closed, by, at: now() })
        return readUnit(tx, reachOf(by, 'units.edit'), params.unitId)
      }),
  })
  aliasRoutes(app, { db, now })
}

function aliasRoutes(app: App, { db, now }: Pick<AppContext, 'db' | 'now'>): void {
  app.route({
    method: 'POST',
    url: '/api/units/:unitId/aliases',
    config: { access: 'units.edit' },
    schema: {
      operationId: 'confirmAlias',
      tags,
      summary: '确认单位别名 · Confirm another name of a unit',
      params: UnitId,
      headers: OnceKey,
      body: AliasCreation,
      response: { 201: ref(UnitView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const reach = reachOf(actor, 'units.edit')
      const unit = await createOnce(db, request, async (tx) => {
        await confirmAlias(tx, { unitId: params.unitId, alias: body.alias, by: actor, at: now() })
        return readUnit(tx, reach, params.unitId)
      })
      return created(reply, `/api/units/${unit.id}`, unit)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/unit-aliases/:aliasId',
    config: { access: 'units.edit' },
    schema: {
      operationId: 'forgetAlias',
      tags,
      summary: '取消单位别名 · Forget another name of a unit',
      params: Type.Object({ aliasId: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      await db.transaction((tx) => forgetAlias(tx, { aliasId: params.aliasId, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}
