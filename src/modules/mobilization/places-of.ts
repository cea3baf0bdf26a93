import { and, eq, gt, inArray, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { shifts } from '#modules/events/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { assignments } from './schema.ts'

/**
 * The places of an event, or of its shifts that end after a moment; of a shift, or of the shifts that one act cancelled.
 */
export type PlacesOf =
  | { eventId: string; endsAfter?: DateTime }
  | { shiftId: string }
  | { cancellationId: string }

/** SQL condition on `assignments`. */
export function placesOf(db: Reader, where: PlacesOf): SQL {
  if ('eventId' in where) return ofEvent(db, where)
  if ('shiftId' in where) return eq(assignments.shiftId, where.shiftId)
  const own = db.select({ id: shifts.id }).from(shifts).where(eq(shifts.cancellationId, where.cancellationId))
  return inArray(assignments.shiftId, own)
}

function ofEvent(db: Reader, { eventId, endsAfter }: { eventId: string; endsAfter?: DateTime }): SQL {
  const all = eq(assignments.eventId, eventId)
  if (!endsAfter) return all
  const coming = and(eq(shifts.eventId, eventId), gt(shifts.endsAt, endsAfter))
  return and(
    all,
    inArray(assignments.shiftId, db.select({ id: shifts.id }).from(shifts).where(coming)),
  ) as SQL
}
