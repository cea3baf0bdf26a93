import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { reportRoutes } from './report-routes.ts'
import { snapshotRoutes } from './snapshot-routes.ts'

export function reportsRoutes(app: App, context: AppContext): void {
  reportRoutes(app, context)
  snapshotRoutes(app, context)
}
