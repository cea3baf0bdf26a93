import type Sqlite from 'better-sqlite3'
import { DomainError } from '../errors.ts'
import type { IdleWatch } from './idle-watch.ts'
import type { Session, Writer } from './port.ts'
import { whenFree } from './when-free.ts'

export interface Grouping {
  groupCommit?: boolean
  onCommit?: (transactions: number) => void
}

interface Waiting {
  work: (tx: Writer) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

/** A batch commits when it has this many transactions or has run this long, so that callers are answered soon. */
const batchMax = 512
const batchMs = 25

/** Whether the file cannot be written now (full disk, I/O error, lock): not the fault of the statement. */
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

/**
 * Group commit: runs transactions one after the other, each in its own savepoint, and commits all that are waiting with
 * one BEGIN … COMMIT. A caller is answered only after the commit is durable.
 */
export class GroupCommit {
  #waiting: Waiting[] = []
  #draining: Promise<void> | undefined
  readonly #writer: Sqlite.Database
  readonly #watch: IdleWatch
  readonly #sessionOf: () => Session
  readonly #grouped: boolean
  readonly #onCommit: (transactions: number) => void
  readonly #statements: Record<'begin' | 'commit' | 'savepoint' | 'release' | 'rollbackTo', Sqlite.Statement>

  constructor(
    writer: Sqlite.Database,
    watch: IdleWatch,
    { groupCommit = true, onCommit = () => {} }: Grouping,
    sessionOf: () => Session,
  ) {
    this.#writer = writer
    this.#watch = watch
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

  /** Resolves when no transaction is waiting any more. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Wait one event-loop tick, so that requests that have already arrived join this batch.
      await new Promise((resolve) => setImmediate(resolve))
      await this.#runBatch()
    }
    this.#draining = undefined
  }

  async #runBatch(): Promise<void> {
    const asked = this.#waiting.length
    const taken: Waiting[] = []
    const answers: (() => void)[] = []
    try {
      await whenFree(() => this.#statements.begin.run())
      const started = performance.now()
      do {
        const next = this.#waiting.shift() as Waiting
        taken.push(next)
        answers.push(await (taken.length === 1 ? this.#runFirst(next) : this.#runOne(next)))
      } while (
        this.#grouped &&
        this.#waiting.length > 0 &&
        taken.length < batchMax &&
        performance.now() - started < batchMs
      )
      this.#statements.commit.run()
    } catch (cause) {
      if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK')
      // BEGIN itself may fail before any transaction was started: then every transaction that waited for it is refused.
      const refused = taken.length > 0 ? taken : this.#waiting.splice(0, asked)
      for (const { reject } of refused) reject(unavailable(cause))
      return
    }
    for (const answer of answers) answer()
    this.#onCommit(taken.length)
  }

  /**
   * The first transaction of a batch. It needs no savepoint, for which SQLite would copy every page before it is changed: when
   * it fails, there is nothing else to keep, and the batch begins anew. @returns a function that answers the caller; call after COMMIT
   */
  async #runFirst({ work, resolve, reject }: Waiting): Promise<() => void> {
    const session = this.#sessionOf()
    try {
      const value = await this.#watch.run(session, work, () => work(session as unknown as Writer))
      return () => {
        resolve(value)
        session.committed()
      }
    } catch (error) {
      // On a full disk or an I/O error SQLite may roll back by itself: then the batch is refused.
      if (!this.#writer.inTransaction) throw error
      this.#writer.exec('ROLLBACK')
      await whenFree(() => this.#statements.begin.run())
      return () => reject(isStorageFailure(error) ? unavailable(error) : error)
    } finally {
      session.end()
    }
  }

  /** Another transaction of a batch, in its own savepoint. @returns a function that answers the caller; call after COMMIT */
  async #runOne({ work, resolve, reject }: Waiting): Promise<() => void> {
    const session = this.#sessionOf()
    this.#statements.savepoint.run()
    try {
      const value = await this.#watch.run(session, work, () => work(session as unknown as Writer))
      this.#statements.release.run()
      return () => {
        resolve(value)
        session.committed()
      }
    } catch (error) {
      // On a full disk or an I/O error SQLite may roll back the whole batch: then the batch as a whole is refused.
      if (!this.#writer.inTransaction) throw error
      this.#statements.rollbackTo.run()
      this.#statements.release.run()
      return () => reject(isStorageFailure(error) ? unavailable(error) : error)
    } finally {
      session.end()
    }
  }
}
