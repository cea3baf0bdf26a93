import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { caseRoutes } from './cases/routes.ts'
import { pointRoutes } from './points/routes.ts'
import { roundRoutes } from './rounds/routes.ts'
import { schemeRoutes } from './schemes/routes.ts'
import { standardRoutes } from './schemes/standard-routes.ts'
import { visitRoutes } from './visits/routes.ts'

export function inspectionRoutes(app: App, context: AppContext): void {
  schemeRoutes(app, context)
  standardRoutes(app, context)
  pointRoutes(app, context)
  roundRoutes(app, context)
  visitRoutes(app, context)
  caseRoutes(app, context)
}
