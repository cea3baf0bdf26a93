import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { dialect } from '#platform/database/kit.ts'
import { type DatabaseOptions, openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { databases } from './databases.ts'

export interface TestDatabase extends AsyncDisposable {
  url: string
}

let made = 0

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
  const asAdmin = async (statement: string) => {
    admin ??= connectAdmin(server)
    await (await admin).query(statement)
  }
  const strategy = copyFiles ? 'file_copy' : 'wal_log'
  await asAdmin(`create database ${name} template ${template ?? 'template0'} strategy ${strategy}`)
  const url = new URL(server)
  url.pathname = name
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asAdmin(`drop database if exists ${name} with (force)`),
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
