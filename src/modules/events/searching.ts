import { like, type SQL } from 'drizzle-orm'
import { searchNameOf } from '#modules/organisation/index.ts'
import type { AnyColumn } from '#platform/database/kit.ts'

/** The condition that a typed text is part of a title. Wildcards mean nothing; a text without letters finds all. */
export function titleContains(column: AnyColumn, typed: string | undefined): SQL | undefined {
  const text = searchNameOf(typed ?? '').replace(/[%_\\]/g, '')
  return text === '' ? undefined : like(column, `%${text}%`)
}
