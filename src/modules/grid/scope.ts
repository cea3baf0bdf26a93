import { or, type SQL, sql } from 'drizzle-orm'
import { districtCovers, districtHolds } from '#modules/organisation/index.ts'
import { type Actor, may, type Reach, reachOf } from '#platform/http/access.ts'
import { zones } from './schema.ts'
import { type ZoneOperation, zoneOperations } from './words.ts'

/**
 * SQL condition: the zones an actor may change, by district. A grant over a unit or a team covers no zone. `undefined`
 * means every zone. Reading is not limited: everybody with `grid.read` sees the whole map.
 */
export function zonesWithin(reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  // A zone without a district belongs to the city alone. `coalesce` turns its null into false.
  const covered = reach.codes.map((code) => districtCovers(zones.districtCode, code))
  return sql`coalesce(${or(...covered) ?? sql`1 = 0`}, 1 = 0)`
}

/** The same rule for one zone whose district is known. */
function holdsZone(reach: Reach, districtCode: string | null): boolean {
  if (reach.everything) return true
  return districtCode !== null && reach.codes.some((code) => districtHolds(code, districtCode))
}

/** The permission that each operation on a zone requires over its district. */
const needed: Record<ZoneOperation, string> = {
  changeZone: 'grid.edit',
  closeZone: 'grid.edit',
  reopenZone: 'grid.edit',
  createResponsibility: 'responsibilities.edit',
}

/** What the actor may do with a zone of this district, by right. */
export function zoneOperationsOf(actor: Actor, districtCode: string | null): ZoneOperation[] {
  return (Object.keys(zoneOperations) as ZoneOperation[]).filter((operation) => {
    const permission = needed[operation]
    return may(actor, permission) && holdsZone(reachOf(actor, permission), districtCode)
  })
}
