import { and, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { EventQuery } from './contract.ts'
import { readInstant } from './instants.ts'
import { campaigns, events, shifts } from './schema.ts'
import { titleContains } from './searching.ts'
import type { EventState } from './words.ts'

export type EventRow = typeof events.$inferSelect

/** The row of an event. @throws DomainError `event.missing` */
export async function eventRow(db: Reader, eventId: string): Promise<EventRow> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  if (!event) throw new DomainError('missing', 'event.missing', 'There is no such event.', { eventId })
  return event
}

const liveShifts = sql<number>`(select count(*) from ${shifts}
  where ${shifts.eventId} = ${events.id} and ${shifts.cancelledAt} is null)`.mapWith(Number)

function selectEvents(db: Reader) {
  return db
    .select({
      event: events,
      organiser: { name: units.name, path: units.path, districtCode: units.districtCode },
      campaignName: campaigns.name,
      shifts: liveShifts,
    })
    .from(events)
    .innerJoin(units, eq(units.id, events.organiserUnitId))
    .leftJoin(campaigns, eq(campaigns.id, events.campaignId))
}
export type FullEvent = Awaited<ReturnType<typeof selectEvents>>[number]

/** An event with its organiser, campaign and number of shifts. @throws DomainError `event.missing` */
export async function fullEvent(db: Reader, eventId: string): Promise<FullEvent> {
  const [event] = await selectEvents(db).where(eq(events.id, eventId))
  if (!event) throw new DomainError('missing', 'event.missing', 'There is no such event.', { eventId })
  return event
}

const inState: Record<EventState, SQL | undefined> = {
  draft: and(isNull(events.publishedAt), isNull(events.cancelledAt)),
  published: and(isNotNull(events.publishedAt), isNull(events.closedAt), isNull(events.cancelledAt)),
  closed: and(isNotNull(events.closedAt), isNull(events.cancelledAt)),
  cancelled: isNotNull(events.cancelledAt),
}

/** A keyset page of events, newest first. Not narrowed by reach: `events.read` shows all events. */
export async function listEvents(db: Reader, query: EventQuery) {
  const { search, state, campaignId, organiserUnitId, from, until, cursor, limit = 50 } = query
  const rows = await selectEvents(db)
    .where(
      and(
        titleContains(events.searchName, search),
        state ? inState[state] : undefined,
        campaignId ? eq(events.campaignId, campaignId) : undefined,
        organiserUnitId ? eq(events.organiserUnitId, organiserUnitId) : undefined,
        from ? gt(events.endsAt, readInstant(from)) : undefined,
        until ? lt(events.startsAt, readInstant(until)) : undefined,
        after([events.startsAt, events.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ event }) => [event.startsAt, event.id])
}
