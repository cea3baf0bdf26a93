import { reachOf } from '#platform/http/access.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { OrganisationFigures } from './contract.ts'
import { organisationFigures } from './figures.ts'

/** 组织概况: how many units, teams and people there are. */
export function figuresRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/organisation-figures',
    config: { access: 'units.read' },
    schema: {
      operationId: 'readOrganisationFigures',
      tags: ['单位 · units'],
      summary: '组织概况 · How many units, teams and people there are, schools apart',
      response: { 200: ref(OrganisationFigures), ...problems },
    },
    handler: ({ actor }) =>
      db.snapshot((reader) => organisationFigures(reader, reachOf(actor, 'units.read'))),
  })
}
