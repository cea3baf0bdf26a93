import { fileURLToPath } from 'node:url'
import type { Dialect } from './kit.ts'

/** The target of a database URL: a PostgreSQL server, or the file of a SQLite database. */
export type Target =
  | { dialect: Extract<Dialect, 'postgresql'>; url: string }
  | { dialect: Extract<Dialect, 'sqlite'>; file: string }

/**
 * Reads `postgres://…`, `postgresql://…`, `sqlite:path`, `file:path`, `file:///path` or a plain path.
 * @throws Error for any other scheme and for an empty path.
 */
export function targetOf(databaseUrl: string): Target {
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return { dialect: 'postgresql', url: databaseUrl }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(databaseUrl)?.[1]?.toLowerCase()
  if (scheme && scheme !== 'sqlite' && scheme !== 'file') {
    throw new Error(`DATABASE_URL: unknown scheme "${scheme}"; known are postgres, sqlite and file`)
  }
  const file = databaseUrl.startsWith('file://')
    ? fileURLToPath(databaseUrl)
    : databaseUrl.replace(/^(sqlite|file):(\/\/)?/i, '')
  if (file === '') throw new Error('DATABASE_URL: the path of the SQLite file is missing')
  return { dialect: 'sqlite', file }
}
