import type { Permissions } from '#platform/http/access.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { confirmationRoutes } from './confirmations/confirmation-routes.ts'
import { invitationRoutes } from './invitations/invitation-routes.ts'
import { phoneRoutes } from './phones/phone-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { userRoutes } from './user-routes.ts'

/**
 * The REST routes of accounts; the HTML pages are in `accountsPages`. Credentials issued here are checked by
 * `createAuthenticate`.
 */
export function accountsRoutes(app: App, context: AppContext, permissions: Permissions): void {
  sessionRoutes(app, context)
  userRoutes(app, context, permissions)
  phoneRoutes(app, context)
  invitationRoutes(app, context)
  confirmationRoutes(app, context)
}
