import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { refused } from './connect-postgres.ts'
import { type IdleLimits, IdleWatch } from './idle-watch.ts'
import type { Report } from './notices.ts'
import { type Database, type Reader, Session, shuttingDown } from './port.ts'
import { leavesOutcomeOpen, OutcomeUnknown, remedyFor, unavailable } from './postgres-errors.ts'
import { statementsUnderWay, timeStatements } from './postgres-statements.ts'
import { violationOf } from './violations.ts'

export interface PostgresOptions {
  url: string
  /** Connections in the pool. */
  connections?: number
  report?: Report
  /** When idle transactions are logged and ended. */
  idle?: IdleLimits
}

/** How long a transaction that others keep overtaking is tried again, as on SQLite, and how often at least. */
const conflictMs = 5_000
const conflictsMin = 12
/** After so many conflicts a transaction is tried in turn with the others of this process that met as many. */
const conflictsFree = 2
const reconnectsMax = 2

/** How long a request waits for a connection from the pool, or for a new one to open. */
const connectMs = 10_000

/**
 * Timeouts enforced by the server: for an idle transaction that this process did not end itself (`IdleWatch`), for
 * example because it was suspended, and for a statement that runs too long.
 */
const serverLimits = '-c idle_in_transaction_session_timeout=20s -c statement_timeout=60s'

const beginnings = {
  serializable: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  statement: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  snapshot: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
}

/**
 * Whether another transaction wrote a key first that this one had looked for in vain. Even serializable ones are told so by a
 * violation and not by a serialization failure (PostgreSQL, 13.2.3); run again, the work sees what the other wrote.
 */
const metKeyOfAnother = (beginning: string, error: unknown) =>
  beginning === beginnings.serializable && violationOf(error)?.kind === 'unique'

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT').catch((cause: unknown) => {
    throw leavesOutcomeOpen(cause) ? new OutcomeUnknown('COMMIT', { cause }) : cause
  })
  // A transaction that failed inside answers COMMIT with ROLLBACK.
  if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
}

async function synchronousOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ commit: string; fsync: string }>(
    `select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync`,
  )
  const { commit, fsync } = rows[0] as { commit: string; fsync: string }
  if (commit === 'off' || fsync !== 'on') {
    throw new Error(
      `PostgreSQL runs with synchronous_commit=${commit}, fsync=${fsync}; on and on are required`,
    )
  }
  return commit
}

/**
 * Collects statistics of the tables that have outgrown what PostgreSQL takes a table for that it knows nothing of (ten pages).
 * A smaller one is left alone: it may be large a minute later, and once it was counted as empty every join would read it from
 * one end to the other until it is counted again.
 */
async function analyzeLarge(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ names: string | null }>(
    `select string_agg(format('%I.%I', nspname, relname), ', ') as names
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind = 'r' and nspname = current_schema()
        and pg_relation_size(pg_class.oid) > 10 * current_setting('block_size')::int`,
  )
  if (rows[0]?.names) await client.query(`analyze ${rows[0].names}`)
}

