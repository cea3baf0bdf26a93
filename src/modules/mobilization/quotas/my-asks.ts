import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachesNothing, reachOf } from '#platform/http/access.ts'
import { quotas } from '../schema.ts'
import { type FullQuota, quotaColumns } from './quota-queries.ts'

/** Upper limit of the list: whoever is responsible for more units works with the quotas of the event. */
const asksMax = 200

export interface Ask extends FullQuota {
  event: { id: string; name: string; timeZone: string; startsAt: DateTime; endsAt: DateTime }
}

/**
 * What the units that the user is a liaison of are asked for, in events that are still to come: unanswered first, then
 * the next event first. Units that are only part of a district or of the whole city are not listed.
 */
export async function asksOf(db: Reader, by: Actor, now: DateTime): Promise<Ask[]> {
  if (!may(by, 'quotas.edit')) return []
  const reach = reachOf(by, 'quotas.edit')
  if (reach.everything) return []
  const { paths, parts = [] } = reach
  const { id, name, timeZone, startsAt, endsAt } = events
  return db
    .select({ ...quotaColumns, event: { id, name, timeZone, startsAt, endsAt } })
    .from(quotas)
    .innerJoin(units, eq(units.id, quotas.unitId))
    .innerJoin(events, eq(events.id, quotas.eventId))
    .where(
      and(
        unitsWithin({ ...reachesNothing, paths, parts }),
        gt(events.endsAt, now),
        isNull(events.closedAt),
        isNull(events.cancelledAt),
      ),
    )
    .orderBy(asc(isNotNull(quotas.pledged)), asc(events.startsAt), asc(quotas.id))
    .limit(asksMax)
}
