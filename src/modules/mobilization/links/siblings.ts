import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { contacts, personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { assignments, participations } from '../schema.ts'
import { linkToldAt } from './link-told.ts'
import type { LinkedParticipation } from './links.ts'
import { linkTokenOf } from './revoke-link.ts'

/** So many children of one number are shown on one page. */
const siblingsMax = 10

/**
 * The link tokens of other children in the event whom the reader of this link is a guardian of. One page shows all of them; each
 * is answered separately. The reader is known by the one number to which this link went, and only by it: whoever adds a
 * stranger's number to a child reads nothing of the children of that number.
 */
export async function siblingTokens(
  db: Reader,
  keys: KeyRing,
  { participationId, person, event, generation }: SiblingsOf,
): Promise<string[]> {
  // Read first and alone: joined to the event's participations, SQLite reads all of those.
  const others = await prepared(db, 'mobilization.sharingGuardian', selectSharing).execute({
    personId: person.id,
  })
  if (others.length === 0) return []
  const told = await linkToldAt(db, { personId: person.id, eventId: event.id, generation })
  const [contactId] = told
  if (contactId === undefined || told.size > 1) return []
  const theirs = await contactsFor(
    db,
    others.map(({ personId }) => ({ personId, minor: true })),
  )
  const children = [...theirs].flatMap(([personId, chosen]) =>
    chosen.relation === 'guardian' && chosen.contactId === contactId ? personId : [],
  )
  const rows = await db
    .selectDistinct({
      id: participations.id,
      linkHash: participations.linkHash,
      linkGeneration: participations.linkGeneration,
      linkRevokedAt: participations.linkRevokedAt,
    })
    .from(participations)
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .where(
      and(
        inArray(participations.personId, children),
        eq(participations.eventId, event.id),
        ne(participations.id, participationId),
        isNull(participations.joinedIntoId),
        eq(assignments.minor, true),
      ),
    )
    .orderBy(asc(participations.id))
    .limit(siblingsMax)
  return rows.flatMap((row) => linkTokenOf(keys, row) ?? [])
}

type SiblingsOf = Pick<LinkedParticipation, 'participationId' | 'person' | 'event' | 'generation'>

/** Other people whose guardian has a number of this person's guardian. */
function selectSharing(db: Pick<Reader, 'select' | 'selectDistinct'>) {
  const personId = sql.placeholder('personId')
  const numbers = db
    .select({ id: personContacts.contactId })
    .from(personContacts)
    .innerJoin(contacts, eq(contacts.id, personContacts.contactId))
    .where(
      and(
        eq(personContacts.personId, personId),
        eq(personContacts.relation, 'guardian'),
        isNull(contacts.invalidAt),
      ),
    )
  return db
    .selectDistinct({ personId: personContacts.personId })
    .from(personContacts)
    .where(
      and(
        inArray(personContacts.contactId, numbers),
        eq(personContacts.relation, 'guardian'),
        ne(personContacts.personId, personId),
      ),
    )
    .limit(siblingsMax)
    .prepare('mobilization_sharing_guardian')
}
