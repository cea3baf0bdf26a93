import { eq, sql } from 'drizzle-orm'
import type { Writer } from '#platform/database/port.ts'
import { persons } from './schema.ts'

/** Increments the person's version: the ETag of a person also covers their contacts, memberships and skills. */
export async function bumpPerson(tx: Writer, personId: string): Promise<void> {
  await tx
    .update(persons)
    .set({ version: sql`${persons.version} + 1` })
    .where(eq(persons.id, personId))
}
