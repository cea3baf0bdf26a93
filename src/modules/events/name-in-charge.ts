import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { EventRow } from './event-queries.ts'
import { assertInCharge } from './in-charge.ts'
import { reportInCharge } from './report-in-charge.ts'
import { shifts } from './schema.ts'
import type { ShiftRow } from './shift-queries.ts'

/** The shifts of an event that are not cancelled and have nobody in charge, in order of time. */
export async function shiftsWithoutHead(db: Reader, eventId: string): Promise<ShiftRow[]> {
  return db
    .select()
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt), isNull(shifts.inChargePersonId)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
}

/**
 * Sets the person in charge of a shift that has none.
 * @returns false when the person is a minor or not visible to the actor
 */
export async function nameInCharge(
  tx: Writer,
  keys: KeyRing,
  { shift, event, personId, by, at }: { shift: ShiftRow; event: EventRow; personId: string } & Doing,
): Promise<boolean> {
  try {
    const wanted = { inChargePersonId: personId }
    await assertInCharge(tx, keys, by, { wanted, startsAt: shift.startsAt, timeZone: event.timeZone })
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
  await updateVersioned(tx, shifts, shift.id, shift.version, { inChargePersonId: personId })
  const details = { changed: ['contact'] }
  await record(tx, { action: 'shift.changed', subject: `shift:${shift.id}`, by, at, details })
  if (event.publishedAt) await enqueue(tx, 'shift.changed', { shiftId: shift.id, ...details })
  await reportInCharge(tx, event)
  return true
}

/**
 * Puts one person in the place of another wherever they are in charge of the shift or its deputy. The new one leads the
 * team, so is an adult; no actor's reach is asked.
 */
export async function replaceInCharge(
  tx: Writer,
  {
    shift,
    event,
    from,
    to,
    at,
  }: { shift: ShiftRow; event: EventRow; from: string; to: string; at: DateTime },
): Promise<void> {
  const next = (personId: string | null) => (personId === from ? to : personId)
  const inChargePersonId = next(shift.inChargePersonId)
  const deputy = next(shift.deputyPersonId)
  const deputyPersonId = deputy === inChargePersonId ? null : deputy
  await updateVersioned(tx, shifts, shift.id, shift.version, { inChargePersonId, deputyPersonId })
  const details = { changed: ['contact'], because: 'handed over' }
  await record(tx, { action: 'shift.changed', subject: `shift:${shift.id}`, by: 'system', at, details })
  if (event.publishedAt) await enqueue(tx, 'shift.changed', { shiftId: shift.id, changed: ['contact'] })
  await reportInCharge(tx, event)
}
