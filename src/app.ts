import { cookieName } from '#modules/accounts/authenticate.ts'
import { registerBearer } from '#modules/accounts/bearer.ts'
import {
  accountAnchors,
  accountsMerge,
  assertRoles,
  createAuthenticate,
  followStructure,
} from '#modules/accounts/index.ts'
import { accountsJobs } from '#modules/accounts/jobs.ts'
import { accountsPages } from '#modules/accounts/pages.ts'
import { accountsPermissions } from '#modules/accounts/permissions.ts'
import { accountsRoutes } from '#modules/accounts/routes.ts'
import { arrivals, attendanceMerge } from '#modules/attendance/index.ts'
import { attendanceJobs } from '#modules/attendance/jobs.ts'
import { attendancePermissions } from '#modules/attendance/permissions.ts'
import { attendanceRoutes } from '#modules/attendance/routes.ts'
import { commandMerge, seesPictures, tasksRegister } from '#modules/command/index.ts'
import { commandJobs } from '#modules/command/jobs.ts'
import { commandPermissions } from '#modules/command/permissions.ts'
import { commandRoutes } from '#modules/command/routes.ts'
import { deskRoutes } from '#modules/desk/routes.ts'
import { eventsMerge, shiftsOfZones } from '#modules/events/index.ts'
import { eventsPermissions } from '#modules/events/permissions.ts'
import { eventsRoutes } from '#modules/events/routes.ts'
import { gridMerge } from '#modules/grid/index.ts'
import { gridPermissions } from '#modules/grid/permissions.ts'
import { gridRoutes } from '#modules/grid/routes.ts'
import {
  importJobs,
  importRoutes,
  organisationRegisters,
  type SheetRegister,
} from '#modules/imports/index.ts'
import { importsPermissions } from '#modules/imports/permissions.ts'
import { inspectionRegisters, pointsOfZones, seesObservation, seesUpload } from '#modules/inspection/index.ts'
import { inspectionJobs } from '#modules/inspection/jobs.ts'
import { inspectionPermissions } from '#modules/inspection/permissions.ts'
import { inspectionRoutes } from '#modules/inspection/routes.ts'
import { liveRoutes } from '#modules/live/routes.ts'
import { createMessaging, type Messaging, messagingMerge } from '#modules/messaging/index.ts'
import { messagingJobs } from '#modules/messaging/jobs.ts'
import { messagingPermissions } from '#modules/messaging/permissions.ts'
import { messagingRoutes } from '#modules/messaging/routes.ts'
import { messagingWatches } from '#modules/messaging/watches.ts'
import { minorsPolicy } from '#modules/minors/index.ts'
import { minorsJobs } from '#modules/minors/jobs.ts'
import { minorsPermissions } from '#modules/minors/permissions.ts'
import { minorsRoutes } from '#modules/minors/routes.ts'
import { personAccesses } from '#modules/minors/words.ts'
import { mobilizationMerge, shiftPeople } from '#modules/mobilization/index.ts'
import { mobilizationJobs } from '#modules/mobilization/jobs.ts'
import { mobilizationPermissions } from '#modules/mobilization/permissions.ts'
import { mobilizationRoutes } from '#modules/mobilization/routes.ts'
import { onboardingJobs } from '#modules/onboarding/jobs.ts'
import { onboardingRoutes } from '#modules/onboarding/routes.ts'
import { createPermits, type MergeParticipant } from '#modules/organisation/index.ts'
import { organisationJobs } from '#modules/organisation/jobs.ts'
import { organisationPermissions } from '#modules/organisation/permissions.ts'
import { organisationRoutes } from '#modules/organisation/routes.ts'
import { planningJobs } from '#modules/planning/jobs.ts'
import { planningPermissions } from '#modules/planning/permissions.ts'
import { planningRoutes } from '#modules/planning/routes.ts'
import { reportsPermissions } from '#modules/reports/permissions.ts'
import { reportsRoutes } from '#modules/reports/routes.ts'
import { attentionPermissions, attentionRoutes } from '#platform/attention/index.ts'
import { attentionWatches } from '#platform/attention/watches.ts'
import { auditJobs } from '#platform/audit/jobs.ts'
import { auditPermissions } from '#platform/audit/permissions.ts'
import { recordRefusals } from '#platform/audit/refusals.ts'
import { auditRoutes } from '#platform/audit/routes.ts'
import { auditWatches } from '#platform/audit/watches.ts'
import { backupWatches } from '#platform/backup/watches.ts'
import { calendarPermissions } from '#platform/calendar/permissions.ts'
import { calendarRoutes } from '#platform/calendar/routes.ts'
import type { Permissions } from '#platform/http/access.ts'
import { clockRoutes } from '#platform/http/clock.ts'
import { describeApi, serveDocs } from '#platform/http/docs.ts'
import { healthRoutes } from '#platform/http/health.ts'
import { httpJobs } from '#platform/http/jobs.ts'
import { metricsRoutes } from '#platform/http/metrics.ts'
import { markDownloads } from '#platform/http/rehearsal.ts'
import { type App, createServer } from '#platform/http/server.ts'
import type { Jobs } from '#platform/jobs/definition.ts'
import { housekeepingJobs } from '#platform/jobs/housekeeping.ts'
import { systemPermissions } from '#platform/jobs/permissions.ts'
import { jobsRoutes } from '#platform/jobs/routes.ts'
import { jobsWatches } from '#platform/jobs/watches.ts'
import { type PictureOwners, pictureRoutes } from '#platform/pictures/index.ts'
import { pictureJobs } from '#platform/pictures/jobs.ts'
import { previewJobs } from '#platform/previews/jobs.ts'
import { SimulatedClock } from '#platform/time.ts'
import { Turns } from '#platform/watch/turns.ts'
import { type Watches, Watching } from '#platform/watch/watch.ts'
import { processWatches } from '#platform/watch/watches.ts'
import { apiExamples } from './api-examples.ts'
import { apiGuide } from './api-guide.ts'
import { attentionTexts } from './attention-texts.ts'
import { auditTelling } from './audit-telling.ts'
import { begun, collected } from './composing.ts'
import { consolePages } from './console.ts'
import type { AppContext } from './context.ts'
import { homePages } from './home.ts'
import { registerKinds } from './message-kinds.ts'
import problemCodes from './problem-codes.json' with { type: 'json' }
import { refusalTexts } from './refusal-texts.ts'

