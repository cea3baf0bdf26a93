import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { pointRoutes } from './points/routes.ts'
import { schemeRoutes } from './schemes/routes.ts'
import { standardRoutes } from './schemes/standard-routes.ts'

export function inspectionRoutes(app: App, context: AppContext): void {
  schemeRoutes(app, context)
  standardRoutes(app, context)
  pointRoutes(app, context)
}
