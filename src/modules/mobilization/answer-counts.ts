import { and, eq, exists, isNull, or, sql } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { seenPlaces } from './notices/seen-places.ts'
import { quotasWithin } from './quotas/quota-queries.ts'
import { assignments, participations, quotas } from './schema.ts'

/** How many were asked, and how many of them answered. */
export interface AnswerCounts {
  asked: number
  answered: number
}

const count = sql<number>`count(*)`.mapWith(Number)

/** Units that were asked for people, of those within reach. */
export async function unitsAnswered(db: Reader, event: EventRow, reach: Reach): Promise<AnswerCounts> {
  const [counted] = await db
    .select({ asked: count, answered: sql<number>`count(${quotas.pledged})`.mapWith(Number) })
    .from(quotas)
    .innerJoin(units, eq(units.id, quotas.unitId))
    .where(and(eq(quotas.eventId, event.id), await quotasWithin(db, reach, event)))
  return counted as AnswerCounts
}

/** People with a place in the event, of those within reach. */
export async function peopleAnswered(db: Reader, event: EventRow, reach: Reach): Promise<AnswerCounts> {
  const within = await seenPlaces(db, reach, event)
  const placed = (condition: Parameters<typeof and>[0]) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(assignments)
        .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
        .innerJoin(zones, eq(zones.id, shifts.zoneId))
        .where(
          and(eq(assignments.participationId, participations.id), isNull(assignments.cancelledAt), condition),
        ),
    )
  const [counted] = await db
    .select({ asked: count, answered: sql<number>`count(${participations.answer})`.mapWith(Number) })
    .from(participations)
    .leftJoin(teams, eq(teams.id, participations.teamId))
    .where(
      and(
        eq(participations.eventId, event.id),
        isNull(participations.joinedIntoId),
        placed(undefined),
        within && or(within.team, within.zone && placed(within.zone)),
      ),
    )
  return counted as AnswerCounts
}