/** The service: its HTTP server (not listening yet), and the jobs its worker can run. */
export interface Service {
  app: App
  jobs: Jobs<AppContext>
  messaging: Messaging
  /** Closes what the service itself opened. Call after the worker has stopped. It does not close the context. */
  close(): Promise<void>
}

/** Every permission of the service: declared by the slice that requires it, granted by the roles of accounts. */
export const permissions: Permissions = collected<Permissions>(
  auditPermissions,
  attentionPermissions,
  calendarPermissions,
  systemPermissions,
  organisationPermissions,
  importsPermissions,
  accountsPermissions,
  gridPermissions,
  eventsPermissions,
  messagingPermissions,
  mobilizationPermissions,
  planningPermissions,
  attendancePermissions,
  minorsPermissions,
  commandPermissions,
  inspectionPermissions,
  reportsPermissions,
)

/** The permits for changing people, with the anchors of the slices above organisation. */
export const permits = createPermits([accountAnchors])

export interface ServiceOptions {
  /** Import registers beside those of the slices; they run after them. */
  registers?: readonly SheetRegister[]
}

/** Creates the service: connects the slices, in reading order. */
export async function createService(
  context: AppContext,
  { registers = [] }: ServiceOptions = {},
): Promise<Service> {
  assertRoles(permissions)
  const { config, clock, keys } = context
  const messaging = await createMessaging({
    messages: config.messages,
    publicUrl: config.publicUrl,
    clock,
    keys,
  })
  registerKinds(messaging, context)
  // The lowest slice first: a later register may refer to things from the rows of an earlier one.
  const allRegisters = [
    ...organisationRegisters(permits),
    tasksRegister(context),
    ...inspectionRegisters(context),
    ...registers,
  ]
  const app = await createHttp(context, messaging, allRegisters)
  const turns = new Turns(context.slow.turns)
  app.addHook('preHandler', async ({ method, routeOptions }) => turns.begin(`${method} ${routeOptions.url}`))
  return {
    app,
    jobs: begun(serviceJobs(messaging, allRegisters), turns),
    messaging,
    async close() {
      turns.close()
      await app.close()
      await messaging.close()
    },
  }
}

