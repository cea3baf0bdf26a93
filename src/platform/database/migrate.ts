import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type pg from 'pg'
import { connectPostgres } from './connect-postgres.ts'
import { rowsOf } from './dialect.ts'
import type { Dialect } from './kit.ts'
import type { Reader } from './port.ts'
import { connectSqlite } from './sqlite.ts'
import { targetOf } from './url.ts'

/** A database in the middle of a migration. */
export interface StepDatabase {
  /** `?` stands for each parameter. */
  rows(statement: string, parameters: readonly StepValue[]): Promise<Record<string, unknown>[]>
  run(statement: string, parameters: readonly StepValue[]): Promise<void>
}

type StepValue = string | number | boolean | null

/**
 * What a migration does that SQL cannot, in its transaction.
 * @returns the tables it rewrote, whose old content must not remain in the files
 */
export type Step = (db: StepDatabase) => Promise<string[]>

/** Steps by the name that a migration calls: `-- step: NAME`. */
export type Steps = Readonly<Record<string, Step>>

export interface MigrateOptions {
  steps?: Steps
  /** The folder that contains `sqlite` and `postgresql`; the repository's `migrations` by default. */
  migrations?: string
}

interface Migration {
  position: number
  hash: string
  statements: string[]
}

/** What migrating needs of an engine; everything happens inside one transaction of it. */
interface Engine extends StepDatabase {
  execute(statement: string): Promise<void>
  applied(): Promise<{ position: number; hash: string }[]>
}

const stepNamed = /^-- step: (\w+)$/

/** The key of the advisory lock: any number, but the same in every process of the service. */
const advisoryLock = 7_368_112_004

/** How long to wait while another process migrates the same file. */
const waitMs = 60_000

const repository = resolve(import.meta.dirname, '../../../migrations')

const register =
  'create table if not exists applied_migrations (position integer primary key, hash text not null, applied_at text not null)'

function migrationsOf(dialect: Dialect, { migrations = repository }: MigrateOptions): Migration[] {
  return readMigrationFiles({ migrationsFolder: join(migrations, dialect) }).map((file, position) => ({
    position,
    hash: file.hash,
    statements: file.sql.map((statement) => statement.trim()).filter((statement) => statement !== ''),
  }))
}

/** The migrations still to run. @throws Error when what was applied is not exactly how the files begin. */
function pendingOf(files: Migration[], applied: { position: number; hash: string }[]): Migration[] {
  for (const [at, { position, hash }] of applied.entries()) {
    if (position !== at) throw new Error(`Migration ${at} was never applied, but a later one was`)
    const file = files[at]
    if (!file) throw new Error(`The database is newer than this release: migration ${at} is unknown here`)
    if (file.hash !== hash) throw new Error(`Migration ${at} was changed after it was applied`)
  }
  return files.slice(applied.length)
}

interface Ran {
  count: number
  rewritten: Set<string>
}

async function run(engine: Engine, files: Migration[], steps: Steps): Promise<Ran> {
  await engine.execute(register)
  const applied = await engine.applied()
  const pending = pendingOf(files, applied)
  const rewritten = new Set<string>()
  for (const { position, hash, statements } of pending) {
    for (const statement of statements) {
      const step = stepNamed.exec(statement)?.[1]
      if (step === undefined) await engine.execute(statement)
      // A new database has no rows for it.
      else if (applied.length > 0) {
        const take = steps[step]
        if (!take) throw new Error(`Migration ${position} needs the keys; run: npm run migrate`)
        for (const table of await take(engine)) rewritten.add(table)
      }
    }
    await engine.execute(
      `insert into applied_migrations (position, hash, applied_at) values (${position}, '${hash}', '${new Date().toISOString()}')`,
    )
  }
  return { count: pending.length, rewritten }
}

/** Waits for the lock without blocking the event loop. */
async function beginAlone(connection: Sqlite.Database): Promise<void> {
  connection.pragma('busy_timeout = 0')
  for (const deadline = Date.now() + waitMs; ; await pause(20)) {
    try {
      connection.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || Date.now() > deadline) throw error
    }
  }
}

/**
 * SQLite: drizzle-kit alters a table by rebuilding it, and its `foreign_keys=OFF` has no effect inside a transaction,
 * so the DROP would cascade. Here foreign keys are off before the transaction begins and checked before it commits.
 */
