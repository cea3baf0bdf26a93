import { and, desc, eq } from 'drizzle-orm'
import type { Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { shiftCancellations } from '../schema.ts'
import type { ShiftCancellationView } from './contract.ts'
import type { ShiftCancellationRow } from './telling.ts'

/** One act that cancelled shifts. @throws DomainError `cancellation.missing` */
export async function cancellationRow(db: Reader, cancellationId: string): Promise<ShiftCancellationRow> {
  const [row] = await db.select().from(shiftCancellations).where(eq(shiftCancellations.id, cancellationId))
  if (row) return row
  throw new DomainError('missing', 'cancellation.missing', 'There is no such cancellation.', {
    cancellationId,
  })
}

/** A keyset page of an event's bulk cancellations, the latest first, undone ones included. */
export async function listCancellations(
  db: Reader,
  eventId: string,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
) {
  const rows = await db
    .select()
    .from(shiftCancellations)
    .where(and(eq(shiftCancellations.eventId, eventId), after([shiftCancellations.id], cursor, 'desc')))
    .orderBy(desc(shiftCancellations.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** Nobody was told, or there was nobody to tell. */
export function undoable({ toldAt, undoneAt, people }: ShiftCancellationRow): boolean {
  return undoneAt === null && (toldAt === null || people === 0)
}

export function presentCancellation(row: ShiftCancellationRow): Static<typeof ShiftCancellationView> {
  const { id, eventId, selection, reason, shifts, people, createdAt, tellsAt, toldAt, undoneAt } = row
  const times = { createdAt: isoOf(createdAt), tellsAt: isoOf(tellsAt) }
  const ended = { toldAt: toldAt && isoOf(toldAt), undoneAt: undoneAt && isoOf(undoneAt) }
  return {
    id,
    eventId,
    where: selection,
    reason,
    shifts,
    people,
    ...times,
    ...ended,
    undoable: undoable(row),
  }
}
