import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import type { Bytes } from './cipher.ts'

/**
 * The database as one consistent file, read while the service writes: `VACUUM INTO`, on a thread of its own. (The
 * stepped online backup starts anew with every write of another connection and never ends under load.)
 */
export async function* dumpSqlite(file: string): Bytes & AsyncGenerator<Buffer> {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`)
  // Beside the database, where its own secrecy holds, and only for its owner.
  const folder = mkdtempSync(join(dirname(file), '.backup-'))
  try {
    const into = join(folder, 'snapshot.sqlite')
    await new Promise<void>((done, fail) => {
      const worker = new Worker(new URL('./vacuum-worker.ts', import.meta.url), {
        workerData: { file, into },
      })
      worker.once('error', fail)
      worker.once('exit', (code) => (code === 0 ? done() : fail(new Error(`VACUUM INTO ended with ${code}`))))
    })
    yield* createReadStream(into) as AsyncIterable<Buffer>
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The migrations that were applied to a database file, in order. */
export function migrationsOf(file: string): string[] {
  const connection = new Sqlite(file, { readonly: true })
  try {
    const rows = connection.prepare('select hash from applied_migrations order by position').all() as {
      hash: string
    }[]
    return rows.map((row) => row.hash)
  } finally {
    connection.close()
  }
}

export function sqliteIsEmpty(file: string): boolean {
  return !existsSync(file) || statSync(file).size === 0
}

/** @throws Error while another process has the database open: leaving WAL mode needs it alone */
export function refuseInUse(file: string): void {
  if (sqliteIsEmpty(file)) return
  const connection = new Sqlite(file, { timeout: 0 })
  try {
    connection.pragma('journal_mode = DELETE')
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return
    throw new Error(`the service is still running on ${file}; stop it first`, { cause: error })
  } finally {
    connection.close()
  }
}

/**
 * Puts a database file in the place of `file`. It is written whole beside it and checked first; the old one's
 * `-wal` and `-shm` go before, or SQLite would silently replay them into the new one.
 */
export async function loadSqlite(file: string, content: Bytes): Promise<void> {
  const folder = mkdtempSync(join(dirname(file), '.restore-'))
  try {
    const beside = join(folder, 'restored.sqlite')
    await pipeline(content, createWriteStream(beside, { mode: 0o600, flush: true }))
    const connection = new Sqlite(beside)
    try {
      const verdict = connection.pragma('integrity_check', { simple: true })
      if (verdict !== 'ok') throw new Error(`the restored database is damaged: ${String(verdict)}`)
    } finally {
      connection.close()
    }
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
    renameSync(beside, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
