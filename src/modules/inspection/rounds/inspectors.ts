import { and, eq, isNull } from 'drizzle-orm'
import { actorNow } from '#modules/accounts/index.ts'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { actingUser } from '#modules/command/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { may, reachesNothing, reachOf } from '#platform/http/access.ts'
import type { Inspector } from './assignment-rules.ts'

/** Somebody as an inspector, with every other role that they hold. Nobody: null. */
export async function inspectorOf(db: Reader, userId: string): Promise<Inspector | null> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.id, userId))
  if (!user) return null
  // Not those of a unit that was closed: what they allow is suspended.
  const inForce = await actorNow(db, userId)
  const records = inForce !== undefined && may(inForce, 'visits.record')
  const granted = await db
    .select({
      role: roleGrants.role,
      districtCode: roleGrants.districtCode,
      unit: { id: units.id, path: units.path, districtCode: units.districtCode },
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
  const acting = (await actingUser(db, userId)).unit
  const [unit] = acting
    ? await db
        .select({ id: units.id, path: units.path, districtCode: units.districtCode })
        .from(units)
        .where(eq(units.id, acting.id))
    : []
  return {
    records,
    reach: records ? reachOf(inForce, 'visits.record') : reachesNothing,
    unit: unit ?? null,
    roles: granted.filter(({ role }) => role !== 'inspector'),
  }
}