async function createHttp(
  context: AppContext,
  messaging: Messaging,
  registers: readonly SheetRegister[],
): Promise<App> {
  const { config, log, clock, db, jobs, metrics } = context
  const app = await createServer({
    log,
    clock,
    keys: context.keys,
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    trustProxy: config.trustProxy,
    limits: config.limits,
    authenticate: createAuthenticate(context),
    refusalTexts,
    permissions: new Set(Object.keys(permissions)),
  })
  if (config.clock === 'simulated') markDownloads(app as never)
  recordRefusals(app as never, context)
  followStructure(app as never)
  await registerBearer(app, context.keys)
  await describeApi(app, {
    codes: problemCodes,
    guide: apiGuide,
    examples: apiExamples,
    cookie: cookieName(config.publicUrl),
  })

  const watching = new Watching(context, watches, ({ watch, error }) =>
    log.warn({ watch, err: error }, 'watch failed'),
  )
  watching.showIn(metrics)
  const { dataDir, freeDiskMinMb } = config
  healthRoutes(app, { db, dataDir, freeDiskMinMb, watched: () => watching.entries() })
  metricsRoutes(app, metrics, db, config.metricsToken)
  if (clock instanceof SimulatedClock) clockRoutes(app, clock, () => jobs.wake())

  auditRoutes(app, context, auditTelling)
  attentionRoutes(app, context, attentionTexts)
  jobsRoutes(app, context)
  calendarRoutes(app, context)
  pictureRoutes(app, context, pictureOwners)
  const participants = mergeParticipants(config.timeZone)
  organisationRoutes(app, context, { participants, permits, minors: minorsPolicy })
  accountsRoutes(app, context, permissions)
  accountsPages(app, context)
  gridRoutes(app, context, [shiftsOfZones, pointsOfZones])
  importRoutes(app, context, registers)
  eventsRoutes(app, context, shiftPeople)
  messagingRoutes(app, { ...context, messaging })
  onboardingRoutes(app, context)
  mobilizationRoutes(app, context, permits, arrivals)
  planningRoutes(app, context)
  attendanceRoutes(app, context, personAccesses)
  minorsRoutes(app, context)
  commandRoutes(app, context)
  inspectionRoutes(app, context)
  reportsRoutes(app, context)
  liveRoutes(app, context)
  deskRoutes(app, context, auditTelling)

  homePages(app)
  await consolePages(app, { phoneOffline: config.phoneOffline })
  await serveDocs(app)
  return app
}

/** The slices that store ids of people, in the order in which a merge calls them. */
export function mergeParticipants(timeZone: string): MergeParticipant[] {
  return [
    accountsMerge,
    gridMerge(timeZone),
    eventsMerge,
    messagingMerge,
    mobilizationMerge(arrivals),
    attendanceMerge,
    commandMerge,
  ]
}

/** Who is asked whether somebody may see a picture, by the kind of what it is about. */
const pictureOwners: PictureOwners = {
  task: seesPictures,
  observation: seesObservation,
  upload: seesUpload,
}

/** What is watched: readiness, the metrics and the console say the same of it. */
const watches: Watches<AppContext> = collected<Watches<AppContext>>(
  processWatches,
  jobsWatches,
  auditWatches,
  attentionWatches,
  backupWatches,
  messagingWatches,
)

/** All jobs by kind. Each kind is handled by one slice. */
function serviceJobs(messaging: Messaging, registers: readonly SheetRegister[]): Jobs<AppContext> {
  return collected<Jobs<AppContext>>(
    httpJobs,
    auditJobs,
    housekeepingJobs,
    previewJobs,
    pictureJobs,
    accountsJobs,
    organisationJobs,
    importJobs(registers),
    messagingJobs(messaging),
    onboardingJobs,
    mobilizationJobs,
    planningJobs,
    attendanceJobs,
    minorsJobs,
    commandJobs,
    inspectionJobs,
  )
}
