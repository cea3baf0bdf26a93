import { and, eq, inArray, isNull } from 'drizzle-orm'
import { memberships, personContacts } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'

const own = alias(personContacts, 'own_contacts')
/** The guardian's number is the adult's own. */
const sameContact = and(eq(own.contactId, personContacts.contactId), eq(own.relation, 'own'))

/** Which of these adults are registered guardians of one of these minors. */
export async function guardiansAmong(
  db: Reader,
  adultIds: readonly string[],
  minorIds: readonly string[],
): Promise<Set<string>> {
  if (adultIds.length === 0 || minorIds.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ personId: own.personId })
    .from(personContacts)
    .innerJoin(own, sameContact)
    .where(
      and(
        eq(personContacts.relation, 'guardian'),
        inArray(personContacts.personId, [...minorIds]),
        inArray(own.personId, [...adultIds]),
      ),
    )
  return new Set(rows.map(({ personId }) => personId))
}

/** Adults with the team in which they have somebody they are the registered guardian of. */
export function guardianPairs(db: Reader) {
  const theirs = alias(memberships, 'their_memberships')
  return db
    .selectDistinct({ guardianId: own.personId, teamId: memberships.teamId })
    .from(personContacts)
    .innerJoin(own, sameContact)
    .innerJoin(
      memberships,
      and(
        eq(memberships.personId, personContacts.personId),
        eq(personContacts.relation, 'guardian'),
        isNull(memberships.leftAt),
      ),
    )
    .innerJoin(
      theirs,
      and(eq(theirs.personId, own.personId), eq(theirs.teamId, memberships.teamId), isNull(theirs.leftAt)),
    )
}
