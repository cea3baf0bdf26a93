import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { correctionRoutes } from './corrections/routes.ts'
import { dutyRoutes } from './duty-routes.ts'
import { lateRoutes } from './late/routes.ts'
import { leaderRoutes } from './leader-routes.ts'
import { linkRoutes } from './link-routes.ts'
import type { AccessTexts } from './own-data/read.ts'

import { ownDataRoutes } from './own-data/routes.ts'
import { linkPages } from './page/routes.ts'
import { rollPages } from './roll/page.ts'
import { rollRoutes } from './roll/routes.ts'
import { serviceRoutes } from './service/routes.ts'

/** @param accessTexts the acts by which full data is shown, of the slices that show it */
export function attendanceRoutes(app: App, context: AppContext, accessTexts: AccessTexts): void {
  linkRoutes(app, context)
  linkPages(app, context)
  correctionRoutes(app, context)
  ownDataRoutes(app, context, accessTexts)
  leaderRoutes(app, context)
  dutyRoutes(app, context)
  lateRoutes(app, context)
  rollRoutes(app, context)
  rollPages(app, context)
  serviceRoutes(app, context)
}
