import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { dialect } from '#platform/database/kit.ts'
import { type DatabaseOptions, openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { databases } from './databases.ts'
import { type Restorer, restorerOf } from './restore.ts'

export interface TestDatabase extends AsyncDisposable {
  url: string
}

let made = 0

/**
 * Databases on the server that nobody uses at present, as they were made: to put rows back takes a fifth of the time of
 * making a database and dropping it.
 */
const idle: { name: string; url: string; restorer: Restorer }[] = []

/** One connection of this process makes and drops all its databases. It does not keep the process alive. */
let admin: Promise<pg.Client> | undefined

async function connectAdmin(server: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server })
  // The server stops before this process does.
  client.on('error', () => {})
  await client.connect()
  ;(client as unknown as { unref(): void }).unref()
  return client
}

/** A migrated database without rows, of the engine under test, dropped when disposed of. */
export function createDatabase(): Promise<TestDatabase> {
  return create(databases().template)
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create(undefined)
}

async function create(template: string | undefined): Promise<TestDatabase> {
  const { folder, server, copyFiles, template: ofRun } = databases()
  // On a server the name says of which run it is, so that the run can drop what is left.
  const name = `${dialect === 'sqlite' ? 'muster' : ofRun}_${process.pid}_${process.env.VITEST_POOL_ID ?? '0'}_${++made}`
  if (dialect === 'sqlite') {
    const file = join(folder, `${name}.sqlite`)
    if (template) copyFileSync(template, file)
    const dispose = async () => {
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    }
    return { url: `sqlite:${file}`, [Symbol.asyncDispose]: dispose }
  }
  const kept = template ? idle.pop() : undefined
  if (kept) return lent(kept)
  const strategy = copyFiles ? 'file_copy' : 'wal_log'
  await asAdmin(`create database ${name} template ${template ?? 'template0'} strategy ${strategy}`)
  const url = new URL(server)
  url.pathname = name
  if (template) return lent({ name, url: url.href, restorer: await restorerOf(url.href) })
  return { url: url.href, [Symbol.asyncDispose]: () => drop(name) }
}

async function asAdmin(statement: string): Promise<void> {
  admin ??= connectAdmin(databases().server)
  await (await admin).query(statement)
}

const drop = (name: string) => asAdmin(`drop database if exists ${name} with (force)`)

/** A database that goes back to the idle ones when disposed of, unless more than its rows has changed. */
function lent(kept: (typeof idle)[number]): TestDatabase {
  const { name, url, restorer } = kept
  return {
    url,
    async [Symbol.asyncDispose]() {
      // Whoever left a connection open, or was killed with one, holds nothing any more.
      if (await restorer.restore(true).catch(() => false)) return void idle.push(kept)
      await restorer.close()
      await drop(name)
    },
  }
}

/** A database port over a migrated database without rows; both are gone when it is disposed of. */
export async function openTestDatabase(
  options: Omit<DatabaseOptions, 'databaseUrl'> = {},
): Promise<TestDatabase & { db: Database }> {
  const created = await createDatabase()
  const db = await openDatabase({ databaseUrl: created.url, ...options })
  return {
    db,
    url: created.url,
    async [Symbol.asyncDispose]() {
      await db.close()
      await created[Symbol.asyncDispose]()
    },
  }
}
