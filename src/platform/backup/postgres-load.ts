import pg from 'pg'
import { connectPostgres } from '../database/connect-postgres.ts'
import type { Bytes } from './cipher.ts'
import { tablesOf } from './postgres-dump.ts'

const { escapeIdentifier } = pg
/** Rows per INSERT statement. */
const batch = 500

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectPostgres(url, {
    application_name: 'muster restore',
    options: '-c TimeZone=UTC',
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function postgresIsEmpty(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await tablesOf(client)).length === 0)
}

/** @throws Error while the service is connected */
export async function assertNotInUse(url: string): Promise<void> {
  const others = await withClient(url, (client) =>
    client.query(
      `select 1 from pg_stat_activity where datname = current_database() and application_name = 'muster'`,
    ),
  )
  if (others.rows.length > 0) throw new Error('the service is still connected to the database; stop it first')
}

/**
 * Runs `work` in one transaction: all of it is committed, or nothing, even if the process is killed.
 * @throws Error when it was not committed
 */
export async function inOneTransaction(
  url: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('BEGIN')
    try {
      await work(client)
      const { command } = await client.query('COMMIT')
      if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {}) // report the first error, not that of the rollback
      throw error
    }
  })
}

/** Drops all tables, and nothing else. */
export async function emptyPostgres(client: pg.Client): Promise<void> {
  const names = (await tablesOf(client)).map(escapeIdentifier)
  if (names.length > 0) await client.query(`drop table ${names.join(', ')} cascade`)
}

/** The lines of a dump. */
export async function* linesOf(content: Bytes): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of content) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, from)) {
      yield all.toString('utf8', from, at)
      from = at + 1
    }
    rest = Buffer.from(all.subarray(from))
  }
  if (rest.length > 0) throw new Error('the dump ends in the middle of a line')
}

interface Constraint {
  table: string
  name: string
  definition: string
}

/**
 * Fills the empty tables of a migrated database from a dump. Rows come in any order, so foreign keys are dropped first and
 * added again at the end, which checks every row.
 */
export async function loadPostgres(client: pg.Client, content: Bytes): Promise<void> {
  const { rows: constraints } = await client.query<Constraint>(
    `select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where c.contype = 'f' and n.nspname = current_schema()`,
  )
  for (const { table, name } of constraints) {
    await client.query(`alter table ${table} drop constraint ${escapeIdentifier(name)}`)
  }
  await loadRows(client, content)
  for (const { table, name, definition } of constraints) {
    await client.query(`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`)
  }
  await forwardCounters(client)
}

/** The table name in a table line of a dump; undefined for a row line. */
export function tableNamed(line: string): string | undefined {
  const name = /^\{"table":("(?:[^"\\]|\\.)*")\}$/.exec(line)?.[1]
  return name === undefined ? undefined : (JSON.parse(name) as string)
}

async function loadRows(client: pg.Client, content: Bytes): Promise<void> {
  const known = new Set(await tablesOf(client))
  let table = ''
  let rows: string[] = []
  const flush = async () => {
    if (rows.length === 0) return
    const name = escapeIdentifier(table)
    await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1::json)`, [
      `[${rows.join(',')}]`,
    ])
    rows = []
  }
  for await (const line of linesOf(content)) {
    const next = tableNamed(line)
    if (next === undefined) rows.push(line)
    if (next !== undefined || rows.length >= batch) await flush()
    if (next === undefined) continue
    table = next
    if (!known.has(table)) throw new Error(`the dump has a table ${table} that this release does not know`)
  }
  await flush()
}

/** Sets the sequences to the highest loaded values. */
async function forwardCounters(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select table_name as table, column_name as column,
            pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
     from information_schema.columns
     where table_schema = current_schema() and column_default like 'nextval(%'`,
  )
  for (const { table, column, sequence } of rows) {
    await client.query(
      `select setval($1, coalesce((select max(${escapeIdentifier(column)}) from ${escapeIdentifier(table)}), 1))`,
      [sequence],
    )
  }
}
