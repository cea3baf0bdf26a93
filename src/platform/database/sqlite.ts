import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { Checkpoints } from './checkpoints.ts'
import { GroupCommit } from './group-commit.ts'
import { type IdleLimits, IdleWatch } from './idle-watch.ts'
import type { Report } from './notices.ts'
import { type Database, type Reader, Session, shuttingDown, type Writer } from './port.ts'
import { keepStatements } from './statement-cache.ts'
import { keepStatistics } from './statistics.ts'
import { patient, whenFree } from './when-free.ts'

export interface SqliteOptions {
  /** Path of the database file. */
  file: string
  /** Group commit (one COMMIT for all waiting transactions; the default), or one COMMIT each. */
  groupCommit?: boolean
  /** Called after each COMMIT with the number of transactions that shared it. */
  onCommit?: (transactions: number) => void
  report?: Report
  /** When idle transactions are logged and ended. */
  idle?: IdleLimits
}

/** Page cache: 64 MB. */
const cacheKb = 65_536

/**
 * The WAL size, in pages, at which a commit runs the checkpoint itself: 16 MB on a connection without a checkpoint
 * thread; 128 MB with one (`Checkpoints`), for the case that the thread cannot keep up.
 */
const checkpointPages = 4000
const backstopPages = 32_000

export interface ConnectOptions {
  readonly?: boolean
  /** SQLite's `busy_timeout`, in ms. It blocks the whole process, not only the statement, while it waits for a lock. */
  lockMs?: number
}

/**
 * Only the owner may read the database file. SQLite gives its `-wal` and `-shm` files the same mode. A new file is
 * created here, because SQLite would create it with the mode that the umask allows.
 * @throws Error when group or others may read an existing file: data may have leaked, so the operator must know
 */
function assertPrivate(file: string, readonly: boolean): void {
  if (!readonly && !existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = (statSync(each, { throwIfNoEntry: false })?.mode ?? 0) & 0o777
    if ((mode & 0o077) === 0) continue
    throw new Error(
      `${each} holds personal data but has mode ${mode.toString(8).padStart(4, '0')}; stop what uses it, and run: chmod 600 ${file}*`,
    )
  }
}

/**
 * Opens a connection with the settings that durability needs, and verifies them: better-sqlite3 is compiled so that a
 * reopened WAL file falls back to `synchronous=NORMAL`.
 * @throws Error when WAL or FULL cannot be set, or the file is readable by others than its owner
 */
export function connectSqlite(file: string, options: ConnectOptions = {}): Sqlite.Database {
  const { readonly = false, lockMs = 5000 } = options
  assertPrivate(file, readonly)
  const connection = new Sqlite(file, { readonly, timeout: lockMs })
  if (!readonly) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma(`cache_size = -${cacheKb}`)
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  try {
    assertDurable(connection)
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}

function assertDurable(connection: Sqlite.Database): void {
  const mode = connection.pragma('journal_mode', { simple: true })
  const level = connection.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || level !== 2) {
    throw new Error(
      `SQLite runs with journal_mode=${mode}, synchronous=${level}; wal and 2 (FULL) are required`,
    )
  }
}

/** A reader on the caller's own connection. */
export function readerOn(connection: Sqlite.Database): Reader {
  return patient(drizzle(connection, { casing: 'snake_case' })) as unknown as Reader
}

/** Opens a SQLite file: one connection writes, with group commit; another one reads. */
export function openSqlite({ file, report = () => {}, idle, ...grouping }: SqliteOptions): Database {
  const writer = connectSqlite(file)
  const reader = connectSqlite(file, { readonly: true })
  for (const each of [writer, reader]) {
    keepStatements(each, report)
    // From here on `whenFree` waits for locks, without blocking the event loop.
    each.pragma('busy_timeout = 0')
  }
  writer.pragma(`wal_autocheckpoint = ${backstopPages}`)
  const checkpoints = new Checkpoints(file, report)
  const watch = new IdleWatch(report, idle)
  const onCommit = (transactions: number) => {
    checkpoints.committed()
    grouping.onCommit?.(transactions)
  }
  const writing = drizzle(writer, { casing: 'snake_case' })
  const commits = new GroupCommit(writer, watch, { ...grouping, onCommit }, () => sessionOn(writing))
  let closed: Promise<void> | undefined

  const database: Database = {
    dialect: 'sqlite',
    read: readerOn(reader),
    transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(shuttingDown())
      return new Promise<T>((resolve, reject) => {
        commits.add({ work, resolve: resolve as (value: unknown) => void, reject })
      })
    },
    async snapshot(work) {
      const own = await whenFree(() => beginReading(file))
      const session = sessionOn(drizzle(own, { casing: 'snake_case' }))
      try {
        return await watch.run(session, work, () => work(session as unknown as Reader))
      } finally {
        session.end()
        own.close()
      }
    },
    async probe() {
      assertDurable(writer)
      // Setting the same version again still writes a page, and the transaction is as durable as any other.
      await database.transaction(async () => {
        writer.pragma(`user_version = ${writer.pragma('user_version', { simple: true })}`)
      })
      return { synchronous: 'FULL' }
    },
    refreshStatistics: () => database.transaction(async () => keepStatistics(writer)),
    close() {
      closed ??= commits
        .idle()
        .then(() => checkpoints.close())
        .then(() => {
          watch.close()
          reader.close()
          writer.close()
        })
      return closed
    },
  }
  const sessionOn = (on: BetterSQLite3Database) => new Session(on as never, database)
  return database
}

/** A connection that reads one snapshot, which begins with its first read. */
function beginReading(file: string): Sqlite.Database {
  const own = connectSqlite(file, { readonly: true, lockMs: 0 })
  try {
    own.exec('BEGIN')
    own.prepare('select count(*) from sqlite_schema').get()
    return own
  } catch (error) {
    own.close()
    throw error
  }
}
