import { or, type SQL, sql } from 'drizzle-orm'
import { districtCovers } from '#modules/organisation/index.ts'
import type { Reach } from '#platform/http/access.ts'
import { zones } from './schema.ts'

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
