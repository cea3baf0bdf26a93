import { createAuthenticate } from '#modules/accounts/authenticate.ts'
import { registerBearer } from '#modules/accounts/bearer.ts'
import { permissions } from '#modules/accounts/roles.ts'
import { clockRoutes } from '#platform/http/clock.ts'
import { describeApi, serveDocs } from '#platform/http/docs.ts'
import { healthRoutes } from '#platform/http/health.ts'
import { httpJobs } from '#platform/http/jobs.ts'
import { metricsRoutes } from '#platform/http/metrics.ts'
import { type App, createServer } from '#platform/http/server.ts'
import type { Jobs } from '#platform/jobs/definition.ts'
import { SimulatedClock } from '#platform/time.ts'
import type { AppContext } from './context.ts'
import { homePages } from './home.ts'

/** The service as an HTTP server: what plugs into what, in reading order. It does not listen yet. */
export async function buildApp(context: AppContext): Promise<App> {
  const { config, log, clock, db, jobs, metrics } = context
  const app = await createServer({
    log,
    clock,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    limits: config.limits,
    authenticate: createAuthenticate(context),
    permissions: new Set(Object.keys(permissions)),
  })
  await registerBearer(app, context.keys)
  await describeApi(app)

  healthRoutes(app, { db, dataDir: config.dataDir, freeDiskMinMb: config.freeDiskMinMb })
  metricsRoutes(app, metrics, db)
  if (clock instanceof SimulatedClock) clockRoutes(app, clock, () => jobs.wake())

  homePages(app)
  await serveDocs(app)
  return app
}

/** Everything the worker can do, by name. */
export const allJobs: Jobs<AppContext> = {
  ...httpJobs,
}
