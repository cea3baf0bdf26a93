import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { DateTime } from 'luxon'
import supertest from 'supertest'
import { bearerTokenOf } from '#modules/accounts/bearer.ts'
import { roleGrants, sessions, users } from '#modules/accounts/schema.ts'
import { type RoleName, roleNames } from '#modules/accounts/words.ts'
import type { Messaging } from '#modules/messaging/index.ts'
import { tokenHash } from '#platform/crypto/index.ts'
import type { Database } from '#platform/database/port.ts'
import type { App } from '#platform/http/server.ts'
import { newId } from '#platform/ids.ts'
import type { Jobs } from '#platform/jobs/definition.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { instantFrom, SimulatedClock } from '#platform/time.ts'
import { createService, type ServiceOptions } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { type AppContext, createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { createDatabase } from '#test/support/database.ts'
import { databases } from '#test/support/databases.ts'
import { watchCodes } from '#test/support/listed-codes.ts'
import { type Restorer, restorerOf } from '#test/support/restore.ts'

/** Somebody signed in to a test app. */
export interface SignedIn {
  userId: string
  token: string
}

/** A role, over everything or over one part of the organisation. */
export interface RoleOver {
  role: RoleName
  unitId?: string
  districtCode?: string
  teamId?: string
}

type Agent = ReturnType<typeof supertest.agent>

export interface TestApp extends AsyncDisposable {
  context: AppContext
  messaging: Messaging
  /** What a worker of it can do. */
  jobs: Jobs<AppContext>
  db: Database
  app: App
  /** Where it listens. */
  url: string
  clock: SimulatedClock
  /** Requests without a user. */
  request: ReturnType<typeof supertest>
  /** Requests of somebody with a role over everything, or of somebody who signed in. */
  as(who: RoleName | SignedIn): Agent
  /** The bearer token of the user with this role over everything. */
  tokenOf(role: RoleName): string
  /** A new user with these roles, signed in until the end of the test whatever the clock says. */
  signIn(...grants: RoleOver[]): Promise<SignedIn>
  /** Moves the clock and lets everything that became due be done. */
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>
  /** Resolves when no job runs or is due. */
  settled(): Promise<void>
  /** What the `log` channel was given so far. */
  // biome-ignore lint/suspicious/noExplicitAny: lines of JSON, looked at by whoever asks
  outbox(): any[]
}

export interface StartOptions extends ServiceOptions {
  /** The start of the clock; by default 2026-02-20 09:00 in Benxi. */
  at?: string
  /** More of the environment. */
  env?: Record<string, string>
  overrides?: Partial<AppContext>
  /** Without it no job is done. */
  worker?: boolean
  /** A service that served no test before, for tests of what it keeps in memory or in its folder. */
  unused?: true
}

/** What `/metrics` of a test app asks for. */
export const metricsToken = 'a-token-of-twenty-and-more'

const farAway = instantFrom('2099-01-01T00:00:00Z')

/** No test waits for the statistics of a planner that has hardly a row to read: PostgreSQL takes half a second for them. */
const neverDue = 'database.refresh_statistics'

/** Recurring work waits for its time: nothing of it is due on a database that was just made. */
async function planLater({ db, clock }: AppContext, definitions: Jobs<AppContext>): Promise<void> {
  const createdAt = clock.now()
  const rows = Object.entries(definitions).flatMap(([kind, { everySeconds: seconds }]) => {
    if (!seconds) return []
    const runAt = kind === neverDue ? farAway : createdAt.plus({ seconds })
    return [{ id: newId(), kind, key: kind, params: {}, state: 'waiting' as const, runAt, createdAt }]
  })
  await db.transaction((tx) => tx.insert(jobs).values(rows))
}

/** A user with these roles and a session that neither idle time nor its end will stop. */
async function insertUsers(db: Database, app: App, at: DateTime, wanted: RoleOver[][]): Promise<SignedIn[]> {
  const made = wanted.map((grants) => ({ userId: newId(), sessionId: newId(), grants }))
  await db.transaction(async (tx) => {
    await tx
      .insert(users)
      .values(made.map(({ userId }) => ({ id: userId, login: userId, name: '测试用户', createdAt: at })))
    await tx.insert(roleGrants).values(
      made.flatMap(({ userId, grants }) =>
        grants.map(({ role, unitId, districtCode, teamId }) => ({
          id: newId(),
          userId,
          role,
          unitId: unitId ?? null,
          districtCode: districtCode ?? null,
          teamId: teamId ?? null,
          scope: unitId
            ? `unit:${unitId}`
            : districtCode
              ? `district:${districtCode}`
              : teamId
                ? `team:${teamId}`
                : 'everything',
          grantedAt: at,
        })),
      ),
    )
    await tx.insert(sessions).values(
      made.map(({ userId, sessionId }) => ({
        id: sessionId,
        userId,
        kind: 'bearer' as const,
        tokenHash: tokenHash(sessionId),
        createdAt: at,
        // Seen in the future: no idle time runs out, and no request writes the row.
        lastSeenAt: farAway,
        expiresAt: farAway,
      })),
    )
  })
  return made.map(({ userId, sessionId }) => ({
    userId,
    token: bearerTokenOf(app, { id: sessionId, userId, at, expiresAt: farAway }),
  }))
}

function readLines(file: string): unknown[] {
  try {
    // What follows the last line break is still being written.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A service that listens, on a database and a folder of its own. */
interface Launched {
  context: AppContext
  clock: SimulatedClock
  folder: string
  service: Awaited<ReturnType<typeof createService>>
  url: string
  unlisted: ReadonlySet<string>
  /** What it began with, when it may serve another test. */
  restorer: Restorer | undefined
  end(): Promise<void>
}

async function launch(options: StartOptions, kept: boolean): Promise<Launched> {
  // Inside the folder of the run, which ends with it: a service that is kept is closed by nobody.
  const folder = mkdtempSync(join(databases().folder, 'muster-app-'))
  const database = await createDatabase()
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    CLOCK: 'simulated',
    LIMIT_PER_ADDRESS: '100000',
    LIMIT_PER_SESSION: '100000',
    METRICS_TOKEN: metricsToken,
    ...options.env,
  })
  const clock = new SimulatedClock(startOf(options))
  const context = await createContext(config, sealedColumns, { clock, ...options.overrides })
  const service = await createService(context, options.registers ? { registers: options.registers } : {})
  const unlisted = watchCodes(service.app)
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  const restorer = kept ? await restorerOf(database.url) : undefined
  return {
    context,
    clock,
    folder,
    service,
    url,
    unlisted,
    restorer,
    async end() {
      await service.app.close()
      await service.close()
      await restorer?.close()
      await context.close()
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Services that nobody uses at present. They end with this process, their folders and databases with the run. */
const idle: Launched[] = []

/**
 * A service that a test left, with its rows as they were at its start, because a start costs more than most tests. Its
 * database, its clock, its counters, its outbox and the folders of its files are put back; a test about what a process keeps
 * in memory asks for an `unused` one.
 */
async function takeIdle(options: StartOptions): Promise<Launched | undefined> {
  for (let taken = idle.pop(); taken; taken = idle.pop()) {
    if (await taken.restorer?.restore()) {
      taken.clock.set(startOf(options))
      taken.context.metrics.resetMetrics()
      const { logFile } = taken.context.config.messages
      if (existsSync(logFile)) truncateSync(logFile)
      for (const each of readdirSync(taken.folder, { withFileTypes: true }))
        if (each.isDirectory()) rmSync(join(taken.folder, each.name), { recursive: true, force: true })
      return taken
    }
    await taken.end()
  }
  return undefined
}

const startOf = ({ at }: StartOptions) => instantFrom(at ?? '2026-02-20T09:00:00+08:00')

/** The real service on a database, a folder and a clock of its own, listening on a free port. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const { at: _, worker: doesJobs = true, ...more } = options
  const plain = Object.keys(more).length === 0
  const launched = (plain ? await takeIdle(options) : undefined) ?? (await launch(options, plain))
  const { context, clock, service, url, unlisted } = launched
  const { app, messaging } = service
  if (doesJobs) await planLater(context, service.jobs)
  const worker = doesJobs ? startWorker(context, service.jobs, { pollMs: 200 }) : undefined
  const everybody = await insertUsers(
    context.db,
    app,
    clock.now(),
    roleNames.map((role) => [{ role }]),
  )
  const byRole = new Map(roleNames.map((role, at) => [role, everybody[at] as SignedIn]))
  let over = false

  return {
    context,
    messaging,
    jobs: service.jobs,
    db: context.db,
    app,
    url,
    clock,
    request: supertest(url),
    as(who) {
      const { token } = typeof who === 'string' ? (byRole.get(who) as SignedIn) : who
      return supertest.agent(url).auth(token, { type: 'bearer' })
    },
    tokenOf: (role) => (byRole.get(role) as SignedIn).token,
    async signIn(...grants) {
      const [made] = await insertUsers(context.db, app, clock.now(), [grants])
      return made as SignedIn
    },
    async advance(by) {
      clock.advance(by)
      context.jobs.wake()
      await worker?.idle()
    },
    settled: async () => worker?.idle(),
    outbox: () => readLines(context.config.messages.logFile) as never,
    async [Symbol.asyncDispose]() {
      // Twice would hand one service to two tests.
      if (over) return
      over = true
      if (launched.restorer && app.server.listening && unlisted.size === 0) {
        await worker?.stop()
        idle.push(launched)
        return
      }
      await app.close()
      await worker?.stop()
      await launched.end()
      if (unlisted.size > 0)
        throw new Error(`not listed in src/problem-codes.json: ${[...unlisted].join(', ')}`)
    },
  }
}
