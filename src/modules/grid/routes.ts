import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { responsibilityRoutes } from './responsibility-routes.ts'
import { zoneRoutes } from './zone-routes.ts'

/** All routes of grid: zones and the responsibility register. */
export function gridRoutes(app: App, context: AppContext): void {
  zoneRoutes(app, context)
  responsibilityRoutes(app, context)
}
