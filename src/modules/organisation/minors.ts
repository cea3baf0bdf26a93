import { and, inArray, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { everRoles, isMinorOn } from './ages.ts'
import { memberships, persons } from './schema.ts'
import { birthOf } from './sealed.ts'

/** Which of these people are to be treated as minors on a day. Two statements for every 500. */
export async function minorsAmong(
  db: Reader,
  keys: KeyRing,
  { personIds, day }: { personIds: Iterable<string>; day: string },
): Promise<Set<string>> {
  const minors = new Set<string>()
  await inChunks([...new Set(personIds)], 500, async (ids) => {
    const { id, birthYear, particulars, pupilAt } = persons
    const people = await db
      .select({ id, birthYear, particulars, pupilAt })
      .from(persons)
      .where(inArray(persons.id, ids))
    const held = await db
      .select({ personId: memberships.personId, role: memberships.role })
      .from(memberships)
      .where(and(inArray(memberships.personId, ids), isNull(memberships.leftAt)))
    const rolesOf = Map.groupBy(held, ({ personId }) => personId)
    for (const person of people) {
      const roles = (rolesOf.get(person.id) ?? []).map(({ role }) => role)
      if (isMinorOn(birthOf(keys, person), everRoles(roles, person), day)) minors.add(person.id)
    }
  })
  return minors
}
