import { and, eq, inArray, or } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'

/** The error for a thing that the actor may read but not change. */
export function outOfReach(): DomainError {
  return new DomainError('forbidden', 'access.out_of_reach', 'This is not yours to change.')
}

/** Whether the reach covers the unit, by its parent line (条) or its district (块). */
export async function reachesUnit(db: Reader, reach: Reach, unitId: string): Promise<boolean> {
  if (reach.everything) return true
  const found = await db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.id, unitId), unitsWithin(reach)))
  return found.length > 0
}

/** Whether every one of these zones, of which there is one at least, is in a district of the reach. */
export async function reachesZones(db: Reader, reach: Reach, zoneIds: readonly string[]): Promise<boolean> {
  if (reach.everything) return true
  if (reach.codes.length === 0) return false
  const asked = [...new Set(zoneIds)]
  // Of nothing, everything is within everybody's reach: what is about nothing belongs to the organiser.
  if (asked.length === 0) return false
  const within = or(...reach.codes.map((code) => districtCovers(zones.districtCode, code)))
  return (await db.$count(zones, and(inArray(zones.id, asked), within))) === asked.length
}

/**
 * The actor must have the permission over the organiser of the event.
 * @throws DomainError `access.denied`, `access.out_of_reach`
 */
export async function assertOrganises(db: Reader, actor: Actor, permission: string, unitId: string) {
  if (!(await reachesUnit(db, reachOf(actor, permission), unitId))) throw outOfReach()
}

/**
 * The actor must have the permission over the organiser, or over the district that contains all of these zones.
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
