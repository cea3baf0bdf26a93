import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { type DatabaseOptions, openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'

let made = 0

/** An empty, migrated database of the engine under test, dropped when disposed of. */
export async function createDatabase(): Promise<AsyncDisposable & { url: string }> {
  const { folder, server } = inject('databases')
  const name = `muster_${process.pid}_${process.env.VITEST_POOL_ID ?? '0'}_${++made}`
  if (dialect === 'sqlite') {
    const file = join(folder, `${name}.sqlite`)
    copyFileSync(join(folder, 'template.sqlite'), file)
    const dispose = async () => {
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    }
    return { url: `sqlite:${file}`, [Symbol.asyncDispose]: dispose }
  }
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(statement)
    await admin.end()
  }
  await asAdmin(`create database ${name} template ${folder}`)
  const url = new URL(server)
  url.pathname = name
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asAdmin(`drop database if exists ${name} with (force)`),
  }
}

/** A database port over an empty, migrated database; both are gone when it is disposed of. */
export async function openTestDatabase(
  options: Omit<DatabaseOptions, 'databaseUrl'> = {},
): Promise<AsyncDisposable & { db: Database; url: string }> {
  const made = await createDatabase()
  const db = await openDatabase({ databaseUrl: made.url, ...options })
  return {
    db,
    url: made.url,
    async [Symbol.asyncDispose]() {
      await db.close()
      await made[Symbol.asyncDispose]()
    },
  }
}
