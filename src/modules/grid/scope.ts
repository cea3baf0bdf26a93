import { or, type SQL, sql } from 'drizzle-orm'
import { districtCovers } from '#modules/organisation/index.ts'
import type { Reach } from '#platform/http/access.ts'
import { zones } from './schema.ts'

/**
 * The zones an actor may change: those in their districts. The tree of units has no say here: a grant over
 * a unit or a team reaches no zone. Reading is not limited: the map of a city is one.
 */
export function zonesWithin(reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  // A zone in no district is nobody's but the city's; `coalesce` keeps the condition from being null there.
  const covered = reach.districtCodes.map((code) => districtCovers(zones.districtCode, code))
  return sql`coalesce(${or(...covered) ?? sql`1 = 0`}, 1 = 0)`
}
