import { statfs } from 'node:fs/promises'
import Type from 'typebox'
import { pendingMigrations } from '../database/migrate.ts'
import type { Database } from '../database/port.ts'
import { Body } from './schemas.ts'
import type { App } from './server.ts'

export interface HealthOptions {
  db: Database
  dataDir: string
  freeDiskMinMb: number
}

const Check = Type.Object({ ok: Type.Boolean(), detail: Type.String() })
const Readiness = Body({
  ready: Type.Boolean(),
  checks: Type.Object({ database: Check, migrations: Check, disk: Check }),
})
const Liveness = Body({ live: Type.Literal(true) })

type Check = { ok: boolean; detail: string }

/** What a check found; one that throws failed, and says no more than its kind to whoever asks. */
async function checked(look: () => Promise<Check>): Promise<Check> {
  try {
    return await look()
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.name : 'failed' }
  }
}

async function databaseOf({ db }: HealthOptions): Promise<Check> {
  const { synchronous } = await db.probe()
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

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work now (a durable write, the migrations
 * of this release, room on the disk), else 503. Both are public and unlimited: probes carry no credentials,
 * and what they tell is no secret.
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
      const [database, migrations, disk] = await Promise.all(
        [databaseOf, migrationsOf, diskOf].map((look) => checked(() => look(options))),
      )
      const checks = { database, migrations, disk } as Record<'database' | 'migrations' | 'disk', Check>
      const ready = Object.values(checks).every(({ ok }) => ok)
      return reply
        .status(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ready, checks })
    },
  })
}
