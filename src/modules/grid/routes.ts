import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { responsibilityRoutes } from './responsibility-routes.ts'
import type { ZoneHolder } from './splitting/holder.ts'
import { splitRoutes } from './splitting/routes.ts'
import { zoneRoutes } from './zone-routes.ts'

/**
 * All routes of grid: zones and the responsibility register.
 * @param holders what higher slices tie to zones; required, so that no zone is split with something left behind
 */
export function gridRoutes(app: App, context: AppContext, holders: readonly ZoneHolder[]): void {
  zoneRoutes(app, context)
  splitRoutes(app, context, holders)
  responsibilityRoutes(app, context)
}
