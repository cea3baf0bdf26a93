import type { Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { EventRow } from './event-queries.ts'

/**
 * Reports that somebody may have been put in charge of a shift of a published event: volunteers see their number from
 * now on.
 */
export async function reportInCharge(
  tx: Writer,
  { id, publishedAt }: Pick<EventRow, 'id' | 'publishedAt'>,
): Promise<void> {
  if (!publishedAt) return
  await enqueue(tx, 'event.in_charge_named', { eventId: id }, { key: `event.in_charge_named:${id}` })
}
