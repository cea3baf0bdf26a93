import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { bodyRoutes } from './bodies/routes.ts'
import { bookRoutes } from './books/routes.ts'
import { taskRoutes } from './tasks/routes.ts'

export function commandRoutes(app: App, context: AppContext): void {
  bodyRoutes(app, context)
  bookRoutes(app, context)
  taskRoutes(app, context)
}
