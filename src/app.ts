import { registerBearer } from '#modules/accounts/bearer.ts'
import { createAuthenticate, permissions } from '#modules/accounts/index.ts'
import { accountsJobs } from '#modules/accounts/jobs.ts'
import { accountsPages } from '#modules/accounts/pages.ts'
import { accountsRoutes } from '#modules/accounts/routes.ts'
import { attendanceRoutes } from '#modules/attendance/routes.ts'
import { eventsRoutes } from '#modules/events/routes.ts'
import { districtNames } from '#modules/grid/index.ts'
import { gridRoutes } from '#modules/grid/routes.ts'
import { registerAccountKinds } from '#modules/messaging/index.ts'
import { messagingJobs } from '#modules/messaging/jobs.ts'
import { messagingRoutes } from '#modules/messaging/routes.ts'
import { registerMobilizationKinds, shiftPeople } from '#modules/mobilization/index.ts'
import { mobilizationJobs } from '#modules/mobilization/jobs.ts'
import { mobilizationRoutes } from '#modules/mobilization/routes.ts'
import { importJobs, importRoutes } from '#modules/organisation/import/index.ts'
import { organisationRoutes } from '#modules/organisation/routes.ts'
import { planningJobs } from '#modules/planning/jobs.ts'
import { planningRoutes } from '#modules/planning/routes.ts'
import { reportsRoutes } from '#modules/reports/routes.ts'
import { auditJobs } from '#platform/audit/jobs.ts'
import { auditRoutes } from '#platform/audit/routes.ts'
import { clockRoutes } from '#platform/http/clock.ts'
import { describeApi, serveDocs } from '#platform/http/docs.ts'
import { healthRoutes } from '#platform/http/health.ts'
import { httpJobs } from '#platform/http/jobs.ts'
import { metricsRoutes } from '#platform/http/metrics.ts'
import { type App, createServer } from '#platform/http/server.ts'
import type { Jobs } from '#platform/jobs/definition.ts'
import { housekeepingJobs } from '#platform/jobs/housekeeping.ts'
import { jobsRoutes } from '#platform/jobs/routes.ts'
import { SimulatedClock } from '#platform/time.ts'
import type { AppContext } from './context.ts'
import { homePages } from './home.ts'

/** The service as an HTTP server: what plugs into what, in reading order. It does not listen yet. */
export async function buildApp(context: AppContext): Promise<App> {
  const { config, log, clock, db, jobs, metrics } = context
  registerKinds(context)
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

  auditRoutes(app, context)
  jobsRoutes(app, context)
  organisationRoutes(app, context)
  importRoutes(app, context)
  accountsRoutes(app, context)
  accountsPages(app, context)
  gridRoutes(app, context)
  eventsRoutes(app, context, shiftPeople)
  messagingRoutes(app, context)
  mobilizationRoutes(app, context)
  planningRoutes(app, context)
  attendanceRoutes(app, context)
  reportsRoutes(app, context)

  homePages(app)
  await serveDocs(app)
  return app
}

/** Who says what in which kind of message, and whether it is still due. */
function registerKinds({ messaging, keys, config }: AppContext): void {
  const { kinds } = messaging
  registerAccountKinds(kinds, { keys, publicUrl: config.publicUrl })
  registerMobilizationKinds(kinds, { keys, publicUrl: config.publicUrl })
}

/** Everything the worker can do, by name. A fact is handled by one slice. */
export const allJobs = collected(
  httpJobs,
  auditJobs,
  housekeepingJobs,
  accountsJobs,
  importJobs(districtNames),
  messagingJobs,
  mobilizationJobs,
  planningJobs,
)

function collected(...slices: Jobs<AppContext>[]): Jobs<AppContext> {
  const kinds = slices.flatMap((jobs) => Object.keys(jobs))
  const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at)
  if (twice) throw new Error(`two slices do jobs of kind ${twice}`)
  return Object.assign({}, ...slices)
}
