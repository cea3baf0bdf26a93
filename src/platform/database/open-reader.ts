import { drizzle } from 'drizzle-orm/node-postgres'
import { connectPostgres } from './connect-postgres.ts'
import type { Reader } from './port.ts'
import { connectSqlite, readerOn } from './sqlite.ts'
import { keepStatements } from './statement-cache.ts'
import { targetOf } from './url.ts'

/**
 * How much of a SQLite file is read as memory instead of copied page by page: whoever reads much begins without a cache.
 * A fault of the disk ends such a process, so the service itself does not read in this way.
 */
const mappedBytes = 2 ** 31

export interface OpenedReader {
  /** Reads the state at the moment it was opened. */
  reader: Reader
  close(): Promise<void>
}

/** One connection that only reads, for a process that is not the service. */
export async function openReader(databaseUrl: string): Promise<OpenedReader> {
  const target = targetOf(databaseUrl)
  if (target.dialect === 'sqlite') {
    const connection = connectSqlite(target.file, { readonly: true })
    connection.pragma(`mmap_size = ${mappedBytes}`)
    keepStatements(connection, () => {})
    connection.exec('BEGIN')
    return { reader: readerOn(connection), close: async () => void connection.close() }
  }
  const client = await connectPostgres(target.url, {})
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const reader = drizzle(client, { casing: 'snake_case' }) as unknown as Reader
  return { reader, close: () => client.end() }
}
