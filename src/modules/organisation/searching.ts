import { like, or, type SQL } from 'drizzle-orm'
import type { AnyColumn } from '#platform/database/kit.ts'
import { looksLikePinyin, searchNameOf } from './names.ts'

/** A condition: the typed text is part of the name, or the beginning of its pinyin or of its initials. */
export function nameMatches(
  columns: { searchName: AnyColumn; pinyin: AnyColumn },
  typed: string | undefined,
): SQL | undefined {
  const text = searchNameOf(typed ?? '').replace(/[%_\\]/g, '')
  if (text === '') return undefined
  const inName = like(columns.searchName, `%${text}%`)
  return looksLikePinyin(text)
    ? or(inName, like(columns.pinyin, `${text}%`), like(columns.pinyin, `% ${text}%`))
    : inName
}
