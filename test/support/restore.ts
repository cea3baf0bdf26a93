/** Puts a database back to what it was, row by row, so that a service can go on with it. */
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { dialect } from '#platform/database/kit.ts'
import { targetOf } from '#platform/database/url.ts'

export interface Restorer {
  /**
   * Puts back every row. False when something other than rows has changed, and the database serves nobody any more.
   * `alone`: on a server, other connections to it are ended before.
   */
  restore(alone?: boolean): Promise<boolean>
  close(): Promise<void>
}

/** Remembers the rows of a database, which are few, on a connection of its own. */
export function restorerOf(url: string): Promise<Restorer> {
  return dialect === 'sqlite' ? restorerOfFile(url) : restorerOfServer(url)
}

async function restorerOfFile(url: string): Promise<Restorer> {
  const target = targetOf(url)
  if (target.dialect !== 'sqlite') throw new Error(`not a file: ${url}`)
  const store = new Sqlite(target.file, { timeout: 10_000 })
  store.pragma('foreign_keys = off')
  const shape = () =>
    store
      .prepare(`select name, sql from sqlite_schema where name not like 'sqlite~_%' escape '~' order by name`)
      .all()
  const before = JSON.stringify(shape())
  const names = store
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite~_%' escape '~'`)
    .pluck()
    .all() as string[]
  const tables = names.map((name) => {
    const rows = store.prepare(`select * from "${name}"`).raw().all() as unknown[][]
    const places = rows[0]?.map(() => '?').join()
    return { empty: store.prepare(`delete from "${name}"`), rows, places, name }
  })
  const fill = tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows, places }) => ({
      insert: store.prepare(`insert into "${name}" values (${places})`),
      rows,
    }))
  const all = store.transaction(() => {
    for (const { empty } of tables) empty.run()
    for (const { insert, rows } of fill) for (const row of rows) insert.run(row)
  })
  return {
    async restore() {
      if (JSON.stringify(shape()) !== before) return false
      all.immediate()
      return true
    },
    async close() {
      store.close()
    },
  }
}

const endOthers = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

interface Looked {
  name: string
  used: boolean
  bytes: string
}

/** Nothing is vacuumed while tests run: tables are deleted from until they are this large, and then begin anew. */
const largeBytes = 256 * 1024

function* emptying(tables: readonly Looked[]): Generator<string> {
  const large = tables.filter(({ bytes }) => Number(bytes) > largeBytes)
  if (large.length > 0) yield `truncate ${large.map(({ name }) => `"${name}"`).join()} cascade`
  for (const { name, used } of tables) if (used) yield `delete from "${name}"`
}

async function restorerOfServer(url: string): Promise<Restorer> {
  const client = new pg.Client({ connectionString: url })
  // The server stops before this process does.
  client.on('error', () => {})
  await client.connect()
  ;(client as unknown as { unref(): void }).unref()
  // Statistics are of the shape: what was reckoned of a few rows has every later test's thousands read the wrong way.
  const shape = async () => {
    const text = `select
      (select md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' order by attrelid, attnum))
        from pg_attribute join pg_class on pg_class.oid = attrelid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped) as columns,
      (select count(*) from pg_trigger) as triggers, (select count(*) from pg_constraint) as constraints,
      (select count(*) from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples >= 0) as counted`
    const { rows } = await client.query({ name: 'shape', text })
    return JSON.stringify(rows)
  }
  const before = await shape()
  const { rows: tables } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const filled: { name: string; rows: string }[] = []
  for (const { name } of tables) {
    const { rows } = await client.query(`select json_agg(t)::text as rows from "${name}" t`)
    if (rows[0].rows) filled.push({ name, rows: rows[0].rows })
  }
  // Without the checks of foreign keys, so that the order of tables does not matter.
  await client.query('set session_replication_role = replica')
  const look = tables
    .map(
      ({ name }) => `select '${name}' as name, exists (select from "${name}") as used,
        pg_relation_size('"${name}"') as bytes`,
    )
    .join(' union all ')
  return {
    async restore(alone = false) {
      if (alone) await client.query(endOthers)
      if ((await shape()) !== before) return false
      // Planned once: most tables are empty, and to say so takes less than to empty them.
      const { rows } = await client.query<Looked>({ name: 'look', text: look })
      const empty = [...emptying(rows)].join(';')
      await client.query('begin')
      if (empty) await client.query(empty)
      for (const { name, rows } of filled)
        await client.query(
          `insert into "${name}" select * from json_populate_recordset(null::"${name}", $1)`,
          [rows],
        )
      await client.query('commit')
      return true
    },
    async close() {
      await client.end()
    },
  }
}
