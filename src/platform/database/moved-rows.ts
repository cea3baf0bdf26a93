import { eq, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { DateTime } from 'luxon'
import type { AnyColumn } from './kit.ts'
import type { Writer } from './port.ts'

/** A reversible change of one row: the values before and after it, as plain JSON. */
export interface MovedRow {
  id: string
  before: Record<string, Plain>
  after: Record<string, Plain>
}

type Plain = string | number | boolean | null | { at: number }
type Row = Record<string, unknown>
type Table = PgTable & { id: AnyColumn; version?: AnyColumn }

const plain = (value: unknown): Plain =>
  DateTime.isDateTime(value) ? { at: value.toMillis() } : ((value ?? null) as Plain)

const revived = (value: Plain): unknown =>
  value !== null && typeof value === 'object' && 'at' in value
    ? DateTime.fromMillis(value.at, { zone: 'utc' })
    : value

const plainRow = (row: Row, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, plain(row[key])]))

/** A versioned row gets a new version with every change, so that older ETags no longer match. */
const counted = (table: Table) => (table.version ? { version: sql`${table.version} + 1` } : {})

/**
 * Sets columns of one row.
 * @param row the row as read in this transaction
 * @returns what `restoreRows` needs to undo the change
 */
export async function moveRow<T extends Table>(
  tx: Writer,
  table: T,
  row: T['$inferSelect'] & { id: string },
  set: Partial<T['$inferSelect']>,
): Promise<MovedRow> {
  await tx
    .update(table as Table)
    .set({ ...set, ...counted(table) } as never)
    .where(eq(table.id, row.id))
  const keys = Object.keys(set)
  return { id: row.id, before: plainRow(row, keys), after: plainRow(set, keys) }
}

/**
 * Undoes changes, the last one first. A row that was changed after `moveRow`, or deleted, is left alone.
 * @returns the ids of the rows that were left alone
 */
export async function restoreRows(tx: Writer, table: Table, moved: readonly MovedRow[]): Promise<string[]> {
  const stayed: string[] = []
  for (const { id, before, after } of moved.toReversed()) {
    const [row] = (await tx
      .select()
      .from(table as PgTable)
      .where(eq(table.id, id))) as Row[]
    const keys = Object.keys(after)
    if (!row || JSON.stringify(plainRow(row, keys)) !== JSON.stringify(after)) {
      stayed.push(id)
      continue
    }
    const set = Object.fromEntries(keys.map((key) => [key, revived(before[key] as Plain)]))
    await tx
      .update(table)
      .set({ ...set, ...counted(table) } as never)
      .where(eq(table.id, id))
  }
  return stayed
}
