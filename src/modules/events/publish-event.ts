import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertOpen } from './change-event.ts'
import type { PublicationCheck } from './contract.ts'
import { type EventRow, eventRow, type FullEvent, fullEvent } from './event-queries.ts'
import { assertOrganises } from './reach.ts'
import { publicationProblemsOf } from './rules.ts'
import { events, shifts } from './schema.ts'

/** Maximum number of shifts listed with one problem. */
const namedMax = 100

/** All problems that prevent publishing the event now. */
export async function checkPublication(db: Reader, event: EventRow, at: DateTime): Promise<PublicationCheck> {
  const live = await db
    .select({
      id: shifts.id,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      inChargePersonId: shifts.inChargePersonId,
      minorsAllowed: shifts.minorsAllowed,
      risks: shifts.risks,
      insurance: shifts.insurance,
      zone: { minorsSuitable: zones.minorsSuitable, closedAt: zones.closedAt },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(shifts.eventId, event.id), isNull(shifts.cancelledAt)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const problems = publicationProblemsOf(event, live, at).map(({ because, shiftIds }) => ({
    because,
    shifts: shiftIds.length,
    shiftIds: shiftIds.slice(0, namedMax),
  }))
  return { ready: problems.length === 0, problems }
}

/**
 * Publishes an event. The job `event.published` then invites people. Idempotent.
 * @throws DomainError `event.missing`, `event.not_ready` with the problems, `event.cancelled`, `event.closed`
 */
export async function publishEvent(
  tx: Writer,
  { eventId, by, at }: { eventId: string; by: Actor; at: DateTime },
): Promise<FullEvent> {
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.publish', event.organiserUnitId)
  assertOpen(event)
  if (event.publishedAt) return fullEvent(tx, eventId)
  const { ready, problems } = await checkPublication(tx, event, at)
  if (!ready)
    throw new DomainError('conflict', 'event.not_ready', 'The event cannot be published yet.', { problems })
  await updateVersioned(tx, events, eventId, event.version, { publishedAt: at })
  await record(tx, { action: 'event.published', subject: `event:${eventId}`, by, at })
  await enqueue(
    tx,
    'event.published',
    { eventId },
    { key: `event.published:${eventId}`, about: `event:${eventId}` },
  )
  return fullEvent(tx, eventId)
}
