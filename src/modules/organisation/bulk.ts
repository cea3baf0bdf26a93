import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { AnyColumn } from '#platform/database/kit.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'

/** How many rows one statement of a bulk change writes. */
export const chunkRows = 200

/** Inserts all rows, 200 with a statement. */
export async function insertAll<T extends PgTable>(
  tx: Writer,
  into: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  await inChunks(rows, chunkRows, (chunk) => tx.insert(into).values(chunk as never))
}

/**
 * Writes rows that exist as they stand now, 200 with a statement: an insert whose conflict is certain,
 * because neither engine has an UPDATE of many rows with values of their own in common.
 */
export async function rewriteAll<T extends PgTable & { id: AnyColumn }>(
  tx: Writer,
  into: T,
  rows: readonly T['$inferSelect'][],
): Promise<void> {
  const set: Record<string, SQL> = {}
  for (const name of Object.keys(getTableColumns(into))) {
    if (name !== 'id') set[name] = sql`excluded.${sql.identifier(toSnakeCase(name))}`
  }
  await inChunks(rows, chunkRows, (chunk) =>
    tx
      .insert(into)
      .values(chunk as never)
      .onConflictDoUpdate({ target: into.id, set: set as never }),
  )
}
