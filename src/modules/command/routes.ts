import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { bodyRoutes } from './bodies/routes.ts'
import { bookRoutes } from './books/routes.ts'
import { carryingRoutes } from './carrying/routes.ts'
import { documentRoutes } from './documents/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { figureRoutes } from './figures/routes.ts'
import { oversightRoutes } from './oversight/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { templateRoutes } from './templates/routes.ts'

export function commandRoutes(app: App, context: AppContext): void {
  bodyRoutes(app, context)
  bookRoutes(app, context)
  taskRoutes(app, context)
  templateRoutes(app, context)
  carryingRoutes(app, context)
  documentRoutes(app, context)
  evidenceRoutes(app, context)
  figureRoutes(app, context)
  oversightRoutes(app, context)
}
