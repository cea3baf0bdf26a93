import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { rowsOf } from './dialect.ts'
import type { Dialect } from './kit.ts'
import type { Reader } from './port.ts'
import { connectSqlite } from './sqlite.ts'
import { targetOf } from './url.ts'

export interface MigrateOptions {
  /** Where the folders `sqlite` and `postgresql` lie; the repository's by default. */
  migrations?: string
}

interface Migration {
  position: number
  hash: string
  statements: string[]
}

/** What migrating needs of an engine; everything happens inside one transaction of it. */
interface Engine {
  execute(statement: string): Promise<void>
  applied(): Promise<{ position: number; hash: string }[]>
}

/** Any number, as long as every process of the service takes the same. */
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

async function run(engine: Engine, files: Migration[]): Promise<number> {
  await engine.execute(register)
  const pending = pendingOf(files, await engine.applied())
  for (const { position, hash, statements } of pending) {
    for (const statement of statements) await engine.execute(statement)
    await engine.execute(
      `insert into applied_migrations (position, hash, applied_at) values (${position}, '${hash}', '${new Date().toISOString()}')`,
    )
  }
  return pending.length
}

/** Waits for its turn without holding up the process, whatever else it does meanwhile. */
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
 * SQLite: drizzle-kit alters a table by building it anew, and its own `foreign_keys=OFF` does nothing inside
 * a transaction, so that the DROP would cascade. Here they are off before it begins, and checked before it ends.
 */
async function migrateSqlite(file: string, files: Migration[]): Promise<number> {
  const connection = connectSqlite(file)
  try {
    connection.pragma('foreign_keys = OFF')
    await beginAlone(connection)
    const count = await run(
      {
        execute: async (statement) => void connection.exec(statement),
        applied: async () =>
          connection
            .prepare('select position, hash from applied_migrations order by position')
            .all() as never,
      },
      files,
    )
    const broken = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
    if (broken.length > 0) {
      const [first] = broken as [{ table: string; parent: string }]
      throw new Error(
        `Migrating would leave ${broken.length} rows without their parent, as ${first.table} → ${first.parent}`,
      )
    }
    connection.exec('COMMIT')
    return count
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    connection.close()
  }
}

async function migratePostgres(url: string, files: Migration[]): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'muster-migrate' })
  client.on('error', () => {}) // the query under way is told as well
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`select pg_advisory_xact_lock(${advisoryLock})`)
    const count = await run(
      {
        execute: async (statement) => void (await client.query(statement)),
        applied: async () =>
          (await client.query('select position, hash from applied_migrations order by position')).rows,
      },
      files,
    )
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
    return count
  } finally {
    await client.end()
  }
}

/**
 * Brings a database to the newest migration, all in one transaction; processes that start together take turns.
 * @returns how many were applied
 * @throws Error when an applied migration is missing, changed or unknown here; nothing is changed then.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<number> {
  const target = targetOf(databaseUrl)
  const files = migrationsOf(target.dialect, options)
  return target.dialect === 'sqlite' ? migrateSqlite(target.file, files) : migratePostgres(target.url, files)
}

/** How many migrations the database still lacks; for readiness. @throws as `migrate` does. */
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
