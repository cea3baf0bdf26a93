import { asc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { recordAll } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import type { RevelationReceipt } from './lookups/guard-revelations.ts'
import { minorsAmong } from './minors.ts'
import type { MinorsPolicy } from './minors-policy.ts'
import { reachPeople } from './permits/permits.ts'
import { contacts, personContacts, persons } from './schema.ts'
import { openContact, openIdentity, openOwner, openParticulars } from './sealed.ts'
import type { ContactKind, Relation } from './words.ts'

export interface Revealing {
  personIds: readonly string[]
  /** The day for which ages are computed. */
  today: string
  by: Actor
  at: DateTime
  receipt: RevelationReceipt
}

/**
 * Returns the values that are masked everywhere else, and records each person in the audit trail. The data of minors is
 * shown only under a second person's approval (PIPL 28, 31; Minors' Protection Law 73). Four statements for every 500.
 * @throws DomainError `person.missing`; forbidden `reveal.approval_required`
 */
export async function revealPeople(
  tx: Writer,
  keys: KeyRing,
  policy: MinorsPolicy,
  { personIds, today, by, at }: Revealing,
) {
  await reachPeople(tx, reachOf(by, 'persons.reveal'), ...personIds)
  const minors = await minorsAmong(tx, keys, { personIds, day: today })
  const disclosed = await policy.disclosuresFor(tx, { by, personIds: [...minors], at })
  if ([...minors].some((id) => !disclosed.has(id))) {
    const message =
      'To see the data of minors, ask for access to the class or the event: somebody else approves it.'
    throw new DomainError('forbidden', 'reveal.approval_required', message)
  }
  const facts = personIds.map((personId) => {
    const minor = minors.has(personId)
    const { disclosureId, reason } = disclosed.get(personId) ?? {}
    const details = minor ? { minor, disclosureId, reason } : { minor }
    return { action: 'person.revealed', subject: `person:${personId}`, by, at, details }
  })
  await recordAll(tx, facts)
  return clearOf(tx, keys, personIds)
}
export type ClearPerson = Awaited<ReturnType<typeof clearOf>>[number]

async function clearOf(db: Reader, keys: KeyRing, personIds: readonly string[]) {
  const numbers = await contactsInClear(db, keys, personIds)
  const clear: {
    personId: string
    name: string
    birthDate: string | null
    residence: string | null
    identityNumber: string | null
    contacts: ClearContact[]
  }[] = []
  await inChunks(personIds, 500, async (ids) => {
    const rows = await db
      .select()
      .from(persons)
      .where(inArray(persons.id, [...ids]))
      .orderBy(asc(persons.pinyin), asc(persons.id))
    for (const person of rows) {
      const { id, name, identityNumber } = person
      clear.push({
        ...{ personId: id, name, ...openParticulars(keys, person) },
        identityNumber: identityNumber && openIdentity(keys, { id, identityNumber }),
        contacts: numbers.get(id) ?? [],
      })
    }
  })
  return clear
}

export interface ClearContact {
  id: string
  kind: ContactKind
  relation: Relation
  ownerName: string | null
  value: string
}

async function contactsInClear(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<Map<string, ClearContact[]>> {
  const known = new Map<string, ClearContact[]>()
  await inChunks(personIds, 500, async (ids) => {
    const rows = await db
      .select({ contact: contacts, link: personContacts })
      .from(personContacts)
      .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
      .where(inArray(personContacts.personId, [...ids]))
      .orderBy(asc(personContacts.rank), asc(personContacts.id))
    for (const { contact, link } of rows) {
      const { id, kind } = contact
      const each = {
        ...{ id, kind, relation: link.relation, ownerName: openOwner(keys, link) },
        value: openContact(keys, contact),
      }
      known.set(link.personId, [...(known.get(link.personId) ?? []), each])
    }
  })
  return known
}

/**
 * The numbers at which the guardians of these minors are reached, by person; a minor's own number only where no
 * guardian's is known. The caller has decided that they may be seen, and records it.
 */
export async function guardiansInClear(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
  _receipt: RevelationReceipt,
): Promise<Map<string, ClearContact[]>> {
  const all = await contactsInClear(db, keys, personIds)
  return new Map(
    [...all].map(([personId, each]) => {
      const guardians = each.filter(({ relation }) => relation === 'guardian')
      return [personId, guardians.length > 0 ? guardians : each]
    }),
  )
}
