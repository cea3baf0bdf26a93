import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { ContactKind, Relation } from '#modules/organisation/index.ts'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'

export interface KnownContact {
  contactId: string
  kind: ContactKind
  relation: Relation
  optedOut: boolean
}

/** Who is asked first. A minor is reached through the guardian (PIPL 31); an adult personally, if at all possible. */
const order: Record<'minor' | 'adult', readonly Relation[]> = {
  minor: ['guardian', 'own', 'spouse', 'colleague'],
  adult: ['own', 'spouse', 'colleague', 'guardian'],
}

/** The contact to write to, of several in the order of their rank: one that did not opt out, the nearest, a phone. */
export function chooseContact(known: readonly KnownContact[], minor: boolean): KnownContact | undefined {
  const nearness = order[minor ? 'minor' : 'adult']
  const weight = ({ optedOut, relation, kind }: KnownContact) =>
    (optedOut ? 100 : 0) + nearness.indexOf(relation) * 10 + (kind === 'phone' ? 0 : 1)
  return known.toSorted((a, b) => weight(a) - weight(b))[0]
}

/** The contact to write to for each of these people; those without a valid one are absent. A few hundred at once. */
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
  const known = Map.groupBy(rows, ({ personId }) => personId)
  const chosen = new Map<string, KnownContact>()
  for (const { personId, minor } of people) {
    const each = (known.get(personId) ?? []).map(({ contactId, kind, relation, optedOutAt }) => {
      return { contactId, kind, relation, optedOut: optedOutAt !== null }
    })
    const contact = chooseContact(each, minor)
    if (contact) chosen.set(personId, contact)
  }
  return chosen
}
