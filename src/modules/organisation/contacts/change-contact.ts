import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing, Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bumpPerson } from '../bump-person.ts'
import { assertNotMerged } from '../change-membership.ts'
import type { LookUpReceipt } from '../lookups/guard-lookups.ts'
import type { Identifiable } from '../permits/permits.ts'
import type { ContactInput } from '../person-input.ts'
import { personsWithin } from '../reach-conditions.ts'
import { savePersons } from '../saving/save-persons.ts'
import { contactMarks, contacts, personContacts, persons } from '../schema.ts'
import { tellNumbersGone } from './tell-gone.ts'

/**
 * Adds a phone number or e-mail address to a person. If the contact exists already, the person shares its row.
 * Repeating changes nothing.
 * @throws DomainError `person.merged`, `contact.invalid`
 */
export async function addContact(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    permit,
    contact,
    by,
    at,
  }: Doing & { personId: string; permit: Identifiable; contact: ContactInput; receipt: LookUpReceipt },
): Promise<void> {
  const [person] = await tx.select({ name: persons.name }).from(persons).where(eq(persons.id, personId))
  const input = { id: personId, name: person!.name, contacts: [contact] }
  const { changes } = await savePersons(tx, keys, [input], {
    permits: { reached: permit, identifiable: permit },
    at,
  })
  if (changes.length === 0) return
  const details = { kind: contact.kind, relation: contact.relation ?? 'own' }
  await record(tx, { action: 'contact.added', subject: `person:${personId}`, by, at, details })
}

/**
 * Removes a phone number or e-mail address from a person. The contact row stays: messages were sent to it, and its
 * opt-out must stay in force.
 * @throws DomainError `person.merged`, `contact.missing`
 */
export async function removeContact(
  tx: Writer,
  {
    personId,
    permit,
    contactId,
    by,
    at,
  }: Doing & { personId: string; permit: Identifiable; contactId: string },
): Promise<void> {
  permit.assertCovers(personId)
  await assertNotMerged(tx, personId)
  const gone = await tx
    .delete(personContacts)
    .where(and(eq(personContacts.personId, personId), eq(personContacts.contactId, contactId)))
    .returning({ id: personContacts.id })
  if (gone.length === 0) throw missing(contactId)
  await tellNumbersGone(tx, [{ personId, contactId }])
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
  /** The number does not work, or belongs to somebody unknown. */
  invalid?: boolean
  /** The owner of the number wants no messages. */
  optedOut?: boolean
}

/**
 * Marks a contact for everybody who shares it. Setting a mark again changes nothing.
 * Does not check reach: the caller has checked it.
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

/**
 * `markContact` for a signed-in user. A user who reaches everybody who shares the contact marks the contact itself; a
 * user who reaches only some of them marks it for those people only. The answer is the same in both cases, so it does
 * not reveal that other people share the contact. Only a user who reaches everybody can remove a mark of the contact
 * itself.
 * @throws DomainError `contact.missing` when nobody within `reach` has it
 */
export async function markContactWithin(
  tx: Writer,
  { contactId, reach, marks, by, at }: Doing & { contactId: string; reach: Reach; marks: ContactMarks },
): Promise<{ forAll: boolean }> {
  const sharers = await sharersOf(tx, contactId)
  const reached = await sharersOf(tx, contactId, personsWithin(tx, reach))
  if (reached.length === 0 && !(reach.everything && sharers.length === 0)) throw missing(contactId)
  const forAll = reached.length === sharers.length
  if (forAll) await markContact(tx, { contactId, marks, by, at })
  // Removing the mark of the contact also removes the marks of single people; they are not recorded a second time.
  const lifted = {
    ...(marks.invalid === false && { invalid: false }),
    ...(marks.optedOut === false && { optedOut: false }),
  }
  await markForPeople(tx, { contactId, personIds: reached, marks: forAll ? lifted : marks, by, at })
  return { forAll }
}

/** The people who have this contact; merged duplicates and erased people are left out. */
async function sharersOf(db: Reader, contactId: string, within?: SQL): Promise<string[]> {
  const rows = await db
    .select({ id: persons.id })
    .from(personContacts)
    .innerJoin(persons, eq(persons.id, personContacts.personId))
    .where(
      and(
        eq(personContacts.contactId, contactId),
        isNull(persons.mergedIntoId),
        isNull(persons.erasedAt),
        within,
      ),
    )
  return rows.map(({ id }) => id)
}

/** Marks a contact for these people only. Setting a mark again changes nothing. Does not check reach. */
export async function markForPeople(
  tx: Writer,
  {
    contactId,
    personIds,
    marks,
    by,
    at,
  }: { contactId: string; personIds: readonly string[]; marks: ContactMarks; by: AuditActor; at: DateTime },
): Promise<void> {
  const said = [
    ['invalid', marks.invalid],
    ['opted_out', marks.optedOut],
  ] as const
  for (const [mark, wanted] of said) {
    if (wanted === undefined || personIds.length === 0) continue
    const changed = wanted
      ? await tx
          .insert(contactMarks)
          .values(personIds.map((personId) => ({ id: newId(), personId, contactId, mark, markedAt: at })))
          .onConflictDoNothing()
          .returning({ personId: contactMarks.personId })
      : await tx
          .delete(contactMarks)
          .where(
            and(
              eq(contactMarks.contactId, contactId),
              eq(contactMarks.mark, mark),
              inArray(contactMarks.personId, [...personIds]),
            ),
          )
          .returning({ personId: contactMarks.personId })
    for (const { personId } of changed) {
      await bumpPerson(tx, personId)
      const details = { contactId, mark, set: wanted }
      await record(tx, {
        action: 'contact.marked_for_person',
        subject: `person:${personId}`,
        by,
        at,
        details,
      })
    }
  }
}

function missing(contactId: string): DomainError {
  return new DomainError('missing', 'contact.missing', 'There is no such contact.', { contactId })
}
