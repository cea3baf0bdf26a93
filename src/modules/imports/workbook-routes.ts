import Type from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { attachment } from '#platform/http/attachment.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { Id, LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { Headings } from './read/headings.ts'
import { errorSheet } from './review/error-sheet.ts'
import { findImport } from './review/queries.ts'
import { templateName, templateOf, templatesOf } from './review/templates.ts'
import type { ImportRow } from './schema.ts'

const tags = ['导入 · imports']
const access = 'imports.run'
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const Xlsx = {
  description: 'xlsx',
  content: { [xlsxType]: { schema: Type.String({ format: 'binary' }) } },
} as const

/** The file name of an error sheet, with the day on which the list was uploaded. */
function errorsName({ createdAt }: ImportRow, language: Language, timeZone: string): string {
  const day = dayIn(createdAt, timeZone).replaceAll('-', '')
  return language === 'zh' ? `名单错误表-${day}.xlsx` : `List errors ${day}.xlsx`
}

/** Downloads: the error sheet (rows that were not imported), and templates. */
export function workbookRoutes(
  app: App,
  { db, keys, now, config, headings }: AppContext & { headings: Headings },
): void {
  app.route({
    method: 'GET',
    url: '/api/imports/:importId/errors.xlsx',
    config: { access },
    schema: {
      operationId: 'downloadImportErrors',
      tags,
      summary: '错误表 · The rows that are not taken, with reasons, to give back',
      params: Type.Object({ importId: Id }),
      querystring: LanguageQuery,
      response: { 200: Xlsx, ...problems },
    },
    handler: async (request, reply) => {
      const { actor, params } = request
      const row = await findImport(db.read, actor, params.importId)
      const made = await errorSheet(db.read, keys, row, { language: languageOf(request), headings })
      await db.transaction((tx) =>
        record(tx, { action: 'import.errors_downloaded', subject: `import:${row.id}`, by: actor, at: now() }),
      )
      return reply
        .type(xlsxType)
        .header(
          'content-disposition',
          attachment(errorsName(row, languageOf(request), config.timeZone), 'errors.xlsx'),
        )
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
      params: Type.Object({ kind: oneOf(templatesOf(headings)) }),
      querystring: LanguageQuery,
      response: { 200: Xlsx, ...problems },
    },
    handler: async (request, reply) => {
      const { kind } = request.params
      const made = await templateOf(headings, kind, languageOf(request))
      return reply
        .type(xlsxType)
        .header(
          'content-disposition',
          attachment(templateName(headings, kind, languageOf(request)), `${kind}.xlsx`),
        )
        .send(made as never)
    },
  })
}
