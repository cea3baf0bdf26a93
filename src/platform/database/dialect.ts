/** The only place where the SQL of the two engines differs. */
import type { SQL } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { dialect } from './kit.ts'
import { connection, type Reader } from './port.ts'

/**
 * Locks the rows a select finds and passes over those that another transaction holds, so that several
 * workers can claim from one queue. SQLite has one writer at a time and needs nothing.
 */
export function skippingLocked<Q extends { for(strength: 'update', config: { skipLocked: true }): Q }>(
  query: Q,
): Q {
  return dialect === 'postgresql' ? query.for('update', { skipLocked: true }) : query
}

/** Rows of a statement that the query builder cannot say. Columns come as the engine names them. */
export async function rowsOf<T extends Record<string, unknown>>(db: Reader, statement: SQL): Promise<T[]> {
  const on = connection(db)
  if (dialect === 'postgresql') return (await on.execute(statement)).rows as T[]
  return (on as unknown as BetterSQLite3Database).all<T>(statement)
}
