import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { roleGrants, users } from '../schema.ts'
import { openPhone } from '../sealed.ts'

export interface HandOverMessage {
  /** The person who led before; null if the account belongs to none. */
  personId: string | null
  /** The number of that account. */
  phone: string
  team: string
  /** The name of the new leader. */
  name: string
}

/**
 * The content of the message to the previous leader, by the id of the revoked grant; undefined if the account has no
 * number.
 */
export async function openHandOverMessage(
  db: Reader,
  keys: KeyRing,
  grantId: string,
): Promise<HandOverMessage | undefined> {
  const [row] = await db
    .select({ user: users, team: teams.name, name: persons.name })
    .from(roleGrants)
    .innerJoin(users, eq(users.id, roleGrants.userId))
    .innerJoin(teams, eq(teams.id, roleGrants.teamId))
    .innerJoin(persons, eq(persons.id, teams.leaderPersonId))
    .where(and(eq(roleGrants.id, grantId), isNotNull(roleGrants.revokedAt), isNull(users.disabledAt)))
  const phone = row && openPhone(keys, row.user)
  return phone ? { personId: row.user.personId, phone, team: row.team, name: row.name } : undefined
}
