import Type from 'typebox'
import { closureRoutes } from '#platform/http/closure.ts'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { SchemeChange, SchemeCreation, SchemePage, SchemeQuery, SchemeView } from './contract.ts'
import { changeScheme, closeScheme, copyScheme, createScheme, publishScheme } from './save-scheme.ts'
import { listSchemes, readScheme } from './scheme-queries.ts'

const tags = ['测评标准 · standards']
const params = Type.Object({ schemeId: Id })

/** 测评体系 and their editions. */
export function schemeRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  publishingRoutes(app, context)
}

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/schemes',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'listSchemes',
      tags,
      summary: '测评体系列表 · schemes, each edition by itself; drafts for whoever writes them',
      querystring: SchemeQuery,
      response: { 200: SchemePage, ...problems },
    },
    handler: ({ query, actor }) => listSchemes(db.read, query, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/schemes/:schemeId',
    config: { access: 'schemes.read' },
    schema: {
      operationId: 'readScheme',
      tags,
      summary: '查看测评体系 · one scheme',
      params,
      response: { 200: ref(SchemeView), ...problems },
    },
    handler: ({ params, actor }) => readScheme(db.read, params.schemeId, actor),
  })
}

function editingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/schemes',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'createScheme',
      tags,
      summary: '新建测评体系 · begin a scheme',
      headers: OnceKey,
      body: SchemeCreation,
      response: { 201: ref(SchemeView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readScheme(tx, await createScheme(tx, { input, by, at: now() }), by),
      )
      return created(reply, `/api/schemes/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/schemes/:schemeId',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'changeScheme',
      tags,
      summary: '修改测评体系 · change a scheme that is not published (If-Match)',
      params,
      headers: IfMatch,
      body: SchemeChange,
      response: { 200: ref(SchemeView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await changeScheme(tx, { ...params, version, input, by, at: now() })
        return readScheme(tx, params.schemeId, by)
      })
    },
  })
  app.route({
    method: 'POST',
    url: '/api/schemes/:schemeId/editions',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'copyScheme',
      tags,
      summary: '新编一版 · begin the next edition as a copy, with its standards and who answers for them',
      params,
      headers: OnceKey,
      response: { 201: ref(SchemeView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, actor: by } = request
      const view = await createOnce(db, request, async (tx) =>
        readScheme(tx, await copyScheme(tx, { ...params, by, at: now() }), by),
      )
      return created(reply, `/api/schemes/${view.id}`, view)
    },
  })
}

function publishingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/schemes/:schemeId/publication',
    config: { access: 'schemes.edit' },
    schema: {
      operationId: 'publishScheme',
      tags,
      summary: '发布测评体系 · publish a scheme; afterwards it never changes (If-Match)',
      params,
      headers: IfMatch,
      response: { 200: ref(SchemeView), ...problems },
    },
    handler: async (request) => {
      const { params, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await publishScheme(tx, { ...params, version, by, at: now() })
        return readScheme(tx, params.schemeId, by)
      })
    },
  })
  closureRoutes(app, {
    url: '/api/schemes/:schemeId',
    access: 'schemes.edit',
    tags,
    params,
    view: SchemeView,
    close: { operationId: 'closeScheme', summary: '停用测评体系 · take a scheme out of use (If-Match)' },
    reopen: { operationId: 'reopenScheme', summary: '恢复测评体系 · take it back into use (If-Match)' },
    change: ({ params, version, closed, by }) =>
      db.transaction(async (tx) => {
        await closeScheme(tx, { ...params, version, closed, by, at: now() })
        return readScheme(tx, params.schemeId, by)
      }),
  })
}
