import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { AnyColumn } from '#platform/database/kit.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'

/** How many rows one statement of a bulk change writes. */
export const chunkRows = 200

/**
 * Updates many rows to their current values, 200 per statement. Written as an upsert in which every row conflicts,
 * because neither engine can UPDATE many rows with different values in one portable statement.
 */
export async function rewriteAll<T extends PgTable & { id: AnyColumn }>(
  tx: Writer,
  into: T,
  rows: readonly T['$inferSelect'][],
): Promise<void> {
  if (rows.length === 0) return
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
