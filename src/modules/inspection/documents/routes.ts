import Type from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { documentTypes, sendDocument } from '#platform/documents/index.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, LanguageQuery, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readRanking } from '../ranking/ranking-queries.ts'
import { bulletinOf } from './bulletin.ts'
import { rankingDocument, rankingPapers } from './ranking-document.ts'

const Binary = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
const formats = {
  docx: { zh: 'Word文档', en: 'Word' },
  pdf: { zh: 'PDF', en: 'PDF' },
  xlsx: { zh: '电子表格', en: 'Workbook' },
} as const
const Format = oneOf(formats)

/** 简报, 排名表 and 通报 as files. */
export function documentRoutes(app: App, { db, now, config }: AppContext): void {
  const zone = config.timeZone
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/bulletin',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'exportBulletin',
      tags: ['测评得分 · scores'],
      summary: '简报 · what a round has come to, as Word file, PDF or workbook; a draft until it is closed',
      params: Type.Object({ roundId: Id }),
      querystring: Type.Object({ ...LanguageQuery.properties, format: Format }),
      produces: Object.values(documentTypes),
      response: { 200: Binary, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor: by } = request
      const at = now()
      const telling = { language: languageOf(request), zone }
      const document = await bulletinOf(db.read, params.roundId, { reader: by, at }, telling)
      const details = { filter: { file: 'bulletin', format: query.format } }
      const subject = `round:${params.roundId}`
      await db.transaction((tx) => record(tx, { action: 'round.exported', subject, by, at, details }))
      return sendDocument(reply, query.format, document, document.title)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/rankings/:rankingId/document',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'exportRanking',
      tags: ['排名与申诉 · rankings'],
      summary: '排名表、通报 · a ranking as Word file, PDF or workbook; a draft until it is final',
      params: Type.Object({ rankingId: Id }),
      querystring: Type.Object({
        ...LanguageQuery.properties,
        format: Format,
        paper: Type.Optional(oneOf(rankingPapers)),
      }),
      produces: Object.values(documentTypes),
      response: { 200: Binary, ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, actor: by } = request
      const { format, paper = 'table' } = query
      const at = now()
      const ranking = await readRanking(db.read, params.rankingId, { reader: by, at })
      const document = rankingDocument(ranking, paper, { language: languageOf(request), zone })
      const details = { filter: { file: paper, format } }
      const subject = `ranking:${ranking.id}`
      await db.transaction((tx) => record(tx, { action: 'ranking.exported', subject, by, at, details }))
      return sendDocument(reply, format, document, document.title)
    },
  })
}
