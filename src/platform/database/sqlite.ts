import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { DomainError } from '../errors.ts'
import { type Database, type Reader, Session, type Writer } from './port.ts'

export interface SqliteOptions {
  /** Path of the database file. */
  file: string
  /** One COMMIT for all transactions that are waiting (default), or one each. */
  groupCommit?: boolean
}

interface Waiting {
  work: (tx: Writer) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** A batch is closed when it has this many transactions, or has run this long: whoever waits is answered. */
const batchMax = 512
const batchMs = 25

/**
 * Opens a connection with the settings durability depends on, and proves that they hold.
 * better-sqlite3 is built so that a reopened WAL file falls back to `synchronous=NORMAL`, hence the check.
 */
export function connectSqlite(file: string, options: { readonly?: boolean } = {}): Sqlite.Database {
  const connection = new Sqlite(file, { readonly: options.readonly ?? false, timeout: 5000 })
  if (!options.readonly) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('cache_size = -65536')
  const mode = connection.pragma('journal_mode', { simple: true })
  const level = connection.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || level !== 2) {
    connection.close()
    throw new Error(`SQLite runs with journal_mode=${mode}, synchronous=${level}; wal and 2 (FULL) are required`)
  }
  return connection
}

/** SQLite in one file: one connection writes, transactions that wait share a COMMIT, another connection reads. */
export function openSqlite({ file, groupCommit = true }: SqliteOptions): Database {
  const writer = connectSqlite(file)
  const reader = connectSqlite(file, { readonly: true })
  const writing = drizzle(writer, { casing: 'snake_case' })
  const reading = drizzle(reader, { casing: 'snake_case' }) as unknown as Reader

  const begin = writer.prepare('BEGIN IMMEDIATE')
  const commit = writer.prepare('COMMIT')
  const savepoint = writer.prepare('SAVEPOINT work')
  const release = writer.prepare('RELEASE work')
  const rollbackTo = writer.prepare('ROLLBACK TO work')
  let waiting: Waiting[] = []
  let draining: Promise<void> | undefined
  let closed = false

  /** One transaction of a batch. Returns how to answer it once the batch is durable. */
  async function runOne({ work, resolve, reject }: Waiting): Promise<{ answer: () => void; reject: (reason: unknown) => void }> {
    const session = new Session(writing as never)
    savepoint.run()
    try {
      const value = await work(session as unknown as Writer)
      release.run()
      return {
        reject,
        answer: () => {
          session.committed()
          resolve(value)
        },
      }
    } catch (error) {
      // A full disk or an I/O error ends the whole transaction by itself: then nobody's work is left.
      if (!writer.inTransaction) throw error
      rollbackTo.run()
      release.run()
      return { reject, answer: () => reject(error) }
    } finally {
      session.end()
    }
  }

  async function runBatch(): Promise<void> {
    const started = performance.now()
    const taken: Waiting[] = []
    const done: { answer: () => void }[] = []
    try {
      begin.run()
      do {
        const next = waiting.shift() as Waiting
        taken.push(next)
        done.push(await runOne(next))
      } while (groupCommit && waiting.length > 0 && taken.length < batchMax && performance.now() - started < batchMs)
      commit.run()
    } catch (cause) {
      if (writer.inTransaction) writer.exec('ROLLBACK')
      const failed = taken.length > 0 ? taken : waiting.splice(0, 1)
      for (const { reject } of failed) {
        reject(
          new DomainError('unavailable', 'database.unavailable', 'The database could not write. Nothing was changed.', {}, { cause }),
        )
      }
      return
    }
    for (const { answer } of done) answer()
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // One turn of the loop first, so that everybody whose request has arrived joins this batch.
      await new Promise((turn) => setImmediate(turn))
      await runBatch()
    }
    draining = undefined
  }

  return {
    dialect: 'sqlite',
    read: reading,
    transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new DomainError('unavailable', 'database.closed', 'The service is shutting down.'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        draining ??= drain()
      })
    },
    async snapshot(work) {
      const own = connectSqlite(file, { readonly: true })
      try {
        own.exec('BEGIN')
        return await work(drizzle(own, { casing: 'snake_case' }) as unknown as Reader)
      } finally {
        own.close()
      }
    },
    async probe() {
      const level = writer.pragma('synchronous', { simple: true })
      const mode = writer.pragma('journal_mode', { simple: true })
      if (level !== 2 || mode !== 'wal') throw new Error(`synchronous=${level}, journal_mode=${mode}`)
      await this.transaction(async () => {
        const version = writer.pragma('user_version', { simple: true })
        writer.pragma(`user_version = ${version}`)
      })
      return { synchronous: 'FULL' }
    },
    async close() {
      closed = true
      await draining
      waiting = []
      reader.close()
      writer.close()
    },
  }
}
