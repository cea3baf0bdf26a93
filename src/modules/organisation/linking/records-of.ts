import { eq, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { type AnyColumn, alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { persons } from '../schema.ts'

const itself = alias(persons, 'itself')
const records = alias(persons, 'records')

/**
 * A query of the ids of all records of this person's human, the person's own among them. What is read by it is never
 * told to anybody but as 已另有安排.
 */
export function recordsOf(db: Reader, personId: string | Placeholder) {
  return db
    .select({ id: records.id })
    .from(itself)
    .innerJoin(records, or(eq(records.id, itself.id), eq(records.humanId, itself.humanId)))
    .where(eq(itself.id, personId))
}

/** The human of a record as a column: equal for all records of one human. For counting and comparing, never to show. */
export function humanOf(person: { id: AnyColumn; humanId: AnyColumn } = persons): SQL<string> {
  return sql<string>`coalesce(${person.humanId}, ${person.id})`
}
