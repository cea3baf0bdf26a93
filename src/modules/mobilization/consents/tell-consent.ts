/** Tells guardians of statements that a school or an office entered for one of them. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { queueMessages } from '#modules/messaging/index.ts'
import { openGuardian, openOwner, searchNameOf } from '#modules/organisation/index.ts'
import { contacts, guardianConsents, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { subject } from '../subjects.ts'
import { type Aspect, aspectOf } from './statements.ts'

/**
 * Tells the guardian whose statement it is, and, where another one reads the messages about the child, that one, in words of
 * their own: two guardians may disagree, and nobody is told to have said what the other did. A number without a name is taken
 * for that of the guardian who spoke. Tells a consent and its withdrawal, each once. Idempotent.
 */
export async function tellConsent(
  tx: Writer,
  keys: KeyRing,
  { consentId, at }: { consentId: string; at: DateTime },
): Promise<void> {
  const [row] = await tx.select().from(guardianConsents).where(eq(guardianConsents.id, consentId))
  if (!row) return
  const { personId, eventId } = row
  const told = await toldOfConsent(tx, keys, row)
  const requests = told.map(({ contactId, aspect }) => {
    const about = subject('consent', aspectOf(consentId, aspect))
    const subjects = [{ subject: about, personId }]
    const kind = kindNames.consentEntered
    return { kind, contactId, groupKey: about, generation: 1, eventId, subjects, lane: 'change' as const }
  })
  if (requests.length > 0) await queueMessages(tx, requests, at)
}

/** Where the guardians who are told of a statement are written to now, and what each of them reads. */
export async function toldOfConsent(
  db: Reader,
  keys: KeyRing,
  row: typeof guardianConsents.$inferSelect,
): Promise<{ contactId: string; aspect: Aspect }[]> {
  const { personId } = row
  const known = await guardiansKnown(db, keys, personId)
  const chosen = (await contactsFor(db, [{ personId, minor: true }])).get(personId)
  const reader = known.find(
    ({ contactId }) => chosen?.relation === 'guardian' && contactId === chosen.contactId,
  )
  const name = searchNameOf(openGuardian(keys, row))
  const theirs =
    known.find((each) => each.contactId === row.contactId || (each.name !== '' && each.name === name)) ??
    (reader?.name === '' ? reader : undefined)
  const withdrawn = row.withdrawnAt !== null
  const told: { contactId: string; aspect: Aspect }[] = []
  if (theirs) {
    const apart = reader !== undefined && reader !== theirs
    told.push({ contactId: theirs.contactId, aspect: { withdrawn, ofOther: false, apart } })
  }
  if (reader && reader !== theirs)
    told.push({ contactId: reader.contactId, aspect: { withdrawn, ofOther: true, apart: false } })
  return told
}

/** The registered guardians with a number that can be, and their names as they are compared; empty where none is known. */
async function guardiansKnown(db: Reader, keys: KeyRing, personId: string) {
  const rows = await db
    .select({ id: personContacts.id, contactId: contacts.id, ownerName: personContacts.ownerName })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(
      and(
        eq(personContacts.personId, personId),
        eq(personContacts.relation, 'guardian'),
        isNull(contacts.invalidAt),
      ),
    )
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  return rows.map((row) => ({ contactId: row.contactId, name: searchNameOf(openOwner(keys, row) ?? '') }))
}
