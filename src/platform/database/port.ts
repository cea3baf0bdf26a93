import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Dialect } from './kit.ts'

type Connection = NodePgDatabase<Record<string, never>>

/** Selects, and nothing else. */
export type Reader = Pick<Connection, 'select' | 'selectDistinct' | '$with' | 'with' | '$count'>

/**
 * Selects and writes. Only `Database.transaction` hands one out, so a write outside a transaction does not
 * compile; using one after its transaction has ended throws.
 */
export type Writer = Reader & Pick<Connection, 'insert' | 'update' | 'delete'> & { readonly writes: true }

export interface TransactionOptions {
  /**
   * `serializable` (the default): as if transactions ran one after the other.
   * `statement`: each statement sees what is committed when it starts (PostgreSQL's READ COMMITTED);
   * for work in which every statement decides by itself. SQLite always serializes.
   */
  isolation?: 'serializable' | 'statement'
  /** Writes thousands of rows: on SQLite, what changed is written down on the way and not all by the commit. */
  large?: boolean
}

export interface Database {
  readonly dialect: Dialect

  /** Committed data, each statement on its own. */
  readonly read: Reader

  /**
   * Runs `work` in a transaction and resolves after it is durable.
   * `work` may run more than once and awaits nothing but queries of its own writer: no network, no files.
   * There is no nesting; pass the writer along.
   * @throws whatever `work` throws, after everything it wrote was rolled back;
   *   DomainError `database.unavailable` when the engine could not commit.
   */
  transaction<T>(work: (tx: Writer) => Promise<T>, options?: TransactionOptions): Promise<T>

  /** Several selects that see one and the same moment. */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>

  /** Proves that a write is durable now, and how. @throws when it is not. */
  probe(): Promise<{ synchronous: string }>

  /** Finishes what is under way, then closes every connection. */
  close(): Promise<void>
}

/** What a writer or reader stands on; for `prepared`, `afterCommit` and `dialect.ts` alone. */
export const connectionOf: unique symbol = Symbol('connection')
const hooksOf: unique symbol = Symbol('hooks')
const origin: unique symbol = Symbol('database')

/** One transaction's view of a connection; ended with the transaction. */
export class Session {
  readonly writes = true
  readonly [origin]: Database
  readonly [hooksOf]: (() => void)[] = []
  #connection: Connection | undefined

  constructor(connection: Connection, database: Database) {
    this.#connection = connection
    this[origin] = database
  }

  get [connectionOf](): Connection {
    if (!this.#connection) throw new Error('this transaction has ended')
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

  /** Runs what waited for the commit. A hook that throws is a bug: it is thrown on, once everybody is answered. */
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

/** Runs `hook` once the transaction of `tx` is durable, and never when it is rolled back. */
export function afterCommit(tx: Writer, hook: () => void): void {
  ;(tx as unknown as Session)[hooksOf].push(hook)
}

/** The database that a transaction belongs to; for what is kept per database, such as its queue. */
export function databaseOf(tx: Writer): Database {
  return (tx as unknown as Session)[origin]
}

/** The drizzle instance beneath a reader or writer. */
export function connection(db: Reader): Connection {
  return (db as unknown as { [connectionOf]?: Connection })[connectionOf] ?? (db as Connection)
}

const statements = new WeakMap<Connection, Map<string, unknown>>()

/**
 * A statement built once for each connection, for hot paths: `prepared(tx, 'name', (db) => db.select()….prepare('name'))`.
 * `name` is unique in the service; values come in through `sql.placeholder`.
 */
export function prepared<T>(db: Reader, name: string, build: (db: Connection) => T): T {
  const key = connection(db)
  let built = statements.get(key)
  if (!built) {
    built = new Map()
    statements.set(key, built)
  }
  const known = built.get(name) as T | undefined
  if (known) return known
  const statement = build(key)
  built.set(name, statement)
  return statement
}

/**
 * Calls `write` with slices of `rows`, and lets other work of this process have a turn between them,
 * so that one large transaction does not hold up the event loop.
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
