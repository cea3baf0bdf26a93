import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertOpen, assertShiftNotOver } from './change-event.ts'
import { eventRow } from './event-queries.ts'
import { assertServes } from './reach.ts'
import { shifts } from './schema.ts'
import { type FullShift, fullShift, shiftRow } from './shift-queries.ts'

/**
 * Cancels one shift. The job `shift.cancelled` releases its people. Idempotent: the first reason stays.
 * @throws DomainError `shift.missing`, `event.cancelled`, `event.closed`, `shift.over`, `access.out_of_reach`
 */
export async function cancelShift(
  tx: Writer,
  { shiftId, reason, by, at }: { shiftId: string; reason: string; by: Actor; at: DateTime },
): Promise<FullShift> {
  const shift = await shiftRow(tx, shiftId)
  const event = await eventRow(tx, shift.eventId)
  const { organiserUnitId } = event
  await assertServes(tx, by, 'events.edit', { organiserUnitId, zoneIds: [shift.zoneId] })
  assertOpen(event)
  if (!shift.cancelledAt) {
    assertShiftNotOver(event, shift, at)
    await updateVersioned(tx, shifts, shiftId, shift.version, { cancelledAt: at, cancelReason: reason })
    await record(tx, { action: 'shift.cancelled', subject: `shift:${shiftId}`, by, at })
    await enqueue(tx, 'shift.cancelled', { shiftId }, { key: `shift.cancelled:${shiftId}` })
  }
  return fullShift(tx, shiftId)
}
