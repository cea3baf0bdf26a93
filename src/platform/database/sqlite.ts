import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { DomainError } from '../errors.ts'
import { Checkpoints } from './checkpoints.ts'
import { type Database, type Reader, Session, type TransactionOptions, type Writer } from './port.ts'
import { keepStatements } from './statement-cache.ts'

export interface SqliteOptions {
  /** Path of the database file. */
  file: string
  /** One COMMIT for all transactions that are waiting (default), or one each. */
  groupCommit?: boolean
  /** Told after each COMMIT how many transactions shared it. */
  onCommit?: (transactions: number) => void
}

interface Waiting {
  work: (tx: Writer) => Promise<unknown>
  large: boolean
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** A batch is closed when it has this many transactions, or has run this long: whoever waits is answered. */
const batchMax = 512
const batchMs = 25

/**
 * A commit copies the log into the file itself when it has so many pages: 16 MB for whoever writes alone, 128 MB where a
 * thread does it (`Checkpoints`) and only cannot keep up.
 */
const checkpointPages = 4000
const backstopPages = 32_000

/** Pages kept in memory: 64 MB. While somebody writes much, 8 MB, so that changes go into the log as they are made. */
const cacheKb = 65_536
const cacheKbForLarge = 8_192

/**
 * Opens a connection with the settings durability depends on, and proves that they hold.
 * better-sqlite3 is built so that a reopened WAL file falls back to `synchronous=NORMAL`, hence the check.
 * @throws Error when WAL or FULL cannot be had.
 */
export function connectSqlite(file: string, options: { readonly?: boolean } = {}): Sqlite.Database {
  const connection = new Sqlite(file, { readonly: options.readonly ?? false, timeout: 5000 })
  if (!options.readonly) connection.pragma('journal_mode = WAL')
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

/** The file cannot be written now (full disk, I/O error, lock), whatever the statement was. */
function isStorageFailure(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (/^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|NOMEM|CANTOPEN|CORRUPT|NOTADB)/.test(String(code)))
      return true
  }
  return false
}

function unavailable(cause: unknown): DomainError {
  const message = 'The database could not write. Nothing was changed.'
  return new DomainError('unavailable', 'database.unavailable', message, {}, { cause })
}

/** Runs transactions one after the other, as many as wait inside one BEGIN … COMMIT. */
class GroupCommit {
  #waiting: Waiting[] = []
  #draining: Promise<void> | undefined
  readonly #writer: Sqlite.Database
  readonly #sessionOf: () => Session
  readonly #grouped: boolean
  readonly #onCommit: (transactions: number) => void
  readonly #statements: Record<'begin' | 'commit' | 'savepoint' | 'release' | 'rollbackTo', Sqlite.Statement>

  constructor(
    writer: Sqlite.Database,
    { groupCommit = true, onCommit = () => {} }: Omit<SqliteOptions, 'file'>,
    sessionOf: () => Session,
  ) {
    this.#writer = writer
    this.#grouped = groupCommit
    this.#onCommit = onCommit
    this.#sessionOf = sessionOf
    this.#statements = {
      begin: writer.prepare('BEGIN IMMEDIATE'),
      commit: writer.prepare('COMMIT'),
      savepoint: writer.prepare('SAVEPOINT work'),
      release: writer.prepare('RELEASE work'),
      rollbackTo: writer.prepare('ROLLBACK TO work'),
    }
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting)
    this.#draining ??= this.#drain()
  }

  /** Resolves when nobody waits any more. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // A turn of the loop: everybody who is at the door joins the batch.
      await new Promise((turn) => setImmediate(turn))
      await this.#runBatch()
    }
    this.#draining = undefined
  }

  async #runBatch(): Promise<void> {
    const started = performance.now()
    const taken: Waiting[] = []
    const answers: (() => void)[] = []
    try {
      this.#statements.begin.run()
      do {
        const next = this.#waiting.shift() as Waiting
        taken.push(next)
        answers.push(await this.#runOne(next))
      } while (
        this.#grouped &&
        this.#waiting.length > 0 &&
        taken.length < batchMax &&
        performance.now() - started < batchMs
      )
      this.#statements.commit.run()
    } catch (cause) {
      if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK')
      // BEGIN itself may fail, before anybody was taken: then the first is refused and the rest try again.
      const refused = taken.length > 0 ? taken : this.#waiting.splice(0, 1)
      for (const { reject } of refused) reject(unavailable(cause))
      return
    }
    for (const answer of answers) answer()
    this.#onCommit(taken.length)
  }

  /** One transaction of a batch, in its own savepoint. Returns how to answer it once the batch is durable. */
  async #runOne({ work, large, resolve, reject }: Waiting): Promise<() => void> {
    const session = this.#sessionOf()
    if (large) this.#writer.pragma(`cache_size = -${cacheKbForLarge}`)
    this.#statements.savepoint.run()
    try {
      const value = await work(session as unknown as Writer)
      this.#statements.release.run()
      return () => {
        resolve(value)
        session.committed()
      }
    } catch (error) {
      // A full disk or an I/O error may end the whole transaction by itself: then nobody's work is left.
      if (!this.#writer.inTransaction) throw error
      this.#statements.rollbackTo.run()
      this.#statements.release.run()
      return () => reject(isStorageFailure(error) ? unavailable(error) : error)
    } finally {
      session.end()
      if (large) this.#writer.pragma(`cache_size = -${cacheKb}`)
    }
  }
}

/** SQLite in one file: one connection writes, transactions that wait share a COMMIT, another connection reads. */
export function openSqlite({ file, ...grouping }: SqliteOptions): Database {
  const writer = connectSqlite(file)
  const reader = connectSqlite(file, { readonly: true })
  for (const each of [writer, reader]) keepStatements(each)
  writer.pragma(`wal_autocheckpoint = ${backstopPages}`)
  const checkpoints = new Checkpoints(file)
  const onCommit = (transactions: number) => {
    checkpoints.committed()
    grouping.onCommit?.(transactions)
  }
  const writing = drizzle(writer, { casing: 'snake_case' })
  const commits = new GroupCommit(
    writer,
    { ...grouping, onCommit },
    () => new Session(writing as never, database),
  )
  let closed: Promise<void> | undefined

  const database: Database = {
    dialect: 'sqlite',
    read: drizzle(reader, { casing: 'snake_case' }) as unknown as Reader,
    transaction<T>(work: (tx: Writer) => Promise<T>, { large = false }: TransactionOptions = {}): Promise<T> {
      if (closed) {
        return Promise.reject(
          new DomainError('unavailable', 'database.closed', 'The service is shutting down.'),
        )
      }
      return new Promise<T>((resolve, reject) => {
        commits.add({ work, large, resolve: resolve as (value: unknown) => void, reject })
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
      assertDurable(writer)
      // Writing the version it already has still writes a page, and the transaction is durable like any other.
      await database.transaction(async () => {
        writer.pragma(`user_version = ${writer.pragma('user_version', { simple: true })}`)
      })
      return { synchronous: 'FULL' }
    },
    close() {
      closed ??= commits
        .idle()
        .then(() => checkpoints.close())
        .then(() => {
          reader.close()
          writer.close()
        })
      return closed
    },
  }
  return database
}
