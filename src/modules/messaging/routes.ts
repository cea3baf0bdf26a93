import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { callbackRoutes } from './callback-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { sendingRoutes } from './sending-routes.ts'
import { templateRoutes } from './template-routes.ts'

export function messagingRoutes(app: App, context: AppContext): void {
  templateRoutes(app, context)
  messageRoutes(app, context)
  sendingRoutes(app, context)
  callbackRoutes(app, context)
}
