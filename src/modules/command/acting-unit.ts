import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { UnitOnLine } from './tasks/sign-off-rules.ts'

/** A user as somebody of a unit. */
export interface ActingUser {
  /** The unit the account names, else the only one over which it holds a role; null if there is none. */
  unit: UnitOnLine | null
}

/** For which unit a user acts: one or two statements. */
export async function actingUser(db: Reader, userId: string): Promise<ActingUser> {
  const [user] = await db
    .select({ unit: { id: units.id, path: units.path } })
    .from(users)
    .leftJoin(units, eq(units.id, users.unitId))
    .where(eq(users.id, userId))
  if (user?.unit) return user
  const granted = await db
    .selectDistinct({ id: units.id, path: units.path })
    .from(roleGrants)
    .innerJoin(units, eq(units.id, roleGrants.unitId))
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt), isNotNull(roleGrants.unitId)))
  return { unit: granted.length === 1 ? granted[0]! : null }
}
