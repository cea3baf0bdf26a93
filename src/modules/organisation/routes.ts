import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { consentRoutes, contactRoutes } from './contact-routes.ts'
import { duplicateRoutes } from './duplicate-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { figuresRoutes } from './figures-routes.ts'
import { personRoutes } from './person-routes.ts'
import { teamRoutes } from './team-routes.ts'
import { unitRoutes } from './unit-routes.ts'

/** Everything of the slice but imports, which bring their own. */
export function organisationRoutes(app: App, context: AppContext): void {
  unitRoutes(app, context)
  teamRoutes(app, context)
  personRoutes(app, context)
  contactRoutes(app, context)
  consentRoutes(app, context)
  duplicateRoutes(app, context)
  exportRoutes(app, context)
  figuresRoutes(app, context)
}
