import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertNotOver } from './change-event.ts'
import { eventRow, type FullEvent, fullEvent } from './event-queries.ts'
import { assertOrganises } from './reach.ts'
import { events } from './schema.ts'

export interface EndEvent {
  eventId: string
  by: Actor
  at: DateTime
}

/**
 * Closes a published event: nobody can be assigned or moved any more. Idempotent.
 * @throws DomainError `event.missing`, `event.not_published`, `event.cancelled`
 */
export async function closeEvent(tx: Writer, { eventId, by, at }: EndEvent): Promise<FullEvent> {
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.publish', event.organiserUnitId)
  if (event.cancelledAt) throw new DomainError('conflict', 'event.cancelled', 'The event was cancelled.')
  if (!event.publishedAt) {
    throw new DomainError(
      'conflict',
      'event.not_published',
      'Only a published event is closed; cancel a draft.',
    )
  }
  if (!event.closedAt) {
    await updateVersioned(tx, events, eventId, event.version, { closedAt: at })
    await record(tx, { action: 'event.closed', subject: `event:${eventId}`, by, at })
  }
  return fullEvent(tx, eventId)
}

/**
 * Cancels an event with a reason that people are told. The job `event.cancelled` releases its people. Idempotent: the
 * first reason stays.
 * @throws DomainError `event.missing`, `event.closed`, `event.over`
 */
export async function cancelEvent(
  tx: Writer,
  { eventId, reason, by, at }: EndEvent & { reason: string },
): Promise<FullEvent> {
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.publish', event.organiserUnitId)
  if (event.closedAt)
    throw new DomainError('conflict', 'event.closed', 'The event is closed; it did take place.')
  if (!event.cancelledAt) {
    assertNotOver(event, at)
    await updateVersioned(tx, events, eventId, event.version, { cancelledAt: at, cancelReason: reason })
    await record(tx, { action: 'event.cancelled', subject: `event:${eventId}`, by, at })
    await enqueue(
      tx,
      'event.cancelled',
      { eventId },
      { key: `event.cancelled:${eventId}`, about: `event:${eventId}` },
    )
  }
  return fullEvent(tx, eventId)
}
