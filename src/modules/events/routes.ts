import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { batchRoutes } from './batch-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { cancellationRoutes } from './cancelling/routes.ts'
import { eventRoutes } from './event-routes.ts'
import type { ShiftPeople } from './people.ts'
import { revisionRoutes } from './revising/routes.ts'
import { shiftRoutes } from './shift-routes.ts'

/**
 * All routes of events.
 * @param people answers questions about the people on a shift; required, so that no shift changes without this check
 */
export function eventsRoutes(app: App, context: AppContext, people: ShiftPeople): void {
  campaignRoutes(app, context)
  eventRoutes(app, context)
  shiftRoutes(app, context, people)
  batchRoutes(app, context, people)
  cancellationRoutes(app, context, people)
  revisionRoutes(app, context, people)
}
