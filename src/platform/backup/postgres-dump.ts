import pg from 'pg'
import { connectPostgres } from '../database/connect-postgres.ts'

/** Rows fetched at a time. */
const page = 1000
const { escapeIdentifier } = pg

/** The tables of the database by name. */
export async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`,
  )
  return rows.map((row) => row.name)
}

/** The migrations that were applied, in order. */
export async function migrationsOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    'select hash from applied_migrations order by position',
  )
  return rows.map((row) => row.hash)
}

/**
 * All rows of all tables in one snapshot, as lines: `{"table":"persons"}`, then one JSON object per row. PostgreSQL writes
 * the JSON and JavaScript never parses it, so that numbers and times keep their precision.
 */
export async function* dumpPostgres(url: string): AsyncGenerator<Buffer> {
  const client = await connectPostgres(url, {
    application_name: 'muster backup',
    options: '-c TimeZone=UTC',
  })
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    for (const table of await tablesOf(client)) {
      if (table === 'applied_migrations') continue
      yield Buffer.from(`${JSON.stringify({ table })}\n`)
      await client.query(
        `declare rows no scroll cursor for select row_to_json(t)::text as row from ${escapeIdentifier(table)} t`,
      )
      for (;;) {
        const { rows } = await client.query<{ row: string }>(`fetch ${page} from rows`)
        if (rows.length > 0) yield Buffer.from(rows.map(({ row }) => `${row}\n`).join(''))
        if (rows.length < page) break
      }
      await client.query('close rows')
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
