import { inArray } from 'drizzle-orm'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { personContacts } from '../schema.ts'

/** A number that is not a person's any more. */
export interface GoneNumber {
  personId: string
  contactId: string
}

/**
 * Reports that numbers were taken off people, as the fact `person.numbers_gone`: what was sent there opens nothing more. A mark
 * that a number is wrong takes it off nobody.
 */
export async function tellNumbersGone(tx: Writer, gone: readonly GoneNumber[]): Promise<void> {
  await inChunks(gone, 200, (some) => enqueue(tx, 'person.numbers_gone', { gone: some }))
}

/** The numbers behind rows of `person_contacts`, without those of some people. */
export async function numbersBehind(
  db: Reader,
  rowIds: readonly string[],
  except: readonly string[] = [],
): Promise<GoneNumber[]> {
  const found: GoneNumber[] = []
  const others = new Set(except)
  await inChunks(rowIds, 500, async (some) => {
    const rows = await db
      .select({ personId: personContacts.personId, contactId: personContacts.contactId })
      .from(personContacts)
      .where(inArray(personContacts.id, [...some]))
    found.push(...rows.filter(({ personId }) => !others.has(personId)))
  })
  return found
}
