import { and, eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { assignments } from './schema.ts'

export interface Child {
  personId: string
  event: { id: string; name: string; startsAt: DateTime; timeZone: string }
}

/** The minor of a participation, or undefined for an adult. A minor's link is used by a guardian. */
export async function childOf(db: Reader, participationId: string): Promise<Child | undefined> {
  const [found] = await prepared(db, 'mobilization.childOf', (on) =>
    on
      .select({
        personId: assignments.personId,
        event: { id: events.id, name: events.name, startsAt: events.startsAt, timeZone: events.timeZone },
      })
      .from(assignments)
      .innerJoin(events, eq(events.id, assignments.eventId))
      .where(
        and(eq(assignments.participationId, sql.placeholder('participationId')), eq(assignments.minor, true)),
      )
      .limit(1)
      .prepare('mobilization_child_of'),
  ).execute({ participationId })
  return found
}
