import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { isMinorOn } from './ages.ts'
import { contacts, memberships, personContacts, persons } from './schema.ts'
import { assertPersonWithin } from './scope.ts'
import { openContact, openIdentity } from './sealed.ts'

/**
 * Shows what is masked everywhere else, and writes down that it was shown. A minor's data need a reason
 * (PIPL 28, 31; Minors' Protection Law 73).
 * @param today the day ages are counted on
 * @throws DomainError `person.missing`, `reveal.reason-required`
 */
export async function revealPerson(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    reason,
    today,
    by,
    at,
  }: { personId: string; reason?: string; today: string; by: Actor; at: DateTime },
) {
  await assertPersonWithin(tx, reachOf(by, 'persons.reveal'), personId)
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId))
  const roles = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.personId, personId), isNull(memberships.leftAt)))
  const { birthDate, identityNumber } = person!
  const minor = isMinorOn(
    birthDate,
    roles.map(({ role }) => role),
    today,
  )
  if (minor && reason === undefined) {
    throw new DomainError(
      'invalid',
      'reveal.reason-required',
      'A reason is needed to see the data of a minor.',
    )
  }
  const known = await tx
    .select({ contact: contacts })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(eq(personContacts.personId, personId))
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  const details = { minor, reason: reason ?? null }
  await record(tx, { action: 'person.revealed', subject: `person:${personId}`, by, at, details })
  return {
    personId,
    birthDate,
    identityNumber: identityNumber && openIdentity(keys, { id: personId, identityNumber }),
    contacts: known.map(({ contact }) => ({
      id: contact.id,
      kind: contact.kind,
      value: openContact(keys, contact),
    })),
  }
}
