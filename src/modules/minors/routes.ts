import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { disclosureRoutes } from './disclosure-routes.ts'
import { minorsExportRoutes } from './export-routes.ts'
import { guardianRoutes } from './guardian-routes.ts'

export function minorsRoutes(app: App, context: AppContext): void {
  disclosureRoutes(app, context)
  guardianRoutes(app, context)
  minorsExportRoutes(app, context)
}
