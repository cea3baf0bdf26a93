import { and, asc, eq, isNull } from 'drizzle-orm'
import { minorsAmong, personsWithin } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { isCovered } from './policy.ts'
import { disclosures } from './schema.ts'

/** The minors within reach whom one approval of the user covers, in the order of their names. */
export async function minorsOf(
  db: Reader,
  keys: KeyRing,
  { disclosureId, by, today }: { disclosureId: string; by: Actor; today: string },
): Promise<string[]> {
  const mine = and(eq(disclosures.id, disclosureId), eq(disclosures.requestedBy, by.userId))
  if ((await db.$count(disclosures, mine)) === 0)
    throw new DomainError('missing', 'disclosure.missing', 'There is no such request for access.')
  const rows = await db
    .select({ id: persons.id })
    .from(persons)
    .innerJoin(disclosures, mine!)
    .where(
      and(
        isNull(persons.mergedIntoId),
        isNull(persons.erasedAt),
        personsWithin(db, reachOf(by, 'persons.reveal')),
        isCovered(db),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(persons.id))
  const ids = rows.map(({ id }) => id)
  const minors = await minorsAmong(db, keys, { personIds: ids, day: today })
  return ids.filter((id) => minors.has(id))
}
