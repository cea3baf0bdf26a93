import { eq, inArray } from 'drizzle-orm'
import { humanOf } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { users } from './schema.ts'

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
