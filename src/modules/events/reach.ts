import { and, eq, inArray, or } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'

/** That something is seen by the actor, but belongs to a part of the organisation they do not answer for. */
export function outOfReach(): DomainError {
  return new DomainError('forbidden', 'access.out_of_reach', 'This is not yours to change.')
}

/** Whether the unit is one the reach covers, by its parent line or by its district. */
export async function reachesUnit(db: Reader, reach: Reach, unitId: string): Promise<boolean> {
  if (reach.everything) return true
  const found = await db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.id, unitId), unitsWithin(reach)))
  return found.length > 0
}

/** Whether every one of these zones lies in a district of the reach. */
export async function reachesZones(db: Reader, reach: Reach, zoneIds: readonly string[]): Promise<boolean> {
  if (reach.everything) return true
  if (reach.districtCodes.length === 0) return false
  const asked = [...new Set(zoneIds)]
  const within = or(...reach.districtCodes.map((code) => districtCovers(zones.districtCode, code)))
  return (await db.$count(zones, and(inArray(zones.id, asked), within))) === asked.length
}

/**
 * An event is changed by whoever answers for its organiser.
 * @throws DomainError `access.denied`, `access.out_of_reach`
 */
export async function assertOrganises(db: Reader, actor: Actor, permission: string, unitId: string) {
  if (!(await reachesUnit(db, reachOf(actor, permission), unitId))) throw outOfReach()
}

/**
 * Shifts are made and changed by whoever answers for the organiser, and by the office of the district all
 * of their zones lie in.
 * @throws DomainError `access.denied`, `access.out_of_reach`
 */
export async function assertServes(
  db: Reader,
  actor: Actor,
  permission: string,
  at: { organiserUnitId: string; zoneIds: readonly string[] },
) {
  const reach = reachOf(actor, permission)
  if (await reachesUnit(db, reach, at.organiserUnitId)) return
  if (!(await reachesZones(db, reach, at.zoneIds))) throw outOfReach()
}
