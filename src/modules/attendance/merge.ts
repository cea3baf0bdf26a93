import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Arrivals } from '#modules/mobilization/index.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import type { MergeParticipant } from '#modules/organisation/index.ts'
import { type MovedRow, moveRow, restoreRows } from '#platform/database/moved-rows.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { attendanceOperations, attendances, lateEntries } from './schema.ts'
import { type Attendance, addToTotals, attendanceOf, insertOperation } from './statements.ts'

/** Which of these assignments have an arrival, with its evidence. */
export const arrivals: Arrivals = async (db, assignmentIds) => {
  if (assignmentIds.length === 0) return new Map()
  const rows = await db
    .select({ id: attendances.assignmentId, at: attendances.checkInAt, grade: attendances.grade })
    .from(attendances)
    .where(and(inArray(attendances.assignmentId, [...assignmentIds]), isNotNull(attendances.checkInAt)))
  return new Map(rows.flatMap(({ id, at, grade }) => (at ? [[id, { at, grade }] as const] : [])))
}

interface Undone {
  attendance: MovedRow
  operationId: string
}

interface Merged {
  undone: Undone[]
  late: MovedRow[]
}

/** Moves what waits on a duplicate place to the one on the same shift that stays, unless something waits there already. */
async function moveLateEntries(tx: Writer, keptId: string): Promise<MovedRow[]> {
  const waiting = await tx
    .select({ entry: lateEntries })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .where(
      and(
        eq(assignments.personId, keptId),
        eq(assignments.cancelReason, 'merged'),
        isNull(lateEntries.decidedAt),
      ),
    )
    .orderBy(asc(lateEntries.id))
  const moved: MovedRow[] = []
  for (const { entry } of waiting) {
    const [place] = await tx
      .select({ id: assignments.id, other: lateEntries.id })
      .from(assignments)
      .leftJoin(lateEntries, and(eq(lateEntries.assignmentId, assignments.id), isNull(lateEntries.decidedAt)))
      .where(
        and(
          eq(assignments.personId, keptId),
          eq(assignments.shiftId, entry.shiftId),
          isNull(assignments.cancelledAt),
        ),
      )
    // Undecided, so that what is decided in between stays where it was recorded when the merge is undone.
    const to = place && !place.other ? { assignmentId: place.id, decidedAt: null } : undefined
    if (to) moved.push(await moveRow(tx, lateEntries, entry, to))
  }
  return moved
}

/**
 * Merge of people: a person arrives once on a shift. When the merge cancels a duplicate assignment, its attendance is
 * undone by an operation of kind `merge`, and a late entry that waits for a decision goes to the place that stays: on the
 * cancelled one nobody could approve it.
 */
export const attendanceMerge: MergeParticipant = {
  slice: 'attendance',
  claims: [],
  async merge(tx, { keptId, at, by }) {
    const twice = await tx
      .select({ attendance: attendances, eventId: assignments.eventId })
      .from(assignments)
      .innerJoin(attendances, eq(attendances.assignmentId, assignments.id))
      .where(
        and(
          eq(assignments.personId, keptId),
          eq(assignments.cancelReason, 'merged'),
          isNotNull(attendances.checkInAt),
        ),
      )
    const undone: Undone[] = []
    for (const { attendance, eventId } of twice) {
      const operationId = newId()
      const gone = { checkInAt: null, checkOutAt: null, minutes: null, flags: null }
      const moved = await moveRow(tx, attendances, attendance, gone)
      const { assignmentId } = attendance
      const of = { assignmentId, operationId, byUserId: by.userId }
      await insertOperation(tx, { ...of, kind: 'undo', at, via: 'merge' })
      await addToTotals(tx, { eventId, ...weightOf(attendance, -1) })
      undone.push({ attendance: moved, operationId })
    }
    return { undone, late: await moveLateEntries(tx, keptId) } satisfies Merged
  },
  /** Unmerge: the undo operation of the merge is deleted with it; the audit trail keeps both. */
  async unmerge(tx, merged: Merged | Undone[]) {
    // What was merged before late entries moved along is a list.
    const { undone, late } = Array.isArray(merged) ? { undone: merged, late: [] } : merged
    const stayed: string[] = []
    const lateStayed = await restoreRows(tx, lateEntries, late)
    for (const { attendance, operationId } of undone) {
      const [place] = await tx
        .select({ id: assignments.id, eventId: assignments.eventId, cancelledAt: assignments.cancelledAt })
        .from(attendances)
        .innerJoin(assignments, eq(assignments.id, attendances.assignmentId))
        .where(eq(attendances.id, attendance.id))
      if (!place || place.cancelledAt || (await restoreRows(tx, attendances, [attendance])).length > 0) {
        stayed.push(attendance.id)
        continue
      }
      const back = (await attendanceOf(tx, place.id)) as Attendance
      await addToTotals(tx, { eventId: place.eventId, ...weightOf(back, 1) })
      const operation = eq(attendanceOperations.operationId, operationId)
      await tx
        .delete(attendanceOperations)
        .where(and(eq(attendanceOperations.assignmentId, place.id), operation))
    }
    return [
      ...stayed.map((id) => ({ kind: 'attendance', id })),
      ...lateStayed.map((id) => ({ kind: 'late_entry', id })),
    ]
  },
}

/** The contribution of one attendance to the totals of its shift; `sign` −1 removes it. */
function weightOf({ shiftId, timing, checkOutAt, minutes }: Attendance, sign: 1 | -1) {
  return {
    shiftId,
    present: sign,
    late: timing === 'late' ? sign : 0,
    checkedOut: checkOutAt ? sign : 0,
    minutes: sign * (minutes ?? 0),
  }
}
