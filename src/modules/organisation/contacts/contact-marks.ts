import { and, eq, inArray, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import { contactMarks, contacts, personContacts } from '../schema.ts'
import type { ContactMark } from '../words.ts'

/** The marks that hold for one person only; the key is `PERSON CONTACT`. For a few hundred people per call. */
export async function marksOf(
  db: Reader,
  personIds: readonly string[],
): Promise<Map<string, Partial<Record<ContactMark, DateTime>>>> {
  const rows = await db
    .select()
    .from(contactMarks)
    .where(inArray(contactMarks.personId, [...personIds]))
  const marks = new Map<string, Partial<Record<ContactMark, DateTime>>>()
  for (const { personId, contactId, mark, markedAt } of rows) {
    const key = `${personId} ${contactId}`
    marks.set(key, { ...marks.get(key), [mark]: markedAt })
  }
  return marks
}

/** Of `personContacts` with `contacts`: somebody's own phone that nobody said is wrong, for all or for them alone. */
export function isWorkingOwnPhone(db: Pick<Reader, 'select'>): SQL | undefined {
  return and(
    eq(personContacts.relation, 'own'),
    eq(contacts.kind, 'phone'),
    isNull(contacts.invalidAt),
    notExists(
      db
        .select({ one: sql`1` })
        .from(contactMarks)
        .where(
          and(
            eq(contactMarks.personId, personContacts.personId),
            eq(contactMarks.contactId, contacts.id),
            eq(contactMarks.mark, 'invalid'),
          ),
        ),
    ),
  )
}
