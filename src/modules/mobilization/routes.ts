import type { Permits } from '#modules/organisation/index.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { askingRoutes } from './asking/routes.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { boardRoutes } from './board/routes.ts'
import type { Arrivals } from './merging/merge.ts'
import { noticeRoutes } from './notices/notice-routes.ts'
import { participationRoutes } from './participation-routes.ts'
import { allotmentRoutes } from './quotas/allotment-routes.ts'
import { quotaRoutes } from './quotas/quota-routes.ts'
import { signUpRoutes } from './sign-up-routes.ts'
import { transferRoutes } from './transfers/routes.ts'

/** Registers the routes of this slice: quotas, allotments, sign-ups, assignments, participations, notices. */
export function mobilizationRoutes(
  app: App,
  context: AppContext,
  permits: Permits,
  arrivals: Arrivals,
): void {
  quotaRoutes(app, context)
  allotmentRoutes(app, context)
  signUpRoutes(app, context)
  assignmentRoutes(app, context)
  participationRoutes(app, context, permits)
  askingRoutes(app, context)
  noticeRoutes(app, context)
  boardRoutes(app, context)
  transferRoutes(app, context, arrivals)
}
