import { and, eq } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import type { LookUpReceipt } from '../lookups/guard-lookups.ts'
import { readContact } from '../numbers.ts'
import type { Identifiable } from '../permits/permits.ts'
import { contacts, personContacts } from '../schema.ts'
import { openContact } from '../sealed.ts'
import { addContact, markForPeople } from './change-contact.ts'

/**
 * Gives a person another own phone: the numbers they had are marked wrong for them alone, and stay on record. Repeating
 * changes nothing.
 * @throws DomainError `contact.invalid`, `person.merged`
 */
export async function replaceOwnPhone(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    phone,
    permit,
    by,
    at,
    receipt,
  }: Doing & { personId: string; phone: string; permit: Identifiable; receipt: LookUpReceipt },
): Promise<void> {
  permit.assertCovers(personId)
  const value = readContact('phone', phone)
  if (value === undefined) throw new DomainError('invalid', 'contact.invalid', 'This is no phone number.')
  const contact = { kind: 'phone' as const, value, relation: 'own' as const }
  await addContact(tx, keys, { personId, permit, contact, by, at, receipt })
  const known = await tx
    .select({ id: contacts.id, value: contacts.value })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(
      and(
        eq(personContacts.personId, personId),
        eq(personContacts.relation, 'own'),
        eq(contacts.kind, 'phone'),
      ),
    )
  for (const row of known) {
    const marks = { invalid: openContact(keys, row) !== value }
    await markForPeople(tx, { contactId: row.id, personIds: [personId], marks, by, at })
  }
  await record(tx, { action: 'contact.replaced', subject: `person:${personId}`, by, at })
}
