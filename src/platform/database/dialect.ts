/** The only place where the SQL of the two engines differs. */
import { like, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { type AnyColumn, dialect } from './kit.ts'
import { connection, type Reader } from './port.ts'

/**
 * `FOR UPDATE SKIP LOCKED`: locks the selected rows and skips rows locked by another transaction, so that several
 * workers can claim from one queue. SQLite has one writer at a time and needs no lock.
 */
export function skippingLocked<Q extends { for(strength: 'update', config: { skipLocked: true }): Q }>(
  query: Q,
): Q {
  return dialect === 'postgresql' ? query.for('update', { skipLocked: true }) : query
}

/**
 * `column in (values)` with all values in one parameter. For long lists in statements that run often: the text is the same
 * for any number of values, so that it is built and prepared once; with a parameter each, building it cost more than running it.
 */
export function among(column: AnyColumn | SQL, values: readonly string[]): SQL {
  return dialect === 'postgresql'
    ? sql`${column} = any(${sql.param(values)})`
    : sql`${column} in (select value from json_each(${JSON.stringify(values)}))`
}

/** `among` in a prepared statement: the values are passed through the placeholder `name`, as `given` makes them. */
export function amongGiven(column: AnyColumn | SQL, name: string): SQL {
  const values = sql.placeholder(name)
  return dialect === 'postgresql'
    ? sql`${column} = any(${values})`
    : sql`${column} in (select value from json_each(${values}))`
}

/** The values of `amongGiven`, as the engine takes them. */
export function given(values: readonly string[]): readonly string[] | string {
  return dialect === 'postgresql' ? values : JSON.stringify(values)
}

/**
 * The column begins with `prefix` (ASCII, without `%` and `_`). On SQLite a range, which an index answers: its LIKE knows no
 * case and reads the whole table. PostgreSQL sorts by the rules of a language, where a prefix is no range.
 */
export function beginsWith(column: AnyColumn, prefix: string): SQL {
  if (dialect === 'postgresql' || prefix === '') return like(column, `${prefix}%`)
  const end = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
  return sql`(${column} >= ${prefix} and ${column} < ${end})`
}

/** Rows of a raw SQL statement that the query builder cannot express. Column names are those of the engine. */
export async function rowsOf<T extends Record<string, unknown>>(db: Reader, statement: SQL): Promise<T[]> {
  const on = connection(db)
  if (dialect === 'postgresql') return (await on.execute(statement)).rows as T[]
  return (on as unknown as BetterSQLite3Database).all<T>(statement)
}

/** Whether a table has a column in the database as it is now, which may be older than this release. */
export async function hasColumn(db: Reader, table: string, column: string): Promise<boolean> {
  const found =
    dialect === 'postgresql'
      ? sql`select attname from pg_attribute where attrelid = to_regclass(${table}) and attname = ${column} and not attisdropped`
      : sql`select name from pragma_table_info(${table}) where name = ${column}`
  return (await rowsOf(db, found)).length > 0
}

/** The columns whose foreign keys refer to a table, but those that are deleted with it. */
export function referencesTo(db: Reader, table: string): Promise<{ table: string; column: string }[]> {
  return rowsOf(
    db,
    dialect === 'postgresql'
      ? sql`select r.relname as "table", a.attname as "column" from pg_constraint c
          join pg_class r on r.oid = c.conrelid
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
          where c.contype = 'f' and c.confdeltype <> 'c' and c.confrelid = to_regclass(${table})`
      : sql`select m.name as "table", f."from" as "column" from sqlite_schema m, pragma_foreign_key_list(m.name) f
          where m.type = 'table' and f.on_delete <> 'CASCADE' and f."table" = ${table}`,
  )
}
