import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce } from '#platform/http/idempotency.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { oneOf } from '../vocabulary.ts'
import { askToCommit } from './commit-import.ts'
import {
  Decisions,
  Headings,
  ImportDecisionPage,
  ImportPage,
  ImportRowPage,
  ImportRowQuery,
  ImportView,
} from './contract.ts'
import { correctHeadings } from './correct-headings.ts'
import { decide } from './decide.ts'
import { errorSheet } from './error-sheet.ts'
import { findImport, listDecisions, listImports, listRows, readImport } from './queries.ts'
import { receiveImport, sealUpload } from './receive-import.ts'
import { templateOf } from './templates.ts'
import { undoImport } from './undo-import.ts'
import { readUploads } from './upload.ts'
import { listKinds } from './words.ts'

const tags = ['导入 · imports']
const access = 'imports.run'
const ImportId = Type.Object({ importId: Id })
const Lang = Type.Object({ lang: Type.Optional(oneOf({ zh: 1, en: 1 })) })
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const Xlsx = {
  description: 'xlsx',
  content: { [xlsxType]: { schema: Type.String({ format: 'binary' }) } },
} as const

export function importRoutes(app: App, context: AppContext): void {
  uploadRoutes(app, context)
  reviewRoutes(app, context)
  commitRoutes(app, context)
  workbookRoutes(app, context)
}

function uploadRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/imports',
    config: { access },
    schema: {
      operationId: 'startImport',
      tags,
      summary: '上传名单文件 · Upload lists (multipart/form-data, many files)',
      consumes: ['multipart/form-data'],
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const sealed = await sealUpload(keys, await readUploads(request))
      const view = await createOnce(db, request, async (tx) => {
        await receiveImport(tx, sealed, { by: request.actor, at: now() })
        return readImport(tx, db, keys, await findImport(tx, request.actor, sealed.importId))
      })
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
    handler: async ({ actor, query }) => listImports(db.read, actor, query),
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
    handler: async ({ actor, params }) =>
      readImport(db.read, db, keys, await findImport(db.read, actor, params.importId)),
  })
}

function reviewRoutes(app: App, { db, keys, now }: AppContext): void {
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
      querystring: PageQuery,
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
      body: Decisions,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const view = await createOnce(db, request, async (tx) => {
        const row = await findImport(tx, actor, params.importId)
        await decide(tx, { row, keys, decisions: body, by: actor, at: now() })
        return readImport(tx, db, keys, await findImport(tx, actor, params.importId))
      })
      return reply.status(202).send(view)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/sheets/:sheetId/headings',
    config: { access },
    schema: {
      operationId: 'correctImportHeadings',
      tags,
      summary: '更正表头识别 · Say what the columns of a sheet mean',
      params: Type.Object({ importId: Id, sheetId: Id }),
      body: Headings,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const version = requireIfMatch(request)
      const view = await db.transaction(async (tx) => {
        const row = await findImport(tx, actor, params.importId)
        const { sheetId } = params
        await correctHeadings(tx, { row, sheetId, version, headings: body, keys, by: actor, at: now() })
        return readImport(tx, db, keys, await findImport(tx, actor, params.importId))
      })
      return reply
        .status(202)
        .header('etag', etagOf(version + 1))
        .send(view)
    },
  })
}

function commitRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/commit',
    config: { access },
    schema: {
      operationId: 'commitImport',
      tags,
      summary: '入库:有效行一次写入 · Write the valid rows, all in one transaction',
      params: ImportId,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async ({ actor, params }, reply) => {
      const view = await db.transaction(async (tx) => {
        await findImport(tx, actor, params.importId)
        await askToCommit(tx, { importId: params.importId, by: actor, at: now() })
        return readImport(tx, db, keys, await findImport(tx, actor, params.importId))
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
      summary: '撤销入库,恢复原状 · Undo: everything becomes what it was',
      params: ImportId,
      response: { 200: ref(ImportView), ...problems },
    },
    handler: async ({ actor, params }) =>
      db.transaction(
        async (tx) => {
          await findImport(tx, actor, params.importId)
          await undoImport(tx, { importId: params.importId, keys, by: actor, at: now() })
          return readImport(tx, db, keys, await findImport(tx, actor, params.importId))
        },
        { large: true },
      ),
  })
}

function workbookRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/imports/:importId/errors.xlsx',
    config: { access },
    schema: {
      operationId: 'downloadImportErrors',
      tags,
      summary: '错误表 · The rows that are not taken, with reasons, to give back',
      params: ImportId,
      querystring: Lang,
      response: { 200: Xlsx, ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params } = request
      const row = await findImport(db.read, actor, params.importId)
      const made = await errorSheet(db.read, keys, row, languageOf(request))
      await db.transaction((tx) =>
        record(tx, { action: 'import.errors_downloaded', subject: `import:${row.id}`, by: actor, at: now() }),
      )
      return reply
        .type(xlsxType)
        .header('content-disposition', `attachment; filename="errors-${row.id}.xlsx"`)
        .header('cache-control', 'no-store')
        .send(made as never)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/import-templates/:kind.xlsx',
    config: { access },
    schema: {
      operationId: 'downloadImportTemplate',
      tags,
      summary: '下载模板 · A template to fill in',
      params: Type.Object({ kind: oneOf(listKinds) }),
      querystring: Lang,
      response: { 200: Xlsx, ...problems },
    },
    handler: async (request, reply) => {
      const { kind } = request.params
      const made = await templateOf(kind, languageOf(request))
      return reply
        .type(xlsxType)
        .header('content-disposition', `attachment; filename="${kind}.xlsx"`)
        .send(made as never)
    },
  })
}
