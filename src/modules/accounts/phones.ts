import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { users } from './schema.ts'

/** A phone of their own that works: a guardian's or a stranger's opens no account. */
const ownPhone = and(
  eq(personContacts.relation, 'own'),
  eq(contacts.kind, 'phone'),
  isNull(contacts.invalidAt),
)

/** The contact of each person's own phone that is asked first, as it is now; absent where there is none. */
export async function phonesOf(db: Reader, personIds: readonly string[]): Promise<Map<string, string>> {
  const phones = await db
    .select({ personId: personContacts.personId, contactId: contacts.id })
    .from(personContacts)
    // An inner join whose order SQLite keeps: from all the phones of the city it would be slow for 500 people.
    .crossJoin(contacts)
    .where(
      and(
        inArray(personContacts.personId, [...personIds]),
        eq(contacts.id, personContacts.contactId),
        ownPhone,
      ),
    )
    .orderBy(desc(personContacts.rank))
  return new Map(phones.map((each) => [each.personId, each.contactId]))
}

/** Where a user is reached now; undefined when they are no person of the organisation, or one without a phone. */
export async function phoneOf(db: Reader, personId: string | null): Promise<string | undefined> {
  return personId === null ? undefined : (await phonesOf(db, [personId])).get(personId)
}

/** The users whose own phone this is, who are not disabled. */
export async function usersOfPhone(db: Reader, phoneIndexes: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: users.id })
    .from(contacts)
    .innerJoin(personContacts, eq(personContacts.contactId, contacts.id))
    .innerJoin(users, eq(users.personId, personContacts.personId))
    .where(and(ownPhone, inArray(contacts.valueIndex, [...phoneIndexes]), isNull(users.disabledAt)))
  return rows.map((row) => row.id)
}
