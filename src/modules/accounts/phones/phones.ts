import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { isWorkingOwnPhone, openContact } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { users } from '../schema.ts'

/**
 * The number for each person's new account: the first of their own valid phones; never a guardian's. Read once, when
 * the account is created; from then on the account has its own number.
 */
export async function firstPhonesOf(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const phones = await db
    .select({ personId: personContacts.personId, id: contacts.id, value: contacts.value })
    .from(personContacts)
    // SQLite keeps the join order of a cross join. Starting from all phones of the city would be slow for 500 people.
    .crossJoin(contacts)
    .where(
      and(
        inArray(personContacts.personId, [...personIds]),
        eq(contacts.id, personContacts.contactId),
        isWorkingOwnPhone(db),
      ),
    )
    .orderBy(desc(personContacts.rank))
  const first = new Map(phones.map((each) => [each.personId, each]))
  return new Map([...first].map(([personId, contact]) => [personId, openContact(keys, contact)]))
}

/** `firstPhonesOf` for one person, or for nobody. */
export async function firstPhoneOf(
  db: Reader,
  keys: KeyRing,
  personId: string | null,
): Promise<string | null> {
  if (personId === null) return null
  return (await firstPhonesOf(db, keys, [personId])).get(personId) ?? null
}

/** Active users whose account has this number. */
export async function usersOfPhone(db: Reader, phoneIndexes: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.phoneIndex, [...phoneIndexes]), isNull(users.disabledAt)))
  return rows.map((row) => row.id)
}
