import { readInstant } from '#modules/events/index.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { CaseRatesQuery, CaseRatesView } from './contract.ts'
import { readCaseRates } from './read-rates.ts'

/** 整改问题统计: figures and rates as of any moment. */
export function rateRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/case-figures',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readCaseFigures',
      tags: ['测评得分 · scores'],
      summary: '整改问题统计 · figures and rates of cases with their whole numbers, as of a moment',
      querystring: CaseRatesQuery,
      response: { 200: ref(CaseRatesView), ...problems },
    },
    handler: ({ query, actor }) => {
      const { at, ...filter } = query
      return readCaseRates(db.read, filter, { reader: actor, at: at ? readInstant(at) : now() })
    },
  })
}
