import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Merging, NotRestored } from '#modules/organisation/index.ts'
import { type MovedRow, restoreRows } from '#platform/database/moved-rows.ts'
import type { Writer } from '#platform/database/port.ts'
import { shiftFacts } from '../facts.ts'
import { historyOf, timeFor } from '../free-time.ts'
import { takePlace } from '../places.ts'
import { assignments, participations, signUps } from '../schema.ts'

/** The changes of a merge in this slice, in the order in which they were made. */
export interface MobilizationMoved {
  signUps: MovedRow[]
  /** Places that were cancelled because one person cannot have both. */
  cancelled: MovedRow[]
  /** Participations that were moved to the kept person, or joined into one of theirs. */
  participations: MovedRow[]
  assignments: MovedRow[]
  /** Answers of participations that gained or lost places. */
  answers: MovedRow[]
}

/** Undoes a merge in reverse order. A cancelled place whose seat is taken by now stays cancelled. */
export async function unmergeMobilization(
  tx: Writer,
  moved: MobilizationMoved,
  { at }: Merging,
): Promise<NotRestored[]> {
  const answers = await restoreRows(tx, participations, moved.answers)
  const places = await restoreRows(tx, assignments, moved.assignments)
  const joined = await restoreRows(tx, participations, moved.participations)
  const cancelled: string[] = []
  for (const row of moved.cancelled.toReversed()) {
    if (!(await revive(tx, row, at))) cancelled.push(row.id)
  }
  const offers = await restoreRows(tx, signUps, moved.signUps)
  const as = (kind: string, ids: string[]) => ids.map((id) => ({ kind, id }))
  return [
    ...as('participation', [...new Set([...answers, ...joined])]),
    ...as('assignment', [...new Set([...places, ...cancelled])]),
    ...as('sign_up', offers),
  ]
}

/**
 * Restores a cancelled place if a seat is free, the shift is not cancelled, and the person holds no overlapping place.
 */
async function revive(tx: Writer, row: MovedRow, at: DateTime): Promise<boolean> {
  const [place] = await tx.select().from(assignments).where(eq(assignments.id, row.id))
  if (place?.cancelReason !== 'merged') return false
  const { shift, event } = await shiftFacts(tx, place.shiftId)
  const mergedAt = place.cancelledAt as DateTime
  if ([shift.cancelledAt, event.cancelledAt].some((off) => off !== null && off > mergedAt)) return false
  if (row.before.freedAt !== null) return (await restoreRows(tx, assignments, [row])).length === 0
  const free = historyOf(shift, at) ?? (await timeFor(tx, place.personId, shift)).free
  if (!free) return false
  const before = row.before.allotmentId as string | null
  const taken = await takePlace(tx, { shiftId: place.shiftId, allotmentId: before, free })
  if (!taken) return false
  const stayed = await restoreRows(tx, assignments, [{ ...row, before: { ...row.before, ...taken } }])
  if (stayed.length > 0) throw new Error('a place was taken for an assignment that cannot have it')
  return true
}
