import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { shiftCancellations } from '../schema.ts'

export type ShiftCancellationRow = typeof shiftCancellations.$inferSelect

/**
 * Ends the time in which a bulk cancellation can be undone. Undefined when it was undone: then nobody is told. May run
 * again, after a crash.
 */
export async function beginTelling(
  tx: Writer,
  cancellationId: string,
  at: DateTime,
): Promise<ShiftCancellationRow | undefined> {
  const own = eq(shiftCancellations.id, cancellationId)
  await tx
    .update(shiftCancellations)
    .set({ toldAt: at })
    .where(and(own, isNull(shiftCancellations.toldAt)))
  const [row] = await tx
    .select()
    .from(shiftCancellations)
    .where(and(own, isNull(shiftCancellations.undoneAt)))
  return row
}
