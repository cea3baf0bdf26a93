import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { userRoutes } from './user-routes.ts'

/** The REST side of accounts; `accountsPages` is the other. `createAuthenticate` reads what is handed out here. */
export function accountsRoutes(app: App, context: AppContext): void {
  sessionRoutes(app, context)
  userRoutes(app, context)
  invitationRoutes(app, context)
}
