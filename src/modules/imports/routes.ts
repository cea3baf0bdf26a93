import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { askToCommit } from './commit/commit-import.ts'
import { undoImport } from './commit/undo-import.ts'
import {
  Decisions,
  ImportDecisionPage,
  ImportDecisionQuery,
  ImportPage,
  ImportRowPage,
  ImportRowQuery,
  ImportView,
} from './contract.ts'
import { gatedReachOf } from './gate.ts'
import type { SheetRegister } from './judge/register.ts'
import { headingsOf } from './read/headings.ts'
import { receiveImport, receiveUpload } from './read/receive-import.ts'
import { importUploads } from './read/upload.ts'
import { decide } from './review/decide.ts'
import { findImport, listDecisions, listImports, listRows, readImport } from './review/queries.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { tableRoutes } from './table-routes.ts'
import { workbookRoutes } from './workbook-routes.ts'

const tags = ['导入 · imports']
const access = 'imports.run'
const ImportId = Type.Object({ importId: Id })

/** The view of an import for the current user, in their language. */
async function show(
  reader: Reader,
  { db, keys }: Pick<AppContext, 'db' | 'keys'>,
  request: FastifyRequest,
  importId: string,
) {
  const row = await findImport(reader, request.actor, importId)
  const { refusalTexts: texts } = request.server
  return readImport(reader, { db, keys, language: languageOf(request), texts }, row)
}

interface ImportContext extends AppContext {
  registers: readonly SheetRegister[]
}

/** @param registers the import registers, in the order in which their rows are judged */
export function importRoutes(app: App, context: AppContext, registers: readonly SheetRegister[]): void {
  const importing = { ...context, registers }
  uploadRoutes(app, importing)
  reviewRoutes(app, importing)
  sheetRoutes(app, importing)
  commitRoutes(app, importing)
  workbookRoutes(app, { ...context, headings: headingsOf(registers) })
  tableRoutes(app, context)
}

function uploadRoutes(app: App, { db, keys, now, registers }: ImportContext): void {
  app.route({
    method: 'POST',
    url: '/api/imports',
    config: { access },
    schema: {
      operationId: 'startImport',
      tags,
      summary: '上传名单文件 · Upload lists (multipart/form-data, many files)',
      consumes: ['multipart/form-data'],
      headers: OnceKey,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const upload = await receiveUpload({ db, keys, now }, importUploads(request))
      // The body is what an Idempotency-Key was used for: with other files it is refused.
      request.body = upload.digests
      let view: Static<typeof ImportView> | undefined
      try {
        view = await createOnce(db, request, async (tx) => {
          const reach = gatedReachOf(request.actor, registers)
          await receiveImport(tx, upload, { reach, by: request.actor, at: now() })
          return show(tx, { db, keys }, request, upload.importId)
        })
      } finally {
        // Refused, or asked for again: then the import of the first time is answered.
        if (view?.id !== upload.importId) await upload.writer.discard()
      }
      return reply.status(202).header('location', `/api/imports/${view.id}`).send(view)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/imports',
    config: { access },
    schema: {
      operationId: 'listImports',
      tags,
      summary: '导入记录 · Imports, the latest first',
      querystring: PageQuery,
      response: { 200: ImportPage, ...problems },
    },
    handler: async ({ actor, query }) => listImports(db.read, keys, actor, query),
  })

  app.route({
    method: 'GET',
    url: '/api/imports/:importId',
    config: { access },
    schema: {
      operationId: 'readImport',
      tags,
      summary: '导入进度与结果 · An import: how far it is, and what was found',
      params: ImportId,
      response: { 200: ref(ImportView), ...problems },
    },
    handler: async (request) => {
      return show(db.read, { db, keys }, request, request.params.importId)
    },
  })
}

function reviewRoutes(app: App, { db, keys, now, registers }: ImportContext): void {
  app.route({
    method: 'GET',
    url: '/api/imports/:importId/rows',
    config: { access },
    schema: {
      operationId: 'listImportRows',
      tags,
      summary: '逐行核对结果 · The rows and what is said about each',
      params: ImportId,
      querystring: ImportRowQuery,
      response: { 200: ImportRowPage, ...problems },
    },
    handler: async (request) => {
      const row = await findImport(db.read, request.actor, request.params.importId)
      return listRows(db.read, keys, row, request.query, languageOf(request))
    },
  })

  app.route({
    method: 'GET',
    url: '/api/imports/:importId/decisions',
    config: { access },
    schema: {
      operationId: 'listImportDecisions',
      tags,
      summary: '待人工确认的问题 · What only a person can decide',
      params: ImportId,
      querystring: ImportDecisionQuery,
      response: { 200: ImportDecisionPage, ...problems },
    },
    handler: async ({ actor, params, query }) =>
      listDecisions(db.read, keys, await findImport(db.read, actor, params.importId), query),
  })

  app.route({
    method: 'POST',
    url: '/api/imports/:importId/decisions',
    config: { access },
    schema: {
      operationId: 'decideImport',
      tags,
      summary: '确认 · Answer; names of units are remembered, and the rows judged again',
      params: ImportId,
      headers: OnceKey,
      body: Decisions,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const view = await createOnce(db, request, async (tx) => {
        const row = await findImport(tx, actor, params.importId)
        await decide(tx, { row, keys, registers, decisions: body, by: actor, at: now() })
        return show(tx, { db, keys }, request, params.importId)
      })
      return reply.status(202).send(view)
    },
  })
}

function commitRoutes(app: App, { db, keys, now, registers }: ImportContext): void {
  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/commit',
    config: { access },
    schema: {
      operationId: 'commitImport',
      tags,
      summary: '入库：有效行全部写入，否则全部收回 · Write the valid rows: all of them, or none',
      params: ImportId,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params } = request
      const view = await db.transaction(async (tx) => {
        const row = await findImport(tx, actor, params.importId)
        await askToCommit(tx, { row, registers, by: actor, at: now() })
        return show(tx, { db, keys }, request, params.importId)
      })
      return reply.status(202).send(view)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/imports/:importId/commit',
    config: { access },
    schema: {
      operationId: 'undoImport',
      tags,
      summary: '撤销入库，恢复原状 · Undo: everything becomes what it was',
      params: ImportId,
      response: { 200: ref(ImportView), ...problems },
    },
    handler: async (request) => {
      const { actor, params } = request
      const row = await findImport(db.read, actor, params.importId)
      await undoImport({ db, keys, now }, registers, { row, by: actor })
      return show(db.read, { db, keys }, request, params.importId)
    },
  })
}
