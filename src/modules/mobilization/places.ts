import { and, eq, lt, sql } from 'drizzle-orm'
import { freeSeats, takeSeats } from '#modules/events/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { FreeTime } from './free-time.ts'
import { allotments } from './schema.ts'

export type AllotmentRow = typeof allotments.$inferSelect

/** The allotment of a team on a shift, if there is one. */
export async function allotmentOf(
  db: Reader,
  shiftId: string,
  teamId: string,
): Promise<AllotmentRow | undefined> {
  const [found] = await db
    .select()
    .from(allotments)
    .where(and(eq(allotments.shiftId, shiftId), eq(allotments.teamId, teamId)))
  return found
}

/** The allotment of a team on a shift that has a head without a name. */
export async function openAllotment(
  db: Reader,
  shiftId: string,
  teamId: string,
): Promise<AllotmentRow | undefined> {
  const found = await allotmentOf(db, shiftId, teamId)
  return found && found.named < found.heads ? found : undefined
}

/**
 * Takes a place for one person: a head of the team's allotment if one has no name, else a seat.
 * @param free proves that the person is nowhere else at that time
 * @returns the id of the allotment, null for a seat, or undefined when the shift is full
 */
export async function takePlace(
  tx: Writer,
  place: { shiftId: string; allotmentId: string | null; free: FreeTime },
): Promise<{ allotmentId: string | null } | undefined> {
  place.free.assertFor(place.shiftId)
  if (place.allotmentId) {
    const named = await tx
      .update(allotments)
      .set({ named: sql`${allotments.named} + 1` })
      .where(and(eq(allotments.id, place.allotmentId), lt(allotments.named, allotments.heads)))
      .returning({ id: allotments.id })
    if (named.length > 0) return { allotmentId: place.allotmentId }
  }
  return (await takeSeats(tx, place.shiftId)) ? { allotmentId: null } : undefined
}

/** Frees a place: the head has no name again, or the seat is free. */
export async function freePlace(
  tx: Writer,
  place: { shiftId: string; allotmentId: string | null },
): Promise<void> {
  if (place.allotmentId === null) return freeSeats(tx, place.shiftId)
  await tx
    .update(allotments)
    .set({ named: sql`${allotments.named} - 1` })
    .where(eq(allotments.id, place.allotmentId))
}
