import type { Table } from 'drizzle-orm'
import type { KeyRing } from './key-ring.ts'

/**
 * One encrypted column and the blind indexes beside it. Every slice that encrypts lists its columns in a
 * `sealed.ts`, and `src/sealed.ts` collects the lists: that is how a rotation of keys finds everything.
 *
 * ```ts
 * export const organisationSealed: SealedColumn[] = [
 *   { table: contacts, column: 'value', place: 'contacts/value',
 *     indexes: (keys, plain, row) => contactIndexes(keys, row.kind as ContactKind, plain) },
 * ]
 * ```
 */
export interface SealedColumn {
  /** Has a text primary key `id`, which is the row part of the place. */
  table: Table
  /** The encrypted column's property in the drizzle table. */
  column: string
  /** `table/column`: the first two parts of the place the value was encrypted for. */
  place: `${string}/${string}`
  /** The blind indexes of a row by property, made anew from the plain value: best the function that inserts use. */
  indexes?: (keys: KeyRing, plain: string, row: Record<string, unknown>) => Record<string, string | null>
}
