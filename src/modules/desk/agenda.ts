import { and, asc, eq, exists, gt, isNotNull, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { lateEntries } from '#modules/attendance/schema.ts'
import { type EventRow, stateOf } from '#modules/events/index.ts'
import { events } from '#modules/events/schema.ts'
import { reportSnapshots } from '#modules/reports/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { agendaOf } from './agenda-rules.ts'
import type { AgendaView } from './contract.ts'
import { stepsOf } from './step-rules.ts'
import { factsOf } from './steps.ts'

/** Most events looked at: those that begin next, and those that were on last. */
const eventsMax = 20
/** Days after an event in which its figures and corrections still wait for somebody. */
const afterDays = 14

/**
 * What is on today, what waits for this reader, and what waits for others, over all events that are not finished. It is the
 * steps of each event, read together, so nothing is said here that the event's own page does not say.
 */
export async function readAgenda(db: Reader, { by, at }: { by: Actor; at: DateTime }): Promise<AgendaView> {
  if (!may(by, 'events.read')) return { today: [], waiting: [], others: [], events: 0 }
  const rows = await unfinished(db, at)
  const found = []
  for (const event of rows) {
    const facts = await factsOf(db, event, { by, at })
    found.push({ event: presentEvent(event), facts, steps: stepsOf(facts) })
  }
  return { ...agendaOf(found, at), events: rows.length }
}

/**
 * Events that are to come, are on, or were on lately and whose figures nobody froze, or whose late entries wait: the next
 * first.
 */
async function unfinished(db: Reader, at: DateTime): Promise<EventRow[]> {
  const frozen = db
    .select({ one: sql`1` })
    .from(reportSnapshots)
    .where(eq(reportSnapshots.eventId, events.id))
  const waiting = db
    .select({ one: sql`1` })
    .from(lateEntries)
    .where(and(eq(lateEntries.eventId, events.id), isNull(lateEntries.decidedAt)))
  const lately = and(
    gt(events.endsAt, at.minus({ days: afterDays })),
    isNotNull(events.publishedAt),
    or(notExists(frozen), exists(waiting)),
  )
  return db
    .select()
    .from(events)
    .where(
      and(
        isNull(events.cancelledAt),
        or(and(gt(events.endsAt, at), isNull(events.closedAt)), and(lt(events.endsAt, at), lately)),
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(eventsMax)
}

function presentEvent(event: EventRow) {
  const { id, name, timeZone, startsAt, endsAt } = event
  return { id, name, timeZone, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt), state: stateOf(event) }
}
