import { eq, inArray, type SQL } from 'drizzle-orm'
import { shifts } from '#modules/events/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { assignments } from './schema.ts'

/** The places of an event, of a shift, or of the shifts that one act cancelled. */
export type PlacesOf = { eventId: string } | { shiftId: string } | { cancellationId: string }

/** SQL condition on `assignments`. */
export function placesOf(db: Reader, where: PlacesOf): SQL {
  if ('eventId' in where) return eq(assignments.eventId, where.eventId)
  if ('shiftId' in where) return eq(assignments.shiftId, where.shiftId)
  const own = db.select({ id: shifts.id }).from(shifts).where(eq(shifts.cancellationId, where.cancellationId))
  return inArray(assignments.shiftId, own)
}
