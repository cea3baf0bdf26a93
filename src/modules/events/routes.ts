import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { batchRoutes } from './batch-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { eventRoutes } from './event-routes.ts'
import type { ShiftPeople } from './people.ts'
import { shiftRoutes } from './shift-routes.ts'

/** `people` is plugged in by the slice that assigns them: a shift is never changed behind their backs. */
export function eventsRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  campaignRoutes(app, context)
  eventRoutes(app, context)
  shiftRoutes(app, context, people)
  batchRoutes(app, context, people)
}
