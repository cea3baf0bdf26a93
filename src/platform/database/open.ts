import { dialect } from './kit.ts'
import type { Database } from './port.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { targetOf } from './url.ts'

/** The part of the configuration that a database needs. */
export interface DatabaseOptions {
  databaseUrl: string
  /** PostgreSQL: connections in the pool. */
  databaseConnections?: number
  /** SQLite: one COMMIT for all transactions that wait (the default), or one each. */
  groupCommit?: boolean
  /** SQLite: told after each COMMIT how many transactions shared it. */
  onCommit?: (transactions: number) => void
}

/**
 * Opens the database that the URL names. Its tables are not touched: see `migrate`.
 * @throws Error when the engine does not run durably, or is not the one the columns were made for at import.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const target = targetOf(options.databaseUrl)
  if (target.dialect !== dialect) {
    throw new Error(
      `The process was started for ${dialect}; set DATABASE_URL before it starts to use ${target.dialect}`,
    )
  }
  const { groupCommit, onCommit } = options
  if (target.dialect === 'sqlite') return openSqlite({ file: target.file, groupCommit, onCommit })
  return openPostgres({ url: target.url, connections: options.databaseConnections })
}
