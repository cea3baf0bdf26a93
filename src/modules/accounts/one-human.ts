import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import { humanOf } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { roleGrants, users } from './schema.ts'
import type { RoleName } from './words.ts'

const others = alias(persons, 'others')

/**
 * Whether a user is, as a human, one of these users: by the same account, or by an account of another record of theirs. For
 * rules by which a second person does something: the answer is told to this user alone, because it says that two records are
 * one human.
 */
export async function isHumanAmong(
  db: Reader,
  userId: string,
  userIds: readonly (string | null)[],
): Promise<boolean> {
  const others = userIds.filter((id) => id !== null)
  if (others.includes(userId)) return true
  if (others.length === 0) return false
  const rows = await db
    .select({ userId: users.id, human: humanOf() })
    .from(users)
    .innerJoin(persons, eq(persons.id, users.personId))
    .where(inArray(users.id, [userId, ...new Set(others)]))
  const own = rows.find((row) => row.userId === userId)
  return own !== undefined && rows.some((row) => row.userId !== userId && row.human === own.human)
}

/**
 * The roles that accounts of other records of the same humans hold, by person. Only for whoever reaches everything: to anybody
 * else what follows from it would tell that two records are one human.
 */
export async function rolesElsewhere(
  db: Reader,
  personIds: readonly string[],
): Promise<Map<string, RoleName[]>> {
  const roles = new Map<string, RoleName[]>()
  await inChunks([...personIds], 500, async (some) => {
    const rows = await db
      .select({ personId: persons.id, role: roleGrants.role })
      .from(persons)
      .innerJoin(others, and(eq(others.humanId, persons.humanId), ne(others.id, persons.id)))
      .innerJoin(users, and(eq(users.personId, others.id), isNull(users.disabledAt)))
      .innerJoin(roleGrants, and(eq(roleGrants.userId, users.id), isNull(roleGrants.revokedAt)))
      .where(inArray(persons.id, some))
    for (const { personId, role } of rows) roles.set(personId, [...(roles.get(personId) ?? []), role])
  })
  return roles
}
