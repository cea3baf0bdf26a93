import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { caseRoutes } from './cases/routes.ts'
import { documentRoutes } from './documents/routes.ts'
import { pointRoutes } from './points/routes.ts'
import { appealRoutes } from './ranking/appeals/routes.ts'
import { rankingRoutes } from './ranking/routes.ts'
import { rateRoutes } from './rates/routes.ts'
import { roundRoutes } from './rounds/routes.ts'
import { schemeRoutes } from './schemes/routes.ts'
import { standardRoutes } from './schemes/standard-routes.ts'
import { scoringRoutes } from './scoring/routes.ts'
import { bringRoutes } from './visits/bring-routes.ts'
import { heldRoutes } from './visits/held-routes.ts'
import { visitRoutes } from './visits/routes.ts'

export function inspectionRoutes(app: App, context: AppContext): void {
  schemeRoutes(app, context)
  standardRoutes(app, context)
  pointRoutes(app, context)
  scoringRoutes(app, context)
  rateRoutes(app, context)
  rankingRoutes(app, context)
  appealRoutes(app, context)
  roundRoutes(app, context)
  visitRoutes(app, context)
  bringRoutes(app, context)
  heldRoutes(app, context)
  caseRoutes(app, context)
  documentRoutes(app, context)
}
