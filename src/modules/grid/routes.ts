import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { zoneImportRoutes } from './import-routes.ts'
import { responsibilityRoutes } from './responsibility-routes.ts'
import { zoneRoutes } from './zone-routes.ts'

/** Zones, their import, and the responsibility register. */
export function gridRoutes(app: App, context: AppContext): void {
  zoneRoutes(app, context)
  zoneImportRoutes(app, context)
  responsibilityRoutes(app, context)
}
