import type { Table } from 'drizzle-orm'
import type { KeyRing } from './key-ring.ts'

/**
 * One encrypted column and its blind indexes. Every slice lists its encrypted columns, and `src/sealed.ts` collects the
 * lists: so key rotation finds everything.
 *
 * ```ts
 * export const organisationSealed: SealedColumn[] = [
 *   { table: contacts, column: 'value', place: 'contacts/value',
 *     indexes: (keys, plain, row) => contactIndexes(keys, row.kind as ContactKind, plain) },
 * ]
 * ```
 */
export interface SealedColumn {
  /** A table with a text primary key `id`, which is the row part of the place. */
  table: Table
  /** The encrypted column's property in the drizzle table. */
  column: string
  /** `table/column`: the first two parts of the place (the associated data of the ciphertext). */
  place: `${string}/${string}`
  /** The blind indexes of a row by property, computed from the plain value: use the same function as for inserts. */
  indexes?: (keys: KeyRing, plain: string, row: Record<string, unknown>) => Record<string, string | null>
}
