import type { AuditTexts } from '#platform/audit/texts.ts'
import { languageOf } from '#platform/http/language.ts'
import { Page, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { HistoryEntry, HistoryQuery } from './contract.ts'
import { historyOf } from './history.ts'
import type { HistoryKind } from './words.ts'

/** The history of a thing, for whoever may read the thing. */
export function historyRoutes(app: App, { db }: AppContext, texts: AuditTexts): void {
  app.route({
    method: 'GET',
    url: '/api/history',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listHistory',
      tags: ['工作台 · desk'],
      summary:
        '变更记录：谁在何时做了什么 · What was done to a thing, for whoever may read it; the newest first',
      querystring: HistoryQuery,
      response: { 200: Page(HistoryEntry), ...problems },
    },
    handler: (request) => {
      const { subject, ...page } = request.query
      const [kind, id] = subject.split(':') as [HistoryKind, string]
      return historyOf(db.read, texts, {
        kind,
        id,
        ...page,
        by: request.actor,
        language: languageOf(request),
      })
    },
  })
}
