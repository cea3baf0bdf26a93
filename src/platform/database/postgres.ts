import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { DomainError } from '../errors.ts'
import { type Database, type Reader, Session, type Writer } from './port.ts'
import { leavesOutcomeOpen, OutcomeUnknown, remedyFor, unavailable } from './postgres-errors.ts'

export interface PostgresOptions {
  url: string
  /** Connections in the pool. */
  connections?: number
}

const conflictsMax = 12
const reconnectsMax = 2

/** How long a request waits for a connection of the pool, or for the server to take a new one. */
const connectMs = 10_000

const beginnings = {
  serializable: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  statement: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  snapshot: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
}

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

/** Transactions over a pool, each on one connection. */
class Transactions {
  readonly #pool: pg.Pool
  readonly #sessionOf: (client: pg.PoolClient) => Session
  readonly #running = new Set<Promise<unknown>>()

  constructor(pool: pg.Pool, sessionOf: (client: pg.PoolClient) => Session) {
    this.#pool = pool
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

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  async #retrying<T>(beginning: string, work: (session: Session) => Promise<T>): Promise<T> {
    let conflicts = 0
    let reconnects = 0
    for (;;) {
      try {
        return await this.#attempt(beginning, work)
      } catch (error) {
        const remedy = remedyFor(error)
        if (remedy === 'none') throw error
        const again =
          (remedy === 'again' && ++conflicts < conflictsMax) ||
          (remedy === 'reconnect' && ++reconnects <= reconnectsMax)
        if (!again) throw unavailable(error)
        await pause(Math.random() * Math.min(400, 8 * 2 ** conflicts))
      }
    }
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
      value = await work(session)
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
export async function openPostgres({ url, connections = 12 }: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    options: '-c TimeZone=UTC',
    application_name: 'muster',
  })
  // A connection that breaks while idle is replaced by the pool; whoever uses one next is told by its own query.
  pool.on('error', () => {})
  const drizzled = new WeakMap<pg.PoolClient, object>()
  const transactions = new Transactions(pool, (client) => {
    const on = drizzled.get(client) ?? drizzle(client, { casing: 'snake_case' })
    drizzled.set(client, on)
    return new Session(on as never, database)
  })
  let closed: Promise<void> | undefined

  const database: Database = {
    dialect: 'postgresql',
    read: drizzle(pool, { casing: 'snake_case' }) as unknown as Reader,
    async transaction(work, { isolation = 'serializable' } = {}) {
      if (closed) throw new DomainError('unavailable', 'database.closed', 'The service is shutting down.')
      return transactions.run(beginnings[isolation], (session) => work(session as unknown as Writer))
    },
    snapshot: (work) =>
      transactions.run(beginnings.snapshot, (session) => work(session as unknown as Reader)),
    async probe() {
      const client = await pool.connect()
      try {
        // One record in the write-ahead log, flushed as any commit is; it belongs to no table.
        await client.query(`select pg_logical_emit_message(true, 'muster', 'probe')`)
      } finally {
        client.release()
      }
      return { synchronous: await synchronousOf(pool) }
    },
    close() {
      closed ??= transactions.idle().then(() => pool.end())
      return closed
    },
  }
  await synchronousOf(pool).catch(async (error) => {
    await pool.end()
    throw error
  })
  return database
}
