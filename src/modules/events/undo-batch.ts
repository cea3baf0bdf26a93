import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { type FullBatch, fullBatch } from './batch-queries.ts'
import { eventRow } from './event-queries.ts'
import type { ShiftPeople } from './people.ts'
import { assertServes } from './reach.ts'
import { shiftBatches, shifts } from './schema.ts'

/**
 * Deletes the shifts of a batch, including those changed since. Allowed only while the event is a draft and nobody was
 * ever assigned; after that, shifts are cancelled one by one. Idempotent.
 * @throws DomainError `batch.missing`, `event.published`, `batch.in_use` with the numbers of people and heads
 */
export async function undoBatch(
  tx: Writer,
  people: ShiftPeople,
  { batchId, by, at }: { batchId: string; by: Actor; at: DateTime },
): Promise<FullBatch> {
  const { batch } = await fullBatch(tx, batchId)
  const event = await eventRow(tx, batch.eventId)
  const made = await tx
    .select({ id: shifts.id, zoneId: shifts.zoneId })
    .from(shifts)
    .where(eq(shifts.batchId, batchId))
  const zoneIds = batch.undoneAt ? batch.spec.zoneIds : made.map(({ zoneId }) => zoneId)
  await assertServes(tx, by, 'events.edit', { organiserUnitId: event.organiserUnitId, zoneIds })
  if (batch.undoneAt) return fullBatch(tx, batchId)
  if (event.publishedAt || event.cancelledAt) {
    throw new DomainError(
      'conflict',
      'event.published',
      'The event is no draft any more. Cancel the shifts instead.',
    )
  }
  const {
    people: placed,
    heads,
    history,
  } = await people.on(
    tx,
    made.map(({ id }) => id),
  )
  if (placed > 0 || heads > 0 || history) {
    const message = 'People are, or were, placed on these shifts. Take them off or cancel the shifts instead.'
    throw new DomainError('conflict', 'batch.in_use', message, { people: placed, heads })
  }
  await tx.delete(shifts).where(eq(shifts.batchId, batchId))
  await tx.update(shiftBatches).set({ undoneAt: at }).where(eq(shiftBatches.id, batchId))
  const details = { shifts: made.length }
  await record(tx, { action: 'batch.undone', subject: `batch:${batchId}`, by, at, details })
  return fullBatch(tx, batchId)
}
