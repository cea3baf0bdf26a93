import { and, eq, inArray, isNull, notExists, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import {
  contactMarks,
  contacts,
  guardianConsents,
  memberships,
  personContacts,
  personRequests,
  personSkills,
  persons,
} from '../schema.ts'
import { openParticulars, sealContact, sealGuardian, sealParticulars } from '../sealed.ts'
import type { Kept } from './retention-rules.ts'

/** What stands where a name was. */
export const erasedName = '（已删除）'

/**
 * Erases what is no longer kept of these people, as the rules of retention say; see `Kept`. The row stays, without a
 * name, so that the figures of the day stay; so does what guardians said, without theirs. Doing it again changes
 * nothing.
 * @returns the number of people of whom something was erased
 */
export async function eraseChildren(
  tx: Writer,
  keys: KeyRing,
  { personIds, keep, at }: { personIds: readonly string[]; keep: Exclude<Kept, 'all'>; at: DateTime },
): Promise<number> {
  const found = await withSomething(tx, keys, { personIds, keep, at })
  if (found.size === 0) return 0
  for (const [id, residence] of found) {
    await tx
      .update(persons)
      .set({
        ...beyondTheRoll,
        ...(keep === 'nothing' ? { ...theRoll, erasedAt: at } : residence),
        version: sql`${persons.version} + 1`,
      })
      .where(eq(persons.id, id))
  }
  const ids = [...found.keys()]
  await tx.delete(personSkills).where(inArray(personSkills.personId, ids))
  if (keep !== 'roll') await eraseContacts(tx, keys, ids)
  await eraseRequests(tx, ids, at)
  if (keep === 'nothing') {
    await eraseGuardians(tx, keys, ids)
    await tx
      .update(memberships)
      .set({ leftAt: at })
      .where(and(inArray(memberships.personId, ids), isNull(memberships.leftAt)))
  }
  await recordAll(
    tx,
    ids.map((id) => {
      const subject = `person:${id}`
      return { action: 'person.erased', subject, by: 'system' as const, at, details: { minor: true, keep } }
    }),
  )
  return ids.length
}

const beyondTheRoll = { identityNumber: null, identityIndex: null, serviceCategory: null }
const theRoll = {
  name: erasedName,
  searchName: '',
  pinyin: '',
  sex: null,
  birthYear: null,
  adult: null,
  particulars: null,
}

/** Those of whom there is something to erase, with the columns that hold their birth date and no residence. */
async function withSomething(
  tx: Writer,
  keys: KeyRing,
  { personIds, keep, at }: { personIds: readonly string[]; keep: Kept; at: DateTime },
): Promise<Map<string, object>> {
  const { id, particulars, identityNumber, serviceCategory, erasedAt } = persons
  const people = await tx
    .select({ id, particulars, identityNumber, serviceCategory })
    .from(persons)
    .where(and(inArray(id, [...personIds]), isNull(erasedAt)))
  const having = async (of: typeof personContacts | typeof personSkills) => {
    const rows = await tx
      .select({ personId: of.personId })
      .from(of)
      .where(inArray(of.personId, [...personIds]))
    return new Set(rows.map(({ personId }) => personId))
  }
  const skilled = await having(personSkills)
  const reachable = keep === 'name' ? await having(personContacts) : new Set()
  return new Map(
    people.flatMap((each) => {
      const { birthDate, residence } = openParticulars(keys, each)
      const details = residence ?? each.identityNumber ?? each.serviceCategory
      if (keep !== 'nothing' && !details && !skilled.has(each.id) && !reachable.has(each.id)) return []
      return [[each.id, sealParticulars(keys, each.id, { birthDate, residence: null }, at)] as const]
    }),
  )
}

/**
 * Takes the numbers off these people, and erases those that nobody else has. A number that opted out is kept, because
 * its STOP must stay in force.
 */
async function eraseContacts(tx: Writer, keys: KeyRing, ids: readonly string[]): Promise<void> {
  await tx.delete(contactMarks).where(inArray(contactMarks.personId, [...ids]))
  const removed = await tx
    .delete(personContacts)
    .where(inArray(personContacts.personId, [...ids]))
    .returning({ contactId: personContacts.contactId })
  const held = tx.select().from(personContacts).where(eq(personContacts.contactId, contacts.id))
  const idle = await tx
    .select({ id: contacts.id, kind: contacts.kind })
    .from(contacts)
    .where(
      and(
        inArray(contacts.id, [...new Set(removed.map(({ contactId }) => contactId))]),
        isNull(contacts.optedOutAt),
        notExists(held),
      ),
    )
  for (const { id, kind } of idle) {
    const { value } = sealContact(keys, id, { kind, value: '' })
    // The index holds no trace of the number, and is found by none.
    await tx
      .update(contacts)
      .set({ value, valueIndex: `erased:${id}`, last4Index: null })
      .where(eq(contacts.id, id))
  }
}

async function eraseGuardians(tx: Writer, keys: KeyRing, ids: readonly string[]): Promise<void> {
  const said = await tx
    .select({ id: guardianConsents.id })
    .from(guardianConsents)
    .where(inArray(guardianConsents.personId, [...ids]))
  for (const { id } of said) {
    const guardianName = sealGuardian(keys, id, '')
    await tx
      .update(guardianConsents)
      .set({ guardianName, contactId: null })
      .where(eq(guardianConsents.id, id))
  }
}

/** Requests about these people: what was wanted is erased, and one that is open ends. */
async function eraseRequests(tx: Writer, ids: readonly string[], at: DateTime): Promise<void> {
  const about = or(
    inArray(personRequests.personId, [...ids]),
    inArray(personRequests.otherPersonId, [...ids]),
  )
  await tx
    .update(personRequests)
    .set({ state: 'withdrawn', decidedAt: at })
    .where(and(about, eq(personRequests.state, 'open')))
  await tx.update(personRequests).set({ wanted: null, note: null }).where(about)
}
