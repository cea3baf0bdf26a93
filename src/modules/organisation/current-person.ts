import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { persons } from './schema.ts'

/**
 * Follows merges. A page, a link or a list may still hold the id of a duplicate that was merged since, even more than
 * once. Unknown ids are not in the result.
 * @returns for each merged id of `personIds`, the id of the person it was merged into
 */
export async function mergedInto(db: Reader, personIds: readonly string[]): Promise<Map<string, string>> {
  const became = new Map<string, string>()
  for (let asked = [...new Set(personIds)]; asked.length > 0; ) {
    const rows = await db
      .select({ id: persons.id, into: persons.mergedIntoId })
      .from(persons)
      .where(and(inArray(persons.id, asked), isNotNull(persons.mergedIntoId)))
    for (const { id, into } of rows) became.set(id, into as string)
    asked = rows.map(({ into }) => into as string)
  }
  const last = (id: string): string => {
    const next = became.get(id)
    return next === undefined ? id : last(next)
  }
  return new Map([...became.keys()].map((id) => [id, last(id)]))
}

/** `mergedInto` for one id: the current id of this person. */
export async function currentPerson(db: Reader, personId: string): Promise<string> {
  return (await mergedInto(db, [personId])).get(personId) ?? personId
}

/**
 * Replaces the ids of merged people in the given fields of an input. Empty fields stay empty.
 * @param fields the keys of `input` that hold an id of a person
 */
export async function withCurrentPeople<T extends object, K extends keyof T>(
  db: Reader,
  input: T,
  fields: readonly K[],
): Promise<T> {
  const ids = fields.flatMap((field) => (input[field] as string | null | undefined) ?? [])
  if (ids.length === 0) return input
  const became = await mergedInto(db, ids)
  if (became.size === 0) return input
  const changed = fields.flatMap((field) => {
    const now = became.get(input[field] as string)
    return now ? [[field, now]] : []
  })
  return { ...input, ...Object.fromEntries(changed) }
}
