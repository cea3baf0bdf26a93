import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { permissionsOf } from './role-permissions.ts'
import { roleGrants } from './schema.ts'
import { scopeOf } from './session-rows.ts'

/** A user with the roles they had: at a moment, or at any moment since the first one that was asked for. */
export interface ActorThen {
  at(moment: DateTime): Actor
  ever: Actor
}

/**
 * A user as they could act at earlier moments, not before `since`: for what they did then without network and hand in after
 * their role was taken away. Whoever uses it has a proof of when it was done.
 */
export async function actorThen(db: Reader, actor: Actor, since: DateTime): Promise<ActorThen> {
  const rows = await db
    .select({
      role: roleGrants.role,
      unitPath: units.path,
      districtCode: roleGrants.districtCode,
      withinDistrict: roleGrants.withinDistrict,
      teamId: roleGrants.teamId,
      from: roleGrants.grantedAt,
      revokedAt: roleGrants.revokedAt,
      unitClosedAt: units.closedAt,
      teamClosedAt: teams.closedAt,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .where(
      and(
        eq(roleGrants.userId, actor.userId),
        or(isNull(roleGrants.revokedAt), gt(roleGrants.revokedAt, since)),
      ),
    )
  const held = rows.map(({ role, from, revokedAt, unitClosedAt, teamClosedAt, ...over }) => {
    const ends = [revokedAt, unitClosedAt, teamClosedAt].filter((end) => end !== null)
    return { from, ends, grant: { role, permissions: permissionsOf(role), scope: scopeOf(over) } }
  })
  const as = (some: typeof held): Actor => ({ ...actor, grants: some.map(({ grant }) => grant) })
  return {
    at: (moment) => as(held.filter(({ from, ends }) => from <= moment && ends.every((end) => end > moment))),
    ever: as(held),
  }
}
