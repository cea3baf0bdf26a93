import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { bumpPerson } from './change-membership.ts'
import type { ContactInput } from './person-input.ts'
import { savePersons } from './save-persons.ts'
import { contacts, personContacts, persons } from './schema.ts'
import { assertPersonWithin, personsWithin } from './scope.ts'

interface Doing {
  by: Actor
  at: DateTime
}

/**
 * Adds a number or address to somebody; one that is known is shared. Repeating changes nothing.
 * @throws DomainError `person.missing`, `person.merged`, `contact.invalid`
 */
export async function addContact(
  tx: Writer,
  keys: KeyRing,
  { personId, contact, by, at }: Doing & { personId: string; contact: ContactInput },
): Promise<void> {
  await assertPersonWithin(tx, reachOf(by, 'persons.edit'), personId)
  const [person] = await tx.select({ name: persons.name }).from(persons).where(eq(persons.id, personId))
  const input = { id: personId, name: person!.name, contacts: [contact] }
  const { changes } = await savePersons(tx, keys, [input], at)
  if (changes.length === 0) return
  const details = { kind: contact.kind, relation: contact.relation ?? 'own' }
  await record(tx, { action: 'contact.added', subject: `person:${personId}`, by, at, details })
}

/**
 * Takes a number or address from somebody. Its row stays: messages were sent to it, and its opt-out holds.
 * @throws DomainError `person.missing`, `contact.missing`
 */
export async function removeContact(
  tx: Writer,
  { personId, contactId, by, at }: Doing & { personId: string; contactId: string },
): Promise<void> {
  await assertPersonWithin(tx, reachOf(by, 'persons.edit'), personId)
  const gone = await tx
    .delete(personContacts)
    .where(and(eq(personContacts.personId, personId), eq(personContacts.contactId, contactId)))
    .returning({ id: personContacts.id })
  if (gone.length === 0) throw missing(contactId)
  await bumpPerson(tx, personId)
  await record(tx, {
    action: 'contact.removed',
    subject: `person:${personId}`,
    by,
    at,
    details: { contactId },
  })
}

export interface ContactMarks {
  /** The number does not work, or belongs to a stranger. */
  invalid?: boolean
  /** Whoever answers there wants no messages. */
  optedOut?: boolean
}

/**
 * Marks a number for everybody who shares it. Setting what is set changes nothing.
 * Does not look at reach: whoever calls it has checked that `by` may.
 * @throws DomainError `contact.missing`
 */
export async function markContact(
  tx: Writer,
  { contactId, marks, by, at }: { contactId: string; marks: ContactMarks; by: AuditActor; at: DateTime },
): Promise<void> {
  const [known] = await tx.select().from(contacts).where(eq(contacts.id, contactId))
  if (!known) throw missing(contactId)
  const set = {
    ...marked('invalidAt', known.invalidAt, marks.invalid, at),
    ...marked('optedOutAt', known.optedOutAt, marks.optedOut, at),
  }
  if (Object.keys(set).length === 0) return
  await tx
    .update(contacts)
    .set({ ...set, version: known.version + 1 })
    .where(eq(contacts.id, contactId))
  await bumpSharers(tx, contactId)
  await record(tx, {
    action: 'contact.marked',
    subject: `contact:${contactId}`,
    by,
    at,
    details: { ...marks },
  })
}

function marked(column: string, known: DateTime | null, wanted: boolean | undefined, at: DateTime) {
  if (wanted === undefined || wanted === (known !== null)) return {}
  return { [column]: wanted ? at : null }
}

async function bumpSharers(tx: Writer, contactId: string): Promise<void> {
  const sharers = tx
    .select({ id: personContacts.personId })
    .from(personContacts)
    .where(eq(personContacts.contactId, contactId))
  await tx
    .update(persons)
    .set({ version: sql`${persons.version} + 1` })
    .where(inArray(persons.id, sharers))
}

/** @throws DomainError `contact.missing` when nobody within `reach` has it */
export async function assertContactWithin(
  db: Reader,
  within: SQL | undefined,
  contactId: string,
): Promise<void> {
  const holders = db
    .select({ one: sql`1` })
    .from(personContacts)
    .innerJoin(persons, eq(persons.id, personContacts.personId))
    .where(and(eq(personContacts.contactId, contacts.id), within))
  const found = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.id, contactId), exists(holders)))
  if (found.length === 0) throw missing(contactId)
}

/** `markContact` for somebody signed in, who must reach one of those who share the number. */
export async function markContactWithin(
  tx: Writer,
  { contactId, marks, by, at }: Doing & { contactId: string; marks: ContactMarks },
): Promise<void> {
  await assertContactWithin(tx, personsWithin(tx, reachOf(by, 'persons.edit')), contactId)
  await markContact(tx, { contactId, marks, by, at })
}

function missing(contactId: string): DomainError {
  return new DomainError('missing', 'contact.missing', 'There is no such contact.', { contactId })
}
