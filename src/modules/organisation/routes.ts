import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { consentRoutes, contactRoutes } from './contacts/contact-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { figuresRoutes } from './figures/figures-routes.ts'
import { humanRoutes } from './linking/human-routes.ts'
import { duplicateRoutes } from './merging/duplicate-routes.ts'
import type { MergeParticipant } from './merging/merge-participants.ts'
import type { MinorsPolicy } from './minors-policy.ts'
import type { Permits } from './permits/permits.ts'
import { personRoutes } from './person-routes.ts'
import { requestRoutes } from './requests/request-routes.ts'
import { teamRoutes } from './team-routes.ts'
import { unitMatchRoutes } from './unit-matches/routes.ts'
import { unitRoutes } from './unit-routes.ts'

/** All routes of this slice. Imports is a slice of its own, with its own routes. */
export function organisationRoutes(
  app: App,
  context: AppContext,
  plugged: { participants: readonly MergeParticipant[]; permits: Permits; minors: MinorsPolicy },
): void {
  const { permits } = plugged
  unitRoutes(app, context)
  unitMatchRoutes(app, context)
  teamRoutes(app, context)
  personRoutes(app, context, plugged)
  contactRoutes(app, context, permits)
  consentRoutes(app, context)
  duplicateRoutes(app, context, plugged)
  humanRoutes(app, context, permits)
  requestRoutes(app, context, plugged)
  exportRoutes(app, context)
  figuresRoutes(app, context)
}
