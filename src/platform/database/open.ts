import type { IdleLimits } from './idle-watch.ts'
import { dialect } from './kit.ts'
import type { Report } from './notices.ts'
import type { Database } from './port.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { targetOf } from './url.ts'

/** The part of the configuration that a database needs. */
export interface DatabaseOptions {
  databaseUrl: string
  /** PostgreSQL: connections in the pool. */
  databaseConnections?: number
  /** SQLite: group commit (one COMMIT for all waiting transactions; the default), or one COMMIT each. */
  groupCommit?: boolean
  /** SQLite: called after each COMMIT with the number of transactions that shared it. */
  onCommit?: (transactions: number) => void
  /** Called with problems that the operator should see. */
  report?: Report
  /** When idle transactions are logged and ended. */
  idle?: IdleLimits
}

/**
 * Opens the database named by the URL. Does not change its tables: see `migrate`.
 * @throws Error when the engine is not configured durably, or is not the engine that `kit.ts` chose at import
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const target = targetOf(options.databaseUrl)
  if (target.dialect !== dialect) {
    throw new Error(
      `The process was started for ${dialect}; set DATABASE_URL before it starts to use ${target.dialect}`,
    )
  }
  const { groupCommit, onCommit, report, idle } = options
  if (target.dialect === 'sqlite')
    return openSqlite({ file: target.file, groupCommit, onCommit, report, idle })
  return openPostgres({ url: target.url, connections: options.databaseConnections, report, idle })
}
