import { and, eq, inArray } from 'drizzle-orm'
import { personContacts } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'

/**
 * Pairs of an adult and a minor whose registered guardian the adult is: the guardian's number is the adult's own
 * number.
 */
async function pairsOf(db: Reader, minorIds: readonly string[]) {
  const own = alias(personContacts, 'own_contacts')
  const pairs: { guardianId: string; minorId: string }[] = []
  await inChunks(minorIds, 500, async (some) => {
    const rows = await db
      .select({ guardianId: own.personId, minorId: personContacts.personId })
      .from(personContacts)
      .innerJoin(own, and(eq(own.contactId, personContacts.contactId), eq(own.relation, 'own')))
      .where(and(eq(personContacts.relation, 'guardian'), inArray(personContacts.personId, some)))
    pairs.push(...rows)
  })
  return pairs
}

/** The adults among these who are registered guardians of one of these minors. */
export async function guardiansAmong(
  db: Reader,
  adultIds: readonly string[],
  minorIds: readonly string[],
): Promise<Set<string>> {
  if (adultIds.length === 0) return new Set()
  const adults = new Set(adultIds)
  const pairs = await pairsOf(db, minorIds)
  return new Set(pairs.map(({ guardianId }) => guardianId).filter((id) => adults.has(id)))
}

/** Keys `PERSON TEAM` of the registered guardians of these minors, with the team of the minor. */
export async function guardiansOf(
  db: Reader,
  minors: readonly { personId: string; teamId: string }[],
): Promise<Set<string>> {
  const teamsOf = Map.groupBy(minors, ({ personId }) => personId)
  const pairs = await pairsOf(db, [...teamsOf.keys()])
  return new Set(
    pairs.flatMap(({ guardianId, minorId }) =>
      (teamsOf.get(minorId) ?? []).map(({ teamId }) => `${guardianId} ${teamId}`),
    ),
  )
}