async function migrateSqlite(file: string, files: Migration[], steps: Steps): Promise<number> {
  const connection = connectSqlite(file)
  try {
    connection.pragma('foreign_keys = OFF')
    await beginAlone(connection)
    const plain = (values: readonly StepValue[]) =>
      values.map((value) => (typeof value === 'boolean' ? Number(value) : value))
    const { count, rewritten } = await run(
      {
        execute: async (statement) => void connection.exec(statement),
        rows: async (statement, values) => connection.prepare(statement).all(...plain(values)) as never,
        run: async (statement, values) => void connection.prepare(statement).run(...plain(values)),
        applied: async () =>
          connection
            .prepare('select position, hash from applied_migrations order by position')
            .all() as never,
      },
      files,
      steps,
    )
    const broken = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
    if (broken.length > 0) {
      const [first] = broken as [{ table: string; parent: string }]
      throw new Error(
        `Migrating would leave ${broken.length} rows without their parent, as ${first.table} → ${first.parent}`,
      )
    }
    connection.exec('COMMIT')
    // Freed pages still contain the old values: VACUUM rewrites the file without them.
    if (rewritten.size > 0) {
      connection.exec('VACUUM')
      connection.pragma('wal_checkpoint(TRUNCATE)')
    }
    return count
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    connection.close()
  }
}

async function migratePostgres(url: string, files: Migration[], steps: Steps): Promise<number> {
  const client = await connectPostgres(url, { application_name: 'muster-migrate' })
  try {
    await client.query('BEGIN')
    const { count, rewritten } = await runOn(client, files, steps)
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
    await compact(client, rewritten)
    return count
  } finally {
    await client.end()
  }
}

async function runOn(client: pg.Client, files: Migration[], steps: Steps): Promise<Ran> {
  await client.query(`select pg_advisory_xact_lock(${advisoryLock})`)
  const numbered = (statement: string) => {
    let n = 0
    return statement.replace(/\?/g, () => `$${++n}`)
  }
  return run(
    {
      execute: async (statement) => void (await client.query(statement)),
      rows: async (statement, values) => (await client.query(numbered(statement), [...values])).rows,
      run: async (statement, values) => void (await client.query(numbered(statement), [...values])),
      applied: async () =>
        (await client.query('select position, hash from applied_migrations order by position')).rows,
    },
    files,
    steps,
  )
}

/** Replaced rows remain in the files of a table until the table is rewritten. */
async function compact(client: pg.Client, tables: Iterable<string>): Promise<void> {
  for (const table of tables) await client.query(`vacuum full ${client.escapeIdentifier(table)}`)
}

/**
 * Like `migrate`, on PostgreSQL, inside the caller's transaction.
 * @returns the tables to pass to `compactPostgres` after the commit
 */
export async function migrateWithin(client: pg.Client, options: MigrateOptions = {}): Promise<string[]> {
  const { rewritten } = await runOn(client, migrationsOf('postgresql', options), options.steps ?? {})
  return [...rewritten]
}

/** Rewrites these tables, so that replaced rows are no longer in their files. Call after the commit. */
export async function compactPostgres(url: string, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return
  const client = await connectPostgres(url, { application_name: 'muster-migrate' })
  try {
    await compact(client, tables)
  } finally {
    await client.end()
  }
}

/**
 * Applies all pending migrations in one transaction. Processes that start at the same time wait for each other.
 * @returns how many migrations were applied
 * @throws Error when an applied migration is missing, changed or unknown here; nothing is changed then.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<number> {
  const target = targetOf(databaseUrl)
  const files = migrationsOf(target.dialect, options)
  const { steps = {} } = options
  return target.dialect === 'sqlite'
    ? migrateSqlite(target.file, files, steps)
    : migratePostgres(target.url, files, steps)
}

/** How many migrations are pending; for the readiness check. @throws Error as `migrate` does */
export async function pendingMigrations(
  db: Reader,
  dialect: Dialect,
  options: MigrateOptions = {},
): Promise<number> {
  const applied = await rowsOf<{ position: number; hash: string }>(
    db,
    sql`select position, hash from applied_migrations order by position`,
  )
  return pendingOf(migrationsOf(dialect, options), applied).length
}
