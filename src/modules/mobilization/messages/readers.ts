/** Where people are written to now, by what a message is about (`readersOf` of the kinds that are for whoever takes part). */
import { and, eq, inArray } from 'drizzle-orm'
import type { OfficeReader } from '#modules/messaging/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { assignments, participations } from '../schema.ts'

/** Somebody whom a subject is about and who reads it; a minor's guardian reads for the minor. */
export interface Read {
  subject: string
  personId: string
  minor: boolean
}

/**
 * Where these people are written to now: a message that still waits for a number they have no more goes to the one they have,
 * because it holds their link.
 */
export async function readersAt(db: Reader, read: readonly Read[]): Promise<Map<string, OfficeReader[]>> {
  const readers = new Map<string, OfficeReader[]>()
  const people = new Map(read.map(({ personId, minor }) => [personId, { personId, minor }]))
  const contacts = new Map<string, string>()
  await inChunks([...people.values()], 500, async (some) => {
    for (const [personId, { contactId }] of await contactsFor(db, some)) contacts.set(personId, contactId)
  })
  for (const { subject, personId } of read) {
    const contactId = contacts.get(personId)
    if (contactId !== undefined) readers.set(subject, [{ contactId, personId }])
  }
  return readers
}

/** `readersAt` for subjects about participations, by the participation of each. */
export async function readersOfParts(
  db: Reader,
  partOf: ReadonlyMap<string, string>,
): Promise<Map<string, OfficeReader[]>> {
  const people = new Map<string, Omit<Read, 'subject'>>()
  await inChunks([...new Set(partOf.values())], 500, async (some) => {
    const children = await db
      .selectDistinct({ id: assignments.participationId })
      .from(assignments)
      .where(and(inArray(assignments.participationId, [...some]), eq(assignments.minor, true)))
    const minors = new Set(children.map(({ id }) => id))
    const rows = await db
      .select({ id: participations.id, personId: participations.personId })
      .from(participations)
      .where(inArray(participations.id, [...some]))
    for (const { id, personId } of rows) people.set(id, { personId, minor: minors.has(id) })
  })
  return readersAt(
    db,
    [...partOf].flatMap(([subject, id]) => {
      const person = people.get(id)
      return person ? [{ subject, ...person }] : []
    }),
  )
}
