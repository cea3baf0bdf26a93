import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assignments } from '#modules/mobilization/schema.ts'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { arrive, assertLive, assertOpen } from './check-in.ts'
import { leave } from './check-out.ts'
import { assignmentById, type FoundAssignment } from './find-assignment.ts'
import { timingOf } from './rules.ts'
import {
  type Attendance,
  addToTotals,
  attendanceOf,
  changeAttendance,
  insertOperation,
  isKnownOperation,
} from './statements.ts'

export interface RollCall {
  assignmentId: string
  operationId: string
  by: Actor
  at: DateTime
}

/**
 * A leader's roll-call: records that somebody arrived (grade B), or confirms what they stated themselves (C
 * becomes B). Idempotent per assignment and operation.
 * @throws DomainError `assignment.missing` (or out of reach), `assignment.cancelled`, `shift.cancelled`,
 *   `event.cancelled`, `event.closed`, `attendance.not_open`
 */
export async function checkInByRollCall(tx: Writer, call: RollCall): Promise<Attendance> {
  const { assignmentId, operationId, by, at } = call
  const found = await assignmentWithin(tx, call)
  assertLive(found)
  assertOpen(found, at)
  const recorded = await arrive(
    tx,
    found,
    {
      assignmentId,
      shiftId: found.shiftId,
      checkInAt: at,
      timing: timingOf(found, at),
      grade: 'B',
      via: 'roll_call',
      positionJudgement: 'none',
      distanceBand: null,
      recordedByUserId: by.userId,
    },
    operationId,
  )
  if (!recorded.checkInAt || recorded.grade !== 'C') return recorded
  const confirmed = await changeAttendance(tx, assignmentId, 'present', { grade: 'B' })
  await insertOperation(tx, {
    assignmentId,
    operationId,
    kind: 'confirm',
    at,
    via: 'roll_call',
    byUserId: by.userId,
  })
  return confirmed ?? recorded
}

/** @throws DomainError `assignment.missing`, `attendance.not_present` */
export async function checkOutByRollCall(tx: Writer, call: RollCall): Promise<Attendance> {
  const { operationId, by, at } = call
  const found = await assignmentWithin(tx, call)
  return leave(tx, found, { operationId, at, via: 'roll_call', byUserId: by.userId })
}

/**
 * Takes a check-in back: the person was not there. What was recorded stays in the operations; whoever does
 * come later can be checked in again. Repeating it changes nothing.
 * @throws DomainError `assignment.missing` (or out of reach), `attendance.missing`
 */
export async function undoCheckIn(tx: Writer, call: RollCall): Promise<Attendance> {
  const { assignmentId, operationId, by, at } = call
  const found = await assignmentWithin(tx, call)
  const was = await attendanceOf(tx, assignmentId)
  if (!was) throw new DomainError('missing', 'attendance.missing', 'Nothing was recorded here.')
  if (!was.checkInAt || (await isKnownOperation(tx, assignmentId, operationId))) return was
  const set = { checkInAt: null, checkOutAt: null, minutes: null, flags: null }
  const undone = await changeAttendance(tx, assignmentId, 'present', set)
  if (!undone) return was
  await insertOperation(tx, {
    assignmentId,
    operationId,
    kind: 'undo',
    at,
    via: 'roll_call',
    byUserId: by.userId,
  })
  await addToTotals(tx, {
    ...found,
    present: -1,
    late: was.timing === 'late' ? -1 : 0,
    checkedOut: was.checkOutAt ? -1 : 0,
    minutes: -(was.minutes ?? 0),
  })
  return undone
}

/** Leaders call the roll of their own teams. */
async function assignmentWithin(tx: Writer, { assignmentId, by }: RollCall): Promise<FoundAssignment> {
  const found = await assignmentById(tx, assignmentId)
  const reach = reachOf(by, 'attendance.record')
  if (reach.everything) return found
  const missing = new DomainError('missing', 'assignment.missing', 'There is no such assignment.')
  const [of] = await tx
    .select({ teamId: assignments.teamId })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  if (!of?.teamId) throw missing
  await assertTeamsWithin(tx, reach, [of.teamId]).catch((error: unknown) => {
    throw error instanceof DomainError ? missing : error
  })
  return found
}
