import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { openContact } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'

/** The own phone numbers of some people, in full: for the volunteers of a shift to call who is in charge of it. */
export async function phonesOf(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .select({ personId: personContacts.personId, id: contacts.id, value: contacts.value })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(
      and(
        inArray(personContacts.personId, [...personIds]),
        eq(personContacts.relation, 'own'),
        eq(contacts.kind, 'phone'),
        isNull(contacts.invalidAt),
      ),
    )
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  const phones = new Map<string, string>()
  for (const { personId, ...contact } of rows) {
    if (!phones.has(personId)) phones.set(personId, openContact(keys, contact))
  }
  return phones
}
