import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import { officers } from './roles.ts'
import { officerConfirmations, roleGrants, users } from './schema.ts'
import type { RoleName } from './words.ts'

/** The officer roles nobody holds. */
export async function missingOfficers(db: Reader): Promise<RoleName[]> {
  const held = await db
    .selectDistinct({ role: roleGrants.role })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .where(and(isNull(roleGrants.revokedAt), isNull(users.disabledAt)))
  return officers.filter((role) => !held.some((each) => each.role === role))
}

/** A condition: the confirmation is undecided and not expired. */
export const isPending = (at: DateTime) =>
  and(isNull(officerConfirmations.decidedAt), gt(officerConfirmations.expiresAt, at))

/** Those of the users who are officers, or for whom an officer role is waiting for confirmation. Two statements. */
export async function officersAmong(
  db: Reader,
  userIds: readonly string[],
  at: DateTime,
): Promise<ReadonlySet<string>> {
  const ids = [...userIds]
  const held = await db
    .select({ userId: roleGrants.userId })
    .from(roleGrants)
    .where(
      and(
        inArray(roleGrants.userId, ids),
        inArray(roleGrants.role, [...officers]),
        isNull(roleGrants.revokedAt),
      ),
    )
  const awaited = await db
    .select({ userId: officerConfirmations.userId })
    .from(officerConfirmations)
    .where(
      and(inArray(officerConfirmations.userId, ids), eq(officerConfirmations.kind, 'grant'), isPending(at)),
    )
  return new Set([...held, ...awaited].map(({ userId }) => userId))
}
