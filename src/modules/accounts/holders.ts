import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { roleGrants, users } from './schema.ts'
import { openPhone } from './sealed.ts'
import type { RoleName } from './words.ts'

/** A user to whom something is to be told, at the number of the account. */
export interface Reachable {
  userId: string
  personId: string | null
  phone: string
}

/** Those of these people who have an account and no enabled one. For a few hundred people per call. */
export async function withoutLiveAccount(db: Reader, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ personId: users.personId, disabledAt: users.disabledAt })
    .from(users)
    .where(inArray(users.personId, [...personIds]))
  const live = new Set(rows.flatMap(({ personId, disabledAt }) => (disabledAt ? [] : personId)))
  return new Set(rows.flatMap(({ personId }) => (personId === null || live.has(personId) ? [] : personId)))
}

/** The users with a role, over these units if any are named, who have a number. */
export async function holdersOf(
  db: Reader,
  keys: KeyRing,
  { role, unitIds }: { role: RoleName; unitIds?: readonly string[] },
): Promise<Reachable[]> {
  const rows = await db
    .selectDistinct({ id: users.id, personId: users.personId, phone: users.phone })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(
      and(
        eq(roleGrants.role, role),
        unitIds && inArray(roleGrants.unitId, [...unitIds]),
        isNull(roleGrants.revokedAt),
        isNull(users.disabledAt),
      ),
    )
  return rows.flatMap((user) => {
    const phone = openPhone(keys, user)
    return phone === null ? [] : { userId: user.id, personId: user.personId, phone }
  })
}
