import { and, eq, lt, sql } from 'drizzle-orm'
import { freeSeats, takeSeats } from '#modules/events/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { allotments } from './schema.ts'

export type AllotmentRow = typeof allotments.$inferSelect

/** The allotment of a team on a shift that still has a head without a name. */
export async function openAllotment(
  db: Reader,
  shiftId: string,
  teamId: string,
): Promise<AllotmentRow | undefined> {
  const [found] = await db
    .select()
    .from(allotments)
    .where(
      and(
        eq(allotments.shiftId, shiftId),
        eq(allotments.teamId, teamId),
        lt(allotments.named, allotments.heads),
      ),
    )
  return found
}

/**
 * Takes a place for one person: a head of the team's allotment, if one is without a name, else a seat.
 * @returns the allotment whose head it is, null for a seat of its own, or undefined when the shift is full
 */
export async function takePlace(
  tx: Writer,
  place: { shiftId: string; allotmentId: string | null },
): Promise<{ allotmentId: string | null } | undefined> {
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

/** Gives a place back: the head is without a name again, or the seat is free. */
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