/** Runs transactions on a connection pool, each on one connection, with retries. */
class Transactions {
  readonly #pool: pg.Pool
  readonly #sessionOf: (client: pg.PoolClient) => Session
  readonly #watch: IdleWatch
  readonly #running = new Set<Promise<unknown>>()
  /** Ends with the last attempt that was told to wait for its turn. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(pool: pg.Pool, watch: IdleWatch, sessionOf: (client: pg.PoolClient) => Session) {
    this.#pool = pool
    this.#watch = watch
    this.#sessionOf = sessionOf
  }

  async run<T>(beginning: string, work: (session: Session) => Promise<T>): Promise<T> {
    const running = this.#retrying(beginning, work)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  /** Resolves when no transaction is running any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  async #retrying<T>(beginning: string, work: (session: Session) => Promise<T>): Promise<T> {
    const begun = performance.now()
    let conflicts = 0
    let reconnects = 0
    let overtaken = false
    for (;;) {
      try {
        const attempt = () => this.#attempt(beginning, work)
        return await (conflicts < conflictsFree ? attempt() : this.#inTurn(attempt))
      } catch (error) {
        if (!overtaken && metKeyOfAnother(beginning, error)) {
          overtaken = true
          continue
        }
        const remedy = remedyFor(error)
        if (remedy === 'none') throw error
        const again =
          (remedy === 'again' && (++conflicts < conflictsMin || performance.now() - begun < conflictMs)) ||
          (remedy === 'reconnect' && ++reconnects <= reconnectsMax)
        if (!again) throw unavailable(error)
        await pause(Math.random() * Math.min(400, 8 * 2 ** conflicts))
      }
    }
  }

  /** One after another: many that want the same rows at once would make each other fail for as long as they last. */
  #inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(attempt)
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #attempt<T>(beginning: string, work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    const session = this.#sessionOf(client)
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    let value: T
    try {
      await client.query(beginning)
      const isBusy = () => statementsUnderWay(client) > 0
      value = await this.#watch.run(session, work, () => work(session), isBusy)
      session.end()
      await commit(client)
    } catch (error) {
      session.end()
      if (error instanceof OutcomeUnknown) broken ??= error
      else await client.query('ROLLBACK').catch(onError)
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
    session.committed()
    return value
  }
}

/**
 * PostgreSQL through a pool; every transaction is serializable and retried unless it asks for less.
 * @throws Error when the server does not answer, or does not write durably.
 */
export async function openPostgres({
  url,
  connections = 12,
  report = () => {},
  idle,
}: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    options: `-c TimeZone=UTC ${serverLimits}`,
    application_name: 'muster',
  })
  // A connection that breaks while idle is replaced by the pool. If one is used before that, its query fails.
  pool.on('error', () => {})
  pool.on('connect', (client) => timeStatements(client, report))
  const drizzled = new WeakMap<pg.PoolClient, object>()
  const watch = new IdleWatch(report, idle)
  const transactions = new Transactions(pool, watch, (client) => {
    const on = drizzled.get(client) ?? drizzle(client, { casing: 'snake_case' })
    drizzled.set(client, on)
    return new Session(on as never, database)
  })
  let closed: Promise<void> | undefined

  const database: Database = {
    dialect: 'postgresql',
    read: drizzle(pool, { casing: 'snake_case' }) as unknown as Reader,
    async transaction(work, { isolation = 'serializable' } = {}) {
      if (closed) throw shuttingDown()
      return transactions.run(
        beginnings[isolation],
        work as unknown as (session: Session) => ReturnType<typeof work>,
      )
    },
    snapshot(work) {
      return transactions.run(
        beginnings.snapshot,
        work as unknown as (session: Session) => ReturnType<typeof work>,
      )
    },
    async probe() {
      const client = await pool.connect()
      try {
        // Writes one record to the write-ahead log, flushed like any commit, without touching a table.
        await client.query(`select pg_logical_emit_message(true, 'muster', 'probe')`)
      } finally {
        client.release()
      }
      return { synchronous: await synchronousOf(pool) }
    },
    async refreshStatistics() {
      const client = await pool.connect()
      let failed: Error | undefined
      try {
        await client.query('set statement_timeout = 0')
        await analyzeLarge(client)
        await client.query('reset statement_timeout')
      } catch (error) {
        failed = error as Error
        throw error
      } finally {
        client.release(failed)
      }
    },
    close() {
      closed ??= transactions
        .idle()
        .then(() => watch.close())
        .then(() => pool.end())
      return closed
    },
  }
  await synchronousOf(pool).catch(async (error) => {
    watch.close()
    await pool.end()
    // What the network or the server said has a code; what is wrong with its settings was said by us.
    throw 'code' in error || 'errors' in error ? refused(url, error) : error
  })
  return database
}
