import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertOpen } from '../change-event.ts'
import { eventRow } from '../event-queries.ts'
import { assertServes } from '../reach.ts'
import { shiftCancellations, shiftChanges, shifts } from '../schema.ts'
import { settleLater } from '../shift-changes.ts'
import { cancellationRow, undoable } from './queries.ts'
import type { ShiftCancellationRow } from './telling.ts'

/**
 * Takes a bulk cancellation back: the shifts stand as before, with their people, who were told nothing. Idempotent.
 * @throws DomainError `cancellation.missing`, `event.cancelled`, `event.closed`, `access.out_of_reach`,
 *   `cancellation.told` with the number of places
 */
export async function undoCancellation(
  tx: Writer,
  { cancellationId, by, at }: { cancellationId: string } & Doing,
): Promise<ShiftCancellationRow> {
  const row = await cancellationRow(tx, cancellationId)
  // Its shifts are no longer marked, so nobody's reach can be asked; everybody may read it.
  if (row.undoneAt) return row
  const event = await eventRow(tx, row.eventId)
  const own = await tx
    .select({ id: shifts.id, zoneId: shifts.zoneId })
    .from(shifts)
    .where(eq(shifts.cancellationId, cancellationId))
  const zoneIds = own.map(({ zoneId }) => zoneId)
  const { organiserUnitId } = event
  await assertServes(tx, by, 'events.edit', { organiserUnitId, zoneIds })
  assertOpen(event)
  if (!undoable(row)) {
    const message = 'People were told. Make new shifts instead.'
    throw new DomainError('conflict', 'cancellation.told', message, { people: row.people })
  }
  const restored = own.map(({ id }) => id)
  await inChunks(restored, 500, async (some) => {
    await reopenChanges(tx, some, row)
    await tx
      .update(shifts)
      .set({
        cancelledAt: null,
        cancelReason: null,
        cancellationId: null,
        version: sql`${shifts.version} + 1`,
      })
      .where(inArray(shifts.id, [...some]))
  })
  await tx.update(shiftCancellations).set({ undoneAt: at }).where(eq(shiftCancellations.id, cancellationId))
  const details = { eventId: event.id, shifts: restored.length }
  await record(tx, {
    action: 'shifts.cancellation_undone',
    subject: `shift_cancellation:${cancellationId}`,
    ...{ by, at, details },
  })
  // Invitations and reminders that fell due in between were not sent.
  await enqueue(tx, 'shifts.cancellation_undone', { eventId: event.id }, { key: `invite:${event.id}` })
  return cancellationRow(tx, cancellationId)
}

/** Changes that settled while their shift was cancelled were told to nobody: they settle again. */
async function reopenChanges(tx: Writer, shiftIds: readonly string[], { createdAt }: ShiftCancellationRow) {
  const reopened = await tx
    .update(shiftChanges)
    .set({ settledAt: null })
    .where(and(inArray(shiftChanges.shiftId, [...shiftIds]), gte(shiftChanges.settledAt, createdAt)))
    .returning({ id: shiftChanges.id, lastAt: shiftChanges.lastAt })
  for (const { id, lastAt } of reopened) await settleLater(tx, id, lastAt)
}
