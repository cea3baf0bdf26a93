import { and, eq, gte, sql } from 'drizzle-orm'
import { prepared, type Writer } from '#platform/database/port.ts'
import { shiftSeats } from './schema.ts'

/**
 * Takes seats of a shift, all or none. One conditional UPDATE decides between concurrent requests, on both
 * engines and at every isolation level.
 * @returns whether there were enough seats
 */
export async function takeSeats(tx: Writer, shiftId: string, seats = 1): Promise<boolean> {
  const taken = await prepared(tx, 'events.takeSeats', (db) =>
    db
      .update(shiftSeats)
      .set({ taken: sql`${shiftSeats.taken} + ${sql.placeholder('seats')}` })
      .where(
        and(
          eq(shiftSeats.shiftId, sql.placeholder('shiftId')),
          sql`${shiftSeats.taken} + ${sql.placeholder('seats')} <= ${shiftSeats.max}`,
        ),
      )
      .returning({ shiftId: shiftSeats.shiftId })
      .prepare('events_take_seats'),
  ).execute({ shiftId, seats })
  return taken.length > 0
}

/** Frees seats of a shift. @throws Error when more are freed than were taken */
export async function freeSeats(tx: Writer, shiftId: string, seats = 1): Promise<void> {
  const freed = await tx
    .update(shiftSeats)
    .set({ taken: sql`${shiftSeats.taken} - ${seats}` })
    .where(and(eq(shiftSeats.shiftId, shiftId), gte(shiftSeats.taken, seats)))
    .returning({ shiftId: shiftSeats.shiftId })
  if (freed.length === 0) throw new Error('more seats were given back than were taken')
}

/** Changes the number of seats. @returns false, without a change, when more seats are taken than the new number */
export async function resizeSeats(tx: Writer, shiftId: string, max: number): Promise<boolean> {
  const resized = await tx
    .update(shiftSeats)
    .set({ max })
    .where(and(eq(shiftSeats.shiftId, shiftId), sql`${shiftSeats.taken} <= ${max}`))
    .returning({ shiftId: shiftSeats.shiftId })
  return resized.length > 0
}
