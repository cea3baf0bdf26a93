import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type ContactKind, marksOf, type Relation } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'

export interface KnownContact {
  contactId: string
  kind: ContactKind
  relation: Relation
  optedOut: boolean
}

/**
 * Preferred relations of a contact. A minor is reached through the guardian (PIPL 31), an adult personally if possible.
 */
const order: Record<'minor' | 'adult', readonly Relation[]> = {
  minor: ['guardian', 'own', 'spouse', 'colleague'],
  adult: ['own', 'spouse', 'colleague', 'guardian'],
}

/** Chooses the contact to write to: not opted out first, then by relation, then a phone before an address. */
export function chooseContact(known: readonly KnownContact[], minor: boolean): KnownContact | undefined {
  const nearness = order[minor ? 'minor' : 'adult']
  const weight = ({ optedOut, relation, kind }: KnownContact) =>
    (optedOut ? 100 : 0) + nearness.indexOf(relation) * 10 + (kind === 'phone' ? 0 : 1)
  return known.toSorted((a, b) => weight(a) - weight(b))[0]
}

/**
 * The contact to write to for each person. People without a valid contact are absent. For a few hundred people per
 * call.
 */
export async function contactsFor(
  db: Reader,
  people: readonly { personId: string; minor: boolean }[],
): Promise<Map<string, KnownContact>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .select({
      personId: personContacts.personId,
      contactId: contacts.id,
      kind: contacts.kind,
      relation: personContacts.relation,
      optedOutAt: contacts.optedOutAt,
    })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(
      and(
        isNull(contacts.invalidAt),
        inArray(
          personContacts.personId,
          people.map(({ personId }) => personId),
        ),
      ),
    )
    .orderBy(asc(personContacts.rank), asc(personContacts.id))
  const marks = await marksOf(
    db,
    people.map(({ personId }) => personId),
  )
  const usable = rows.filter(({ personId, contactId }) => !marks.get(`${personId} ${contactId}`)?.invalid)
  const known = Map.groupBy(usable, ({ personId }) => personId)
  const chosen = new Map<string, KnownContact>()
  for (const { personId, minor } of people) {
    const each = (known.get(personId) ?? []).map(({ contactId, kind, relation, optedOutAt }) => {
      const marked = marks.get(`${personId} ${contactId}`)?.opted_out
      return { contactId, kind, relation, optedOut: optedOutAt !== null || marked !== undefined }
    })
    const contact = chooseContact(each, minor)
    if (contact) chosen.set(personId, contact)
  }
  return chosen
}
