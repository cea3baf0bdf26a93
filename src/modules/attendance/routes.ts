import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { leaderRoutes } from './leader-routes.ts'
import { linkRoutes } from './link-routes.ts'
import { linkPages } from './pages.ts'

export function attendanceRoutes(app: App, context: AppContext): void {
  linkRoutes(app, context)
  linkPages(app, context)
  leaderRoutes(app, context)
}
