import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { DomainError } from '../errors.ts'
import type { Dialect } from './kit.ts'

type Connection = NodePgDatabase<Record<string, never>>

/** Read access: selects only. */
export type Reader = Pick<Connection, 'select' | 'selectDistinct' | '$with' | 'with' | '$count'>

/**
 * Read and write access. Only `Database.transaction` provides one, so a write outside a transaction does not
 * compile. Using it after its transaction has ended throws.
 */
export type Writer = Reader & Pick<Connection, 'insert' | 'update' | 'delete'> & { readonly writes: true }

export interface TransactionOptions {
  /**
   * `serializable` (the default): as if transactions ran one after the other.
   * `statement`: each statement sees what is committed when it starts (PostgreSQL's READ COMMITTED);
   * for work in which each statement is correct by itself. SQLite always serializes.
   */
  isolation?: 'serializable' | 'statement'
}

export interface Database {
  readonly dialect: Dialect

  /** Reads committed data, outside any transaction: two statements may see different states. */
  readonly read: Reader

  /**
   * Runs `work` in a transaction and resolves after it is durable.
   * `work` may run more than once and awaits nothing but queries of its own writer: no network, no files.
   * Transactions do not nest: pass the writer along.
   * @throws the error of `work`, after everything it wrote was rolled back;
   *   DomainError `database.unavailable` when the engine could not commit.
   */
  transaction<T>(work: (tx: Writer) => Promise<T>, options?: TransactionOptions): Promise<T>

  /** Runs several selects on one snapshot. */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>

  /** Makes a test write and says how durable it is. @throws Error when the database cannot write durably */
  probe(): Promise<{ synchronous: string }>

  /**
   * Counts again what the engine's query planner goes by. On SQLite it holds the writer for some 20 ms, whatever the
   * size of the tables.
   */
  refreshStatistics(): Promise<void>

  /** Waits for running transactions, then closes every connection. */
  close(): Promise<void>
}

/** The drizzle connection behind a reader or writer; only for `prepared`, `afterCommit` and `dialect.ts`. */
export const connectionOf: unique symbol = Symbol('connection')
const hooksOf: unique symbol = Symbol('hooks')
const origin: unique symbol = Symbol('database')

/** One transaction's view of a connection; ended with the transaction. */
export class Session {
  readonly writes = true
  readonly [origin]: Database
  readonly [hooksOf]: (() => void)[] = []
  /** Number of checks in a row that found no new statement: see `IdleWatch`. */
  idleTicks = 0
  #connection: Connection | undefined

  constructor(connection: Connection, database: Database) {
    this.#connection = connection
    this[origin] = database
  }

  get [connectionOf](): Connection {
    if (!this.#connection) throw new Error('this transaction has ended')
    this.idleTicks = 0
    return this.#connection
  }

  get select() {
    return this[connectionOf].select.bind(this[connectionOf])
  }
  get selectDistinct() {
    return this[connectionOf].selectDistinct.bind(this[connectionOf])
  }
  get with() {
    return this[connectionOf].with.bind(this[connectionOf])
  }
  get $with() {
    return this[connectionOf].$with.bind(this[connectionOf])
  }
  get $count() {
    return this[connectionOf].$count.bind(this[connectionOf])
  }
  get insert() {
    return this[connectionOf].insert.bind(this[connectionOf])
  }
  get update() {
    return this[connectionOf].update.bind(this[connectionOf])
  }
  get delete() {
    return this[connectionOf].delete.bind(this[connectionOf])
  }

  end(): void {
    this.#connection = undefined
  }

  /** Runs the `afterCommit` hooks. A hook that throws is a bug: the error is rethrown after all callers are answered. */
  committed(): void {
    for (const hook of this[hooksOf]) {
      try {
        hook()
      } catch (error) {
        setImmediate(() => {
          throw error
        })
      }
    }
  }
}

export const shuttingDown = () =>
  new DomainError('unavailable', 'database.closed', 'The service is shutting down.')

/** Runs `hook` once the transaction of `tx` is durable, and never when it is rolled back. */
export function afterCommit(tx: Writer, hook: () => void): void {
  ;(tx as unknown as Session)[hooksOf].push(hook)
}

/** The database a transaction belongs to; for objects that exist once per database, such as its queue. */
export function databaseOf(tx: Writer): Database {
  return (tx as unknown as Session)[origin]
}

/** The drizzle instance of a reader or writer. */
export function connection(db: Reader): Connection {
  return (db as unknown as { [connectionOf]?: Connection })[connectionOf] ?? (db as Connection)
}

const statements = new WeakMap<Connection, Map<string, { statement: unknown; source: string }>>()

/**
 * A prepared statement, built once per connection, for hot paths:
 * `prepared(tx, 'name', (db) => db.select()….prepare('name'))`. `name` is unique in the service; values are passed
 * through `sql.placeholder`.
 * @throws Error when another statement has the name
 */
export function prepared<T>(db: Reader, name: string, build: (db: Connection) => T): T {
  const key = connection(db)
  let built = statements.get(key)
  if (!built) {
    built = new Map()
    statements.set(key, built)
  }
  const source = build.toString()
  const known = built.get(name)
  if (known?.source === source) return known.statement as T
  if (known) throw new Error(`two statements are called ${name}`)
  const statement = build(key)
  built.set(name, { statement, source })
  return statement
}

/**
 * Calls `write` with chunks of `rows` and yields to the event loop between two chunks, so that one large transaction
 * does not block other requests.
 */
export async function inChunks<T>(
  rows: readonly T[],
  size: number,
  write: (chunk: T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += size) {
    await write(rows.slice(from, from + size))
    if (from + size < rows.length) await new Promise((turn) => setImmediate(turn))
  }
}
