import { and, eq } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { DomainError } from '../errors.ts'
import type { AnyColumn } from './kit.ts'
import type { Writer } from './port.ts'

/** A table whose rows are edited under an optimistic lock: each change increments `version` by one. */
export type VersionedTable = PgTable & { id: AnyColumn; version: AnyColumn }

/** The error for an outdated edit: the row was changed after the client read it. */
function stale(version: number | undefined): DomainError {
  return new DomainError('stale', 'version.stale', 'Somebody changed this since you read it.', { version })
}

/**
 * Refuses an outdated edit early, before any other check. It takes no lock: `updateVersioned` decides.
 * @param seen the version the client read
 * @throws DomainError stale `version.stale`, with the current version
 */
export function assertVersion(row: { version: number }, seen: number): void {
  if (row.version !== seen) throw stale(row.version)
}

/**
 * Changes one row under its optimistic lock: of two edits based on the same version, the second is refused.
 * @param version the version the client read; the row has `version + 1` afterwards
 * @throws DomainError stale `version.stale`, with the current version
 */
export async function updateVersioned<T extends VersionedTable>(
  tx: Writer,
  table: T,
  id: string,
  version: number,
  set: Partial<T['$inferInsert']>,
): Promise<T['$inferSelect']> {
  const values = { ...set, version: version + 1 } as never
  const [changed] = await tx
    .update(table as PgTable & VersionedTable)
    .set(values)
    .where(and(eq(table.id, id), eq(table.version, version)))
    .returning()
  if (changed) return changed as T['$inferSelect']
  const [now] = await tx
    .select({ version: table.version })
    .from(table as PgTable)
    .where(eq(table.id, id))
  throw stale(now?.version as number | undefined)
}
