import { statfs } from 'node:fs/promises'
import Type from 'typebox'
import { pendingMigrations } from '../database/migrate.ts'
import type { Database } from '../database/port.ts'
import type { WatchEntry } from '../watch/watch.ts'
import { Body } from './schemas.ts'
import type { App } from './server.ts'

export interface HealthOptions {
  db: Database
  dataDir: string
  freeDiskMinMb: number
  /** What is watched, as it is now. */
  watched(): Promise<WatchEntry[]>
}

const Check = Type.Object({ ok: Type.Boolean(), detail: Type.String() })
const Said = Type.Object({ zh: Type.String(), en: Type.String() })
const Entry = Type.Object({
  name: Type.String(),
  of: Type.Union([Type.String(), Type.Null()]),
  value: Type.Number(),
  unit: Type.Enum(['seconds', 'milliseconds', 'megabytes', 'count']),
  title: Said,
})
const Readiness = Body({
  ready: Type.Boolean(),
  attention: Type.Array(Type.Object({ ...Entry.properties, todo: Said }), {
    description: 'What a person should look at though the service can do its work, and what to do',
  }),
  watched: Type.Array(Entry, { description: 'Everything that is watched, alarming or not' }),
  checks: Type.Object({ database: Check, migrations: Check, disk: Check }),
})
const Liveness = Body({ live: Type.Literal(true) })

type Check = { ok: boolean; detail: string }

/** Timeout of a check, in ms. A check that hangs counts as failed. */
const answerMs = 2000

function late(): Promise<Check> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, answerMs, {
      ok: false,
      detail: `no answer within ${answerMs / 1000} s`,
    })
    timer.unref()
  })
}

/** The result of a check. A check that throws has failed; its error is not shown to the client. */
async function checked(look: () => Promise<Check>): Promise<Check> {
  try {
    return await Promise.race([look(), late()])
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.name : 'failed' }
  }
}

const probing = new WeakMap<Database, ReturnType<Database['probe']>>()

/** Runs one probe at a time: on a database that hangs, further probes would queue up. */
function probe(db: Database): ReturnType<Database['probe']> {
  const known = probing.get(db)
  if (known) return known
  const begun = db.probe().finally(() => probing.delete(db))
  probing.set(db, begun)
  return begun
}

async function databaseOf({ db }: HealthOptions): Promise<Check> {
  const { synchronous } = await probe(db)
  return { ok: true, detail: `${db.dialect}, a write is durable, synchronous=${synchronous}` }
}

async function migrationsOf({ db }: HealthOptions): Promise<Check> {
  const pending = await pendingMigrations(db.read, db.dialect)
  return { ok: pending === 0, detail: pending === 0 ? 'current' : `${pending} to be applied` }
}

async function diskOf({ dataDir, freeDiskMinMb }: HealthOptions): Promise<Check> {
  const { bavail, bsize } = await statfs(dataDir)
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20)
  return { ok: freeMb >= freeDiskMinMb, detail: `${freeMb} MB free, at least ${freeDiskMinMb} wanted` }
}

/** What is watched, also while the service is not ready. None of it makes it unready. */
async function attentionOf({ watched }: HealthOptions) {
  const entries = await watched()
  return { attention: entries.filter(({ alarming }) => alarming), watched: entries }
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can work now (durable write, migrations applied, free disk
 * space), else 503. Both are public and without rate limit: probes have no credentials, and the answers are not secret.
 */
export function healthRoutes(app: App, options: HealthOptions): void {
  app.route({
    method: 'GET',
    url: '/health/live',
    config: { access: 'public', unlimited: true },
    schema: { response: { 200: Liveness } },
    handler: async () => ({ live: true }) as const,
  })
  app.route({
    method: 'GET',
    url: '/health/ready',
    config: { access: 'public', unlimited: true },
    schema: { response: { 200: Readiness, 503: Readiness } },
    handler: async (_, reply) => {
      const [attention, database, migrations, disk] = await Promise.all([
        attentionOf(options),
        ...([databaseOf, migrationsOf, diskOf] as const).map((look) => checked(() => look(options))),
      ] as const)
      const checks = { database, migrations, disk } as Record<'database' | 'migrations' | 'disk', Check>
      const ready = Object.values(checks).every(({ ok }) => ok)
      return reply.status(ready ? 200 : 503).send({ ready, ...attention, checks })
    },
  })
}
