import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { fullCampaign } from './campaigns.ts'
import type { EventChange } from './contract.ts'
import { assertLength, assertOrganiser, assertTimeZone } from './create-event.ts'
import { type EventRow, eventRow, type FullEvent, fullEvent } from './event-queries.ts'
import { assertPeriod, readInstant } from './instants.ts'
import { assertOrganises } from './reach.ts'
import { stateOf } from './rules.ts'
import { events, shifts } from './schema.ts'

/**
 * Changes an event under its optimistic lock. No shift may end up outside the period of the event.
 * @throws DomainError `event.missing`, `version.stale`, `event.over`, `period.invalid`, `event.shifts_outside`, …
 */
export async function changeEvent(
  tx: Writer,
  request: { eventId: string; version: number; input: EventChange; by: Actor; at: DateTime },
): Promise<FullEvent> {
  const { eventId, version, input, by, at } = request
  const event = await eventRow(tx, eventId)
  await assertOrganises(tx, by, 'events.edit', event.organiserUnitId)
  assertVersion(event, version)
  assertOpen(event)
  const { startsAt, endsAt, ...fields } = input
  const period = {
    startsAt: startsAt ? readInstant(startsAt) : event.startsAt,
    endsAt: endsAt ? readInstant(endsAt) : event.endsAt,
  }
  if (startsAt || endsAt) await assertNewPeriod(tx, event, period)
  if (input.timeZone) assertTimeZone(input.timeZone)
  if (input.organiserUnitId) await assertOrganiser(tx, by, input.organiserUnitId)
  if (input.campaignId) await fullCampaign(tx, input.campaignId)
  const searchName = input.name ? { searchName: searchNameOf(input.name) } : {}
  await updateVersioned(tx, events, eventId, version, { ...fields, ...searchName, ...period })
  const details = { fields: Object.keys(input) }
  await record(tx, { action: 'event.changed', subject: `event:${eventId}`, by, at, details })
  return fullEvent(tx, eventId)
}

/** Refuses changes of an event that has ended. @throws DomainError `event.cancelled`, `event.closed` */
export function assertOpen(event: EventRow): void {
  const state = stateOf(event)
  if (state === 'cancelled') throw new DomainError('conflict', 'event.cancelled', 'The event was cancelled.')
  if (state === 'closed') throw new DomainError('conflict', 'event.closed', 'The event is closed.')
}

/**
 * What is over stays: who came to a shift and who did not is on record, so nobody is taken off it afterwards, and it is
 * neither moved nor cancelled. Of a draft nobody was told.
 * @throws DomainError `shift.over`
 */
export function assertShiftNotOver(
  { publishedAt }: Pick<EventRow, 'publishedAt'>,
  { endsAt }: { endsAt: DateTime },
  at: DateTime,
): void {
  if (publishedAt === null || endsAt > at) return
  throw new DomainError('conflict', 'shift.over', 'The shift is over: what became of it stays.')
}

/**
 * Refuses what asks for an event that took place.
 * @throws DomainError `event.over`
 */
export function assertNotOver({ publishedAt, endsAt }: EventRow, at: DateTime): void {
  if (publishedAt === null || endsAt > at) return
  throw new DomainError('conflict', 'event.over', 'The event is over; close it instead.')
}

async function assertNewPeriod(
  db: Reader,
  event: EventRow,
  period: { startsAt: DateTime; endsAt: DateTime },
) {
  assertLength(assertPeriod(period))
  if (!event.publishedAt) return
  const outside = await db.$count(
    shifts,
    and(
      eq(shifts.eventId, event.id),
      isNull(shifts.cancelledAt),
      or(lt(shifts.startsAt, period.startsAt), gt(shifts.endsAt, period.endsAt)),
    ),
  )
  if (outside === 0) return
  const message = `${outside} shifts would lie outside the event. Move or cancel them first.`
  throw new DomainError('conflict', 'event.shifts_outside', message, { shifts: outside })
}
