import { and, eq, gt, lt, or, type SQL } from 'drizzle-orm'
import { DateTime } from 'luxon'
import type { AnyColumn } from '../database/kit.ts'
import { DomainError } from '../errors.ts'

/** The columns a list is sorted by: sort keys, then the id. None may be null. */
export type CursorKey = readonly (string | number | DateTime)[]

/** The cursor of the last row of a page. It contains the sort keys: never sort a list by a secret. */
export function cursorOf(key: CursorKey): string {
  const plain = key.map((part) => (DateTime.isDateTime(part) ? { at: part.toMillis() } : part))
  return Buffer.from(JSON.stringify(plain)).toString('base64url')
}

function partOf(part: unknown): string | number | DateTime | undefined {
  if (typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))) return part
  const at = (part as { at?: unknown } | null)?.at
  return Number.isSafeInteger(at) ? DateTime.fromMillis(at as number, { zone: 'utc' }) : undefined
}

/** Decodes a cursor. @throws DomainError invalid `cursor.malformed` when it is not a cursor of `length` sort keys */
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

/** Whether a part of a cursor has the type of its column; instants are the only custom column type. */
function fits(column: AnyColumn, part: CursorKey[number] | undefined): boolean {
  if (column.dataType === 'custom') return DateTime.isDateTime(part)
  // PostgreSQL fails when a date column is compared with text that is not a date.
  if (column.getSQLType() === 'date') return typeof part === 'string' && /^\d{4}-\d\d-\d\d$/.test(part)
  return typeof part === column.dataType
}

/**
 * Keyset page: the condition that a row comes after the cursor, for a list ordered by `columns` in one direction.
 * Undefined without a cursor; `and()` and `where()` ignore that.
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
 * Makes a page of rows selected with `.limit(limit + 1)`.
 * @param keyOf the values of a row in the columns the list is ordered by
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
