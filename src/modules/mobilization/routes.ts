import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { allotmentRoutes } from './allotment-routes.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { participationRoutes } from './participation-routes.ts'
import { quotaRoutes } from './quota-routes.ts'
import { signUpRoutes } from './sign-up-routes.ts'

export function mobilizationRoutes(app: App, context: AppContext): void {
  quotaRoutes(app, context)
  allotmentRoutes(app, context)
  signUpRoutes(app, context)
  assignmentRoutes(app, context)
  participationRoutes(app, context)
}
