/**
 * One set of column types for two engines. The types are PostgreSQL's, whose builders only return promises,
 * so shared code that works on SQLite only (`.get()`, `.all()`, `.run()`) does not compile.
 * The engine of a process is fixed here, at import, by the scheme of `DATABASE_URL`.
 */
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'
import { DateTime } from 'luxon'

export type Dialect = 'postgresql' | 'sqlite'

export const dialect: Dialect = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '')
  ? 'postgresql'
  : 'sqlite'

const onPostgres = dialect === 'postgresql'

/** The column of the running engine under PostgreSQL's type. */
function either<T>(postgres: () => T, sqlite: () => unknown): T {
  return onPostgres ? postgres() : (sqlite() as T)
}

export type AnyColumn = pg.AnyPgColumn

export const table = either(
  () => pg.pgTable,
  () => lite.sqliteTable,
)
export const index = either(
  () => pg.index,
  () => lite.index,
)
export const uniqueIndex = either(
  () => pg.uniqueIndex,
  () => lite.uniqueIndex,
)
/** A second name for a table, to join it with itself. */
export const alias = either(
  () => pg.alias,
  () => lite.alias,
)
export const primaryKey = either(
  () => pg.primaryKey,
  () => lite.primaryKey,
)
export const foreignKey = either(
  () => pg.foreignKey,
  () => lite.foreignKey,
)
export const check = either(
  () => pg.check,
  () => lite.check,
)

/** Text; name a closed set as its type: `text<'draft' | 'published'>()`. */
export function text<T extends string = string>() {
  return either(() => pg.text(), lite.text).$type<T>()
}

/** A whole number up to 2^31 - 1. */
export function int() {
  return either(() => pg.integer(), lite.integer)
}

/** A whole number up to 2^53 - 1. */
export function big() {
  return either(
    () => pg.bigint({ mode: 'number' }),
    () => lite.integer({ mode: 'number' }),
  )
}

/** A primary key that counts up. Numbers may be skipped, and on PostgreSQL they commit out of order. */
export function counter() {
  return either(
    () => pg.bigserial({ mode: 'number' }).primaryKey(),
    () => lite.integer({ mode: 'number' }).primaryKey({ autoIncrement: true }),
  )
}

export function real() {
  return either(() => pg.doublePrecision(), lite.real)
}

export function bool() {
  return either(
    () => pg.boolean(),
    () => lite.integer({ mode: 'boolean' }),
  )
}

export function json<T>() {
  return either(
    () => pg.jsonb(),
    () => lite.text({ mode: 'json' }),
  ).$type<T>()
}

/** A calendar day, `YYYY-MM-DD`, without a zone. */
export function day() {
  return either(
    () => pg.date({ mode: 'string' }),
    () => lite.text(),
  )
}

const pgInstant = pg.customType<{ data: DateTime; driverData: string }>({
  dataType: () => 'timestamptz(3)',
  toDriver: (at) => new Date(at.toMillis()).toISOString(),
  // Sessions run in UTC, so the server always writes `2026-03-04 13:30:00.123+00`.
  fromDriver: (written) =>
    DateTime.fromMillis(
      Date.parse(`${written.slice(0, 10)}T${written.slice(11).replace(/\+00(:00)?$/, 'Z')}`),
      {
        zone: 'utc',
      },
    ),
})

const liteInstant = lite.customType<{ data: DateTime; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (at) => at.toMillis(),
  fromDriver: (ms) => DateTime.fromMillis(ms, { zone: 'utc' }),
})

/** A moment, to the millisecond, in UTC: `timestamptz(3)` on PostgreSQL, milliseconds since 1970 on SQLite. */
export function instant() {
  return either(
    () => pgInstant(),
    () => liteInstant(),
  )
}

const pgBytes = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

export function bytes() {
  return either(
    () => pgBytes(),
    () => lite.blob({ mode: 'buffer' }),
  )
}
