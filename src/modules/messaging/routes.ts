import type { App } from '#platform/http/server.ts'
import { callbackRoutes } from './callback-routes.ts'
import type { MessagingContext } from './context.ts'
import { messageRoutes } from './message-routes.ts'
import { retryRoutes } from './retry-routes.ts'
import { sendingRoutes } from './sending-routes.ts'
import { templateRoutes } from './template-routes.ts'
import { unsubscribePages } from './unsubscribe-pages.ts'

/** Registers the routes and pages of this slice: templates, messages, sending, provider callbacks, unsubscribing. */
export function messagingRoutes(app: App, context: MessagingContext): void {
  templateRoutes(app, context)
  messageRoutes(app, context)
  sendingRoutes(app, context)
  retryRoutes(app, context)
  callbackRoutes(app, context)
  unsubscribePages(app, context)
}
