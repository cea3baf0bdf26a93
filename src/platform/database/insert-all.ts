import { type Column, getTableColumns, getTableName, is, SQL } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import { dialect } from './kit.ts'
import { connection, inChunks, type Writer } from './port.ts'

/** Rows of one statement on PostgreSQL, and rows between two turns of the event loop on both engines. */
const rowsAtOnce = 200

interface Form {
  columns: [key: string, column: Column][]
  /** `insert into … (columns) values `, without the values. */
  head: string
  /** The statement for one row on SQLite, and for the last number of rows on PostgreSQL. */
  text: string
  rows: number
}

const forms = new WeakMap<object, Form>()

function formOf(into: PgTable): Form {
  const known = forms.get(into)
  if (known) return known
  const columns = Object.entries(getTableColumns(into))
  const names = columns.map(([key]) => `"${toSnakeCase(key)}"`).join(', ')
  const form = { columns, head: `insert into "${getTableName(into)}" (${names}) values `, text: '', rows: 0 }
  forms.set(into, form)
  return form
}

const placeholders = (count: number, from: number) =>
  `(${Array.from({ length: count }, (_, at) => (dialect === 'postgresql' ? `$${from + at + 1}` : '?')).join(', ')})`

/** The statement for some rows; kept, because nearly all batches of a table have the same size. */
function textFor(form: Form, rows: number): string {
  if (form.rows !== rows) {
    const { columns } = form
    const lists = Array.from({ length: rows }, (_, at) => placeholders(columns.length, at * columns.length))
    form.text = form.head + lists.join(', ')
    form.rows = rows
  }
  return form.text
}

/** A value as the driver takes it; a column that the row does not give gets its default. */
function driven(column: Column, given: unknown): unknown {
  const value = given === undefined ? (column.default ?? column.defaultFn?.()) : given
  if (typeof value === 'object' && is(value, SQL))
    throw new Error(`insertAll takes plain values, not SQL, for ${column.name}`)
  return value === null || value === undefined ? null : column.mapToDriverValue(value)
}

interface Driver {
  prepare(text: string): { run(...values: unknown[]): unknown }
  query(text: string, values: unknown[]): Promise<unknown>
}

/**
 * Inserts many rows. The statement is built once for a table, not once for each batch: with drizzle's `insert`, building it
 * took twice as long as running it. Values as in `insert().values()`, but no SQL expressions.
 * @throws Error when a constraint is violated, as `insert()` does
 */
export async function insertAll<T extends PgTable>(
  tx: Writer,
  into: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  const form = formOf(into)
  const valuesOf = (row: Record<string, unknown>) =>
    form.columns.map(([key, column]) => driven(column, row[key]))
  await inChunks(rows as readonly Record<string, unknown>[], rowsAtOnce, async (some) => {
    const { $client } = connection(tx) as unknown as { $client: Driver }
    if (dialect === 'postgresql') {
      await $client.query(textFor(form, some.length), some.flatMap(valuesOf))
      return
    }
    const statement = $client.prepare(textFor(form, 1))
    for (const row of some) statement.run(valuesOf(row))
  })
}
