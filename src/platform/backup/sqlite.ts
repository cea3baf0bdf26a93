import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Sqlite from 'better-sqlite3'
import { migrate, type Steps } from '#platform/database/migrate.ts'
import type { Reader } from '#platform/database/port.ts'
import { readerOn } from '#platform/database/sqlite.ts'
import { targetOf } from '#platform/database/url.ts'
import { startThread } from '#platform/thread.ts'
import { fileLock, takeFileLock, withFileLock } from '../file-lock.ts'
import type { Bytes } from './cipher.ts'

/** The folder for unfinished copies: beside the database, with the same access rights. */
const copiesOf = (file: string) => ({ backup: `${file}.backup-copy`, restore: `${file}.restore-copy` })

/** Creates an empty folder for the owner only; removes files left by a run that was killed. */
function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

/** Removes copies of the database left by a backup or restore that was killed. Call at the start of the service. */
export function removeLeftCopies(databaseUrl: string): void {
  const target = targetOf(databaseUrl)
  if (target.dialect !== 'sqlite') return
  for (const [kind, folder] of Object.entries(copiesOf(target.file))) {
    if (!existsSync(folder)) continue
    const release = takeFileLock(`${target.file}.${kind}.lock`)
    if (!release) continue
    rmSync(folder, { recursive: true, force: true })
    release()
  }
}

/**
 * A consistent copy of the database as one file, made while the service writes: `VACUUM INTO` on a separate thread.
 * (SQLite's online backup in steps restarts with every write of another connection and never ends under load.)
 */
export async function* dumpSqlite(file: string): Bytes & AsyncGenerator<Buffer> {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`)
  const release = fileLock(`${file}.backup.lock`)
  const folder = emptyFolder(copiesOf(file).backup)
  try {
    const into = join(folder, 'snapshot.sqlite')
    await new Promise<void>((done, fail) => {
      const worker = startThread(new URL('./vacuum-worker.ts', import.meta.url), { input: { file, into } })
      worker.once('error', fail)
      worker.once('exit', (code) => (code === 0 ? done() : fail(new Error(`VACUUM INTO ended with ${code}`))))
    })
    yield* createReadStream(into) as AsyncIterable<Buffer>
  } finally {
    rmSync(folder, { recursive: true, force: true })
    release()
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

/** @throws Error while another process has the database open (leaving WAL mode needs exclusive access) */
export function assertNotInUse(file: string): void {
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
 * Replaces the database `file`. The new file is first written beside it, checked, approved and migrated to this release.
 * The `-wal` and `-shm` files of the old one are deleted before the rename, because SQLite would replay them into the new
 * file (their content is already in the old file: see `assertNotInUse`).
 */
export async function loadSqlite(
  file: string,
  content: Bytes,
  { approve, steps }: { approve: (read: Reader) => Promise<void>; steps?: Steps },
): Promise<void> {
  await withFileLock(`${file}.restore.lock`, async () => {
    const folder = emptyFolder(copiesOf(file).restore)
    try {
      const beside = join(folder, 'restored.sqlite')
      await pipeline(content, createWriteStream(beside, { mode: 0o600, flush: true }))
      await opened(beside, async (connection) => {
        const verdict = connection.pragma('integrity_check', { simple: true })
        if (verdict !== 'ok') throw new Error(`the restored database is damaged: ${String(verdict)}`)
        await approve(readerOn(connection))
      })
      await migrate(`sqlite:${beside}`, { steps })
      // A single file, without a write-ahead log beside it.
      await opened(beside, async (connection) => void connection.pragma('journal_mode = DELETE'))
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
      renameSync(beside, file)
      flushFolder(dirname(file))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

async function opened(file: string, work: (connection: Sqlite.Database) => Promise<void>): Promise<void> {
  const connection = new Sqlite(file)
  try {
    await work(connection)
  } finally {
    connection.close()
  }
}

/** A rename is durable only after an fsync of its folder. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
