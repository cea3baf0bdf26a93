import { reachOf } from '#platform/http/access.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { unitDirectory } from '../unit-queries.ts'
import { UnitMatches, UnitNames } from './contract.ts'
import { matchUnits } from './match-units.ts'

/** 单位名称比对: which units the names of a pasted list mean. */
export function unitMatchRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/unit-matches',
    config: { access: 'units.read' },
    schema: {
      operationId: 'matchUnits',
      tags: ['单位 · units'],
      summary: '按名称比对单位 · which units these names mean, of those within reach; changes nothing',
      body: UnitNames,
      response: { 200: ref(UnitMatches), ...problems },
    },
    handler: async ({ actor, body }) => ({
      items: matchUnits(await unitDirectory(db.read, reachOf(actor, 'units.read')), body.names),
    }),
  })
}
