import { mkdirSync } from 'node:fs'
import type { DateTime } from 'luxon'
import { Registry } from 'prom-client'
import { createMessaging, type Messaging } from '#modules/messaging/index.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { batchSizes, measured } from '#platform/http/metrics.ts'
import { createQueue, type Queue } from '#platform/jobs/queue.ts'
import { createLogger, type Logger } from '#platform/logger.ts'
import { type Clock, SimulatedClock, systemClock } from '#platform/time.ts'
import type { Config } from './config.ts'

/** What the service stands on. Made once, at the start, and handed to whoever needs it. */
export interface AppContext {
  readonly config: Config
  readonly log: Logger
  readonly db: Database
  readonly clock: Clock
  /** The present moment, in UTC. */
  now(): DateTime
  readonly keys: KeyRing
  readonly jobs: Queue
  readonly metrics: Registry
  /** Who provides the content of messages, and who carries them. */
  readonly messaging: Messaging
  /** Evenly distributed in [0, 1). Not for secrets. */
  random(): number
  /** Gives everything back: call after the server and the worker have stopped. */
  close(): Promise<void>
}

/** Opens what the configuration names. `overrides` replace parts, for tests. */
export async function createContext(
  config: Config,
  overrides: Partial<AppContext> = {},
): Promise<AppContext> {
  mkdirSync(config.dataDir, { recursive: true })
  const log = overrides.log ?? createLogger(config.logLevel)
  const clock =
    overrides.clock ?? (config.clock === 'simulated' ? new SimulatedClock(config.clockStart) : systemClock)
  const keys = overrides.keys ?? new KeyRing(config.keysFile)
  const metrics = overrides.metrics ?? new Registry()
  const opened = overrides.db ?? (await openDatabase({ ...config, onCommit: batchSizes(metrics) }))
  // Transactions name the port they were opened on, so the queue is made for that one.
  const jobs = overrides.jobs ?? createQueue(opened, clock)
  const db = measured(opened, metrics)
  const { messages, publicUrl } = config
  const messaging = overrides.messaging ?? createMessaging({ messages, publicUrl, clock })
  return {
    config,
    log,
    clock,
    now: () => clock.now(),
    keys,
    jobs,
    metrics,
    messaging,
    random: Math.random,
    async close() {
      await messaging.close()
      await db.close()
    },
    ...overrides,
    db,
  }
}
