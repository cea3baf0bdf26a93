import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import {
  StandardChange,
  StandardCreation,
  StandardPage,
  StandardQuery,
  StandardUnits,
  StandardView,
} from './contract.ts'
import { assignStandard, changeStandard, createStandard, deleteStandard } from './save-standard.ts'
import { listStandards, readStandard } from './standard-queries.ts'

const tags = ['测评标准 · standards']
const ofScheme = Type.Object({ schemeId: Id })
const params = Type.Object({ standardId: Id })

/** 测评标准, and who answers for each where. */
export function standardRoutes(app: App, context: AppContext): void {
  listingRoutes(app, context)
  changingRoutes(app, context)
}

function listingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/schemes/:schemeId/standards',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'listStandards',
      tags,
      summary:
        '标准与责任分工 · the standards of a scheme in their order, with who leads and supports each where',
      params: ofScheme,
      querystring: StandardQuery,
      response: { 200: StandardPage, ...problems },
    },
    handler: ({ params, query, actor }) => listStandards(db.read, params.schemeId, query, actor),
  })
  app.route({
    method: 'POST',
    url: '/api/schemes/:schemeId/standards',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'createStandard',
      tags,
      summary: '新建测评标准 · write a standard into a scheme that is not published',
      params: ofScheme,
      headers: OnceKey,
      body: StandardCreation,
      response: { 201: ref(StandardView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readStandard(tx, await createStandard(tx, { ...params, input, by, at: now() }), by),
      )
      return created(reply, `/api/schemes/${view.schemeId}/standards`, view)
    },
  })
}

function changingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'PATCH',
    url: '/api/standards/:standardId',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'changeStandard',
      tags,
      summary: '修改测评标准 · change a standard of a scheme that is not published (If-Match)',
      params,
      headers: IfMatch,
      body: StandardChange,
      response: { 200: ref(StandardView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await changeStandard(tx, { ...params, version, input, by, at: now() })
        return readStandard(tx, params.standardId, by)
      })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/standards/:standardId/units',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'assignStandard',
      tags,
      summary: '责任分工 · say who leads and supports a standard in which district (If-Match)',
      params,
      headers: IfMatch,
      body: StandardUnits,
      response: { 200: ref(StandardView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await assignStandard(tx, { ...params, version, input, by, at: now() })
        return readStandard(tx, params.standardId, by)
      })
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/standards/:standardId',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'deleteStandard',
      tags,
      summary: '删除测评标准 · take a standard out of a scheme that is not published (If-Match)',
      params,
      headers: IfMatch,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const version = requireIfMatch(request)
      const { params, actor: by } = request
      await db.transaction((tx) => deleteStandard(tx, { ...params, version, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}
