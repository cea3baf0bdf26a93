import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { etagOf, IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, LanguageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { ImportLinePage, ImportLineQuery, ImportView } from './contract.ts'
import type { SheetRegister } from './judge/register.ts'
import { headingsOf } from './read/headings.ts'
import { correctHeadings } from './review/correct-headings.ts'
import { type Correcting, correctCells, leaveOutLines } from './review/correct-rows.ts'
import { presentKinds } from './review/present-kinds.ts'
import { findImport, readImport } from './review/queries.ts'
import { listLines } from './review/sheet-lines.ts'
import { CellCorrections, Headings, ImportKinds, LeftOutLines } from './sheet-contract.ts'

const tags = ['导入 · imports']
const access = 'imports.run'
const Params = Type.Object({ importId: Id, sheetId: Id })

interface SheetContext extends AppContext {
  registers: readonly SheetRegister[]
}

/** Routes of one sheet in the preview: its lines as they stand in the file, and its corrections. */
export function sheetRoutes(app: App, context: SheetContext): void {
  showRoutes(app, context)
  correctionRoutes(app, context)
}

function showRoutes(app: App, { db, keys, now, registers }: SheetContext): void {
  app.route({
    method: 'GET',
    url: '/api/import-kinds',
    config: { access },
    schema: {
      operationId: 'listImportKinds',
      tags,
      summary: '名单种类与各列字段 · The kinds of lists, and what a column may mean',
      querystring: LanguageQuery,
      response: { 200: ref(ImportKinds), ...problems },
    },
    handler: async (request) => presentKinds(headingsOf(registers), languageOf(request)),
  })

  app.route({
    method: 'GET',
    url: '/api/imports/:importId/sheets/:sheetId/lines',
    config: { access },
    schema: {
      operationId: 'listImportLines',
      tags,
      summary: '表格原样 · The lines of a sheet as they stand in the file, with what was read from each',
      params: Params,
      querystring: ImportLineQuery,
      response: { 200: ImportLinePage, ...problems },
    },
    handler: async (request) => {
      const { actor, params, query } = request
      const row = await findImport(db.read, actor, params.importId)
      const { sheetId } = params
      const page = await listLines(db.read, keys, { row, sheetId, language: languageOf(request), ...query })
      if (query.full === true) {
        const subject = `import:${row.id}`
        const details = { sheetId }
        await db.transaction((tx) =>
          record(tx, { action: 'import.numbers_shown', subject, by: actor, at: now(), details }),
        )
      }
      return page
    },
  })
}

/** Corrections of a sheet: its headings, values of its cells, and lines to leave out. */
function correctionRoutes(app: App, { db, keys, now, registers }: SheetContext): void {
  /** Makes the correction under the sheet's version, and answers with the import, which is judged again. */
  const correcting = async (
    request: FastifyRequest & {
      params: { importId: string; sheetId: string }
      headers: { 'if-match': string }
    },
    work: (tx: Writer, correcting: Correcting) => Promise<void>,
  ) => {
    const { actor, params } = request
    const version = requireIfMatch(request)
    const view = await db.transaction(async (tx) => {
      const row = await findImport(tx, actor, params.importId)
      await work(tx, { row, sheetId: params.sheetId, version, keys, registers, by: actor, at: now() })
      const fresh = await findImport(tx, actor, params.importId)
      const { refusalTexts: texts } = request.server
      return readImport(tx, { db, keys, language: languageOf(request), texts }, fresh)
    })
    return { view, etag: etagOf(version + 1) }
  }

  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/sheets/:sheetId/headings',
    config: { access },
    schema: {
      operationId: 'correctImportHeadings',
      tags,
      summary: '更正表头识别 · Say what the columns of a sheet mean',
      params: Params,
      headers: IfMatch,
      body: Headings,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: headings } = request
      const { view, etag } = await correcting(request, (tx, each) =>
        correctHeadings(tx, { ...each, headings }),
      )
      return reply.status(202).header('etag', etag).send(view)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/sheets/:sheetId/cells',
    config: { access },
    schema: {
      operationId: 'correctImportCells',
      tags,
      summary: '在预览中更正单元格 · Correct cells in the preview; the rows are judged again',
      params: Params,
      headers: IfMatch,
      body: CellCorrections,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { cells } = request.body
      const { view, etag } = await correcting(request, (tx, each) => correctCells(tx, { ...each, cells }))
      return reply.status(202).header('etag', etag).send(view)
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/imports/:importId/sheets/:sheetId/left-out-lines',
    config: { access },
    schema: {
      operationId: 'leaveOutImportLines',
      tags,
      summary: '跳过某些行 · Say which lines are left out',
      params: Params,
      headers: IfMatch,
      body: LeftOutLines,
      response: { 202: ref(ImportView), ...problems },
    },
    handler: async (request, reply) => {
      const { lines } = request.body
      const { view, etag } = await correcting(request, (tx, each) => leaveOutLines(tx, { ...each, lines }))
      return reply.status(202).header('etag', etag).send(view)
    },
  })
}
