import { and, asc, eq, sql } from 'drizzle-orm'
import { isWorkingOwnPhone, openContact } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader } from '#platform/database/port.ts'

/** The full phone numbers of a few people: volunteers of a shift call the person in charge. */
export async function phonesOf(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const phones = new Map<string, string>()
  for (const personId of new Set(personIds)) {
    const [contact] = await prepared(db, 'attendance_phone', selectPhone).execute({ personId })
    if (contact) phones.set(personId, openContact(keys, contact))
  }
  return phones
}

function selectPhone(db: Pick<Reader, 'select'>) {
  return db
    .select({ id: contacts.id, value: contacts.value })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(and(eq(personContacts.personId, sql.placeholder('personId')), isWorkingOwnPhone(db)))
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
    .limit(1)
    .prepare('attendance_phone')
}
