import { mkdirSync } from 'node:fs'
import type { DateTime } from 'luxon'
import { Registry } from 'prom-client'
import { recordWith } from '#platform/audit/index.ts'
import { type CalendarReader, createCalendarReader } from '#platform/calendar/index.ts'
import { type KeyRing, openKeyRing, type SealedColumn } from '#platform/crypto/index.ts'
import type { Report } from '#platform/database/notices.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { batchSizes, countDroppedLines, measured } from '#platform/http/metrics.ts'
import { createQueue, type Queue } from '#platform/jobs/queue.ts'
import { standardOutput } from '#platform/log-output.ts'
import { createLogger, type Logger } from '#platform/logger.ts'
import { type Clock, SimulatedClock, systemClock } from '#platform/time.ts'
import { type SlowThings, slowThings } from '#platform/watch/slow.ts'
import type { Config } from './config.ts'
import { buildFolder, buildIn } from './console.ts'

/** What the platform provides to every slice: database, clock, keys and so on. Created once, at the start. */
export interface AppContext {
  readonly config: Config
  readonly log: Logger
  readonly db: Database
  readonly clock: Clock
  /** The present moment, in UTC. */
  now(): DateTime
  readonly keys: KeyRing
  readonly jobs: Queue
  /** The cached calendar of working days, for values that are only shown. */
  readonly calendar: CalendarReader
  readonly metrics: Registry
  /** What took long in this process. */
  readonly slow: SlowThings
  /** The id of the console build that is served now; null when there is none. */
  build(): string | null
  /** Evenly distributed in [0, 1). Not for secrets. */
  random(): number
  /** Closes the database. Call after the service was closed. */
  close(): Promise<void>
}

async function keysOf(db: Database, { keysFile }: Config, sealed: readonly SealedColumn[]): Promise<KeyRing> {
  try {
    return await openKeyRing(db.read, keysFile, sealed)
  } catch (error) {
    await db.close()
    throw error
  }
}

/**
 * Opens the database, the keys and the log that the configuration names.
 * @param sealed the encrypted columns of the service, to check that the keys fit the database
 * @param overrides replace parts, for tests
 */
export async function createContext(
  config: Config,
  sealed: readonly SealedColumn[],
  overrides: Partial<AppContext> = {},
): Promise<AppContext> {
  mkdirSync(config.dataDir, { recursive: true })
  const log = overrides.log ?? createLogger(config.logLevel)
  const clock =
    overrides.clock ?? (config.clock === 'simulated' ? new SimulatedClock(config.clockStart) : systemClock)
  const metrics = overrides.metrics ?? new Registry()
  countDroppedLines(metrics, () => standardOutput().dropped)
  const slow = overrides.slow ?? slowThings(metrics)
  const report: Report = ({ event, ...fields }) => {
    if (event === 'statement slow')
      slow.statements.note((fields as { name: string }).name, (fields as { ms: number }).ms)
    log.warn(fields, event)
  }
  const opened = overrides.db ?? (await openDatabase({ ...config, onCommit: batchSizes(metrics), report }))
  const keys = overrides.keys ?? (await keysOf(opened, config, sealed))
  recordWith(opened, keys)
  // `databaseOf(tx)` is the unmeasured port, so the queue must be created for that one.
  const jobs = overrides.jobs ?? createQueue(opened, clock)
  const db = measured(opened, metrics)
  return {
    config,
    log,
    clock,
    now: () => clock.now(),
    keys,
    jobs,
    calendar: createCalendarReader(db),
    metrics,
    slow,
    build: () => buildIn(buildFolder),
    random: Math.random,
    close: () => db.close(),
    ...overrides,
    db,
  }
}
