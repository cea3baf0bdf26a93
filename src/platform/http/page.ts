import { and, eq, gt, lt, or, type SQL } from 'drizzle-orm'
import { DateTime } from 'luxon'
import type { AnyColumn } from '../database/kit.ts'
import { DomainError } from '../errors.ts'

/** What a list is sorted by: a sort key, then the id. None may be null. */
export type CursorKey = readonly (string | number | DateTime)[]

/** An opaque mark of the last row of a page. It holds sort keys: never sort a list by something secret. */
export function cursorOf(key: CursorKey): string {
  const plain = key.map((part) => (DateTime.isDateTime(part) ? { at: part.toMillis() } : part))
  return Buffer.from(JSON.stringify(plain)).toString('base64url')
}

function partOf(part: unknown): string | number | DateTime | undefined {
  if (typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))) return part
  const at = (part as { at?: unknown } | null)?.at
  return Number.isSafeInteger(at) ? DateTime.fromMillis(at as number, { zone: 'utc' }) : undefined
}

/** @throws DomainError invalid `cursor.malformed` when it is not a cursor of a list sorted by `length` parts */
export function readCursor(cursor: string, length: number): CursorKey {
  try {
    const parts = (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]).map(partOf)
    if (parts.length === length && parts.every((part) => part !== undefined)) return parts
  } catch {
    // Not base64url of JSON: refused below.
  }
  throw malformed()
}

const malformed = () => new DomainError('invalid', 'cursor.malformed', 'This cursor is not from this list.')

/** Whether a part of a cursor is what the column holds; instants are the only columns of a type of our own. */
function fits(column: AnyColumn, part: CursorKey[number] | undefined): boolean {
  if (column.dataType === 'custom') return DateTime.isDateTime(part)
  // PostgreSQL refuses to compare a day with a text that is none.
  if (column.getSQLType() === 'date') return typeof part === 'string' && /^\d{4}-\d\d-\d\d$/.test(part)
  return typeof part === column.dataType
}

/**
 * The condition that a row comes after the cursor, for a list ordered by `columns` in one direction.
 * Undefined without a cursor, which `and()` and `where()` pass over.
 */
export function after(
  columns: readonly AnyColumn[],
  cursor: string | undefined,
  direction: 'asc' | 'desc' = 'asc',
): SQL | undefined {
  if (cursor === undefined) return undefined
  const key = readCursor(cursor, columns.length)
  if (!columns.every((column, at) => fits(column, key[at]))) throw malformed()
  const beyond = direction === 'asc' ? gt : lt
  return or(
    ...columns.map((column, at) =>
      and(...columns.slice(0, at).map((earlier, i) => eq(earlier, key[i])), beyond(column, key[at])),
    ),
  )
}

/**
 * A page out of rows that were selected with `.limit(limit + 1)`.
 * @param keyOf the row's values of the columns the list is ordered by
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => CursorKey,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : cursorOf(keyOf(last)) }
}
