import { inArray } from 'drizzle-orm'
import type { Reader } from '../database/port.ts'

interface Both {
  zh: string
  en: string
}

/** How the trail is told to people. The platform knows none of the words: the slices bring them. */
export interface AuditTexts {
  /** By action: a predicate, to stand after whoever acted. */
  actions: Readonly<Record<string, Both>>
  /** By the kind before the colon of a subject. */
  subjects: Readonly<Record<string, Both>>
  /** By kind: the names of these things that an auditor may read. People are not among them. */
  names: Readonly<
    Record<string, (db: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>>
  >
}

/** Names from a table that has them in a column `name`. */
export function namesFrom(
  // biome-ignore lint/suspicious/noExplicitAny: any table with these two columns
  table: any,
): (db: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  return async (db, ids) => {
    if (ids.length === 0) return new Map()
    const rows = await db
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(inArray(table.id, [...ids]))
    return new Map((rows as { id: string; name: string }[]).map(({ id, name }) => [id, name]))
  }
}
