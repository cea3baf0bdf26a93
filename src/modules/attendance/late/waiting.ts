import { and, eq, isNull, sql } from 'drizzle-orm'
import { assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { lateEntries } from '../schema.ts'

/**
 * The late entries of an event within reach that nobody has decided: how many there are, and how many of them have reached
 * the reader's own level. Whether a reader may decide a certain one is told when they do.
 */
export async function lateWaiting(
  db: Reader,
  { eventId, by }: { eventId: string; by: Actor },
): Promise<{ all: number; mine: number }> {
  const reach = reachOf(by, 'attendance.read')
  const reached = sql`case when ${lateEntries.step} >= ${levelOf(reach)} then 1 else 0 end`
  const [waiting] = await db
    .select({
      all: sql<number>`count(*)`.mapWith(Number),
      mine: sql<number>`coalesce(sum(${reached}), 0)`.mapWith(Number),
    })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .where(and(eq(lateEntries.eventId, eventId), isNull(lateEntries.decidedAt), teamsWithin(db, reach)))
  return waiting as { all: number; mine: number }
}

/** The step of the ladder at which whoever reaches this much is asked first: leaders, liaisons, districts, the city. */
function levelOf(reach: Reach): number {
  if (reach.everything) return 3
  const { ids, paths, parts = [], codes } = reach
  if (ids.length > 0) return 0
  if (paths.length + parts.length > 0) return 1
  return codes.length > 0 ? 2 : 4
}
