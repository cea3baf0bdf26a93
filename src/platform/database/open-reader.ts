import { statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
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

interface Kept {
  connection: Sqlite.Database
  reader: Reader
  /** Which file it is: another one may have taken its place. */
  stamp: string
}

let kept: Kept | undefined

const stampOf = (file: string) => {
  const { dev, ino } = statSync(file)
  return `${file} ${dev} ${ino}`
}

/**
 * The connection of this process, kept from one reading to the next: what one has mapped need not be mapped again, which for a
 * large reading is a third of its processor time. Between two readings it holds no lock.
 */
function keptSqlite(file: string): Kept {
  const stamp = stampOf(file)
  if (kept?.stamp === stamp) return kept
  kept?.connection.close()
  kept = undefined
  const connection = connectSqlite(file, { readonly: true })
  connection.pragma(`mmap_size = ${mappedBytes}`)
  keepStatements(connection, () => {})
  kept = { connection, reader: readerOn(connection), stamp }
  return kept
}

/** One connection that only reads, for a process that is not the service and reads one thing after the other. */
export async function openReader(databaseUrl: string): Promise<OpenedReader> {
  const target = targetOf(databaseUrl)
  if (target.dialect === 'sqlite') {
    const { connection, reader } = keptSqlite(target.file)
    connection.exec('BEGIN')
    // An error of the disk may have ended it already.
    const end = () => connection.inTransaction && connection.exec('ROLLBACK')
    return { reader, close: async () => void end() }
  }
  const client = await connectPostgres(target.url, {})
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const reader = drizzle(client, { casing: 'snake_case' }) as unknown as Reader
  return { reader, close: () => client.end() }
}
