import { like, type SQL } from 'drizzle-orm'
import { searchNameOf } from '#modules/organisation/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'

/** SQL condition: the title contains the typed text. LIKE wildcards are removed; a text without letters matches all. */
export function titleContains(column: AnyColumn, typed: string | undefined): SQL | undefined {
  const text = searchNameOf(typed ?? '').replace(/[%_\\]/g, '')
  return text === '' ? undefined : like(column, `%${text}%`)
}
