import { or, type SQL } from 'drizzle-orm'
import { type EventRow, reachesUnit } from '#modules/events/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, teamsWithin } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'

/**
 * Conditions on `teams` and on `zones`; a place is visible if one of them holds. Undefined: all places of the event.
 */
export type SeenPlaces = { team: SQL | undefined; zone: SQL | undefined } | undefined

/**
 * The places in an event that a reach makes visible: all for its organiser, those in the district's zones for a
 * district office, and those of own teams.
 */
export async function seenPlaces(db: Reader, reach: Reach, event: EventRow): Promise<SeenPlaces> {
  if (reach.everything || (await reachesUnit(db, reach, event.organiserUnitId))) return undefined
  const zone = or(...reach.codes.map((code) => districtCovers(zones.districtCode, code)))
  return { team: teamsWithin(db, reach), zone }
}
