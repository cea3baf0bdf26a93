import { setTimeout as pause } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { DomainError } from '../errors.ts'
import { type Database, type Reader, Session, type Writer } from './port.ts'

export interface PostgresOptions {
  url: string
  /** Connections in the pool. */
  connections?: number
}

/** serialization_failure and deadlock_detected: the same work, run again, may succeed. */
const retryable = new Set(['40001', '40P01'])
const attemptsMax = 12

function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return undefined
}

/** PostgreSQL through a pool; every transaction is serializable and retried unless it asks for less. */
export async function openPostgres({ url, connections = 12 }: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: connections, options: '-c TimeZone=UTC', application_name: 'muster' })
  // A connection that breaks while idle is replaced by the pool; whoever uses it next is told by its own query.
  pool.on('error', () => {})
  const drizzled = new WeakMap<pg.PoolClient, NodePgDatabase>()
  const on = (client: pg.PoolClient) => {
    let db = drizzled.get(client)
    if (!db) drizzled.set(client, (db = drizzle(client, { casing: 'snake_case' })))
    return db
  }

  async function synchronous(): Promise<string> {
    const { rows } = await pool.query(
      `select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync`,
    )
    const { commit, fsync } = rows[0] as { commit: string; fsync: string }
    if (commit === 'off' || commit === 'local' || fsync !== 'on') {
      throw new Error(`PostgreSQL runs with synchronous_commit=${commit}, fsync=${fsync}; on and on are required`)
    }
    return commit
  }

  /** One attempt on one connection. */
  async function attempt<T>(beginning: string, work: (db: Session) => Promise<T>): Promise<T> {
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (cause) {
      throw new DomainError('unavailable', 'database.unavailable', 'The database does not answer. Nothing was changed.', {}, { cause })
    }
    const session = new Session(on(client) as never)
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      await client.query(beginning)
      const value = await work(session)
      const { command } = await client.query('COMMIT')
      // A transaction that failed inside answers COMMIT with ROLLBACK.
      if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
      session.end()
      session.committed()
      return value
    } catch (error) {
      session.end()
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken ??= failure
      })
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
      }
  }

  async function retrying<T>(beginning: string, work: (db: Session) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(beginning, work)
      } catch (error) {
        if (error instanceof DomainError) throw error
        const code = codeOf(error)
        if (code && retryable.has(code) && tried < attemptsMax) {
          await pause(Math.random() * Math.min(400, 4 * 2 ** tried))
          continue
        }
        if (!code || retryable.has(code) || code.startsWith('08') || code.startsWith('57') || code.startsWith('53')) {
          if (isConnectionFailure(error) || code) {
            throw new DomainError(
              'unavailable',
              'database.unavailable',
              'The database could not finish. Ask again with the same operation.',
              {},
              { cause: error },
            )
          }
        }
        throw error
      }
    }
  }

  await synchronous()
  return {
    dialect: 'postgresql',
    read: drizzle(pool, { casing: 'snake_case' }) as unknown as Reader,
    transaction: (work, options = {}) =>
      retrying(
        options.isolation === 'statement' ? 'BEGIN ISOLATION LEVEL READ COMMITTED' : 'BEGIN ISOLATION LEVEL SERIALIZABLE',
        (session) => work(session as unknown as Writer),
      ),
    snapshot: (work) =>
      retrying('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (session) => work(session as unknown as Reader)),
    async probe() {
      await attempt('BEGIN', async () => {
        await pool.query('select pg_current_wal_lsn()')
      })
      return { synchronous: await synchronous() }
    },
    close: () => pool.end(),
  }
}

/** The connection broke, as node-postgres and the sockets beneath say it. */
function isConnectionFailure(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: string }
    if (code && /^E(CONNRESET|CONNREFUSED|PIPE|TIMEDOUT|HOSTUNREACH)$/.test(code)) return true
    if (/Connection terminated|not queryable|has encountered a connection error/.test(at.message)) return true
  }
  return false
}
