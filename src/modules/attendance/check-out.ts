import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { attendanceOver } from './check-in.ts'
import { assignmentByLink, type FoundAssignment, windowFor } from './find-assignment.ts'
import { doubleTapSeconds, leavesEarly, minutesOf, undoLeaveMin } from './rules.ts'
import {
  type Attendance,
  addToTotals,
  attendanceOf,
  insertOperation,
  isKnownOperation,
  recordDeparture,
  takeBackDeparture,
} from './statements.ts'
import type { AttendanceVia } from './words.ts'

export interface OwnCheckOut {
  token: string
  assignmentId: string
  operationId: string
  /** The person confirmed that they leave before the end of the shift. */
  early?: boolean
  at: DateTime
}

/**
 * Check-out by the volunteer's personal link. Idempotent: the first time counts. A second tap right after the
 * check-in changes nothing.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `attendance.not_present`,
 *   `attendance.over`, `attendance.leaves_early` unless `early`
 */
export async function checkOutByLink(tx: Writer, keys: KeyRing, asked: OwnCheckOut): Promise<Attendance> {
  const { assignmentId, operationId, early = false, at } = asked
  const found = await assignmentByLink(tx, keys, asked)
  const present = await attendanceOf(tx, assignmentId)
  if (!present?.checkInAt) throw notPresent()
  if (present.checkOutAt || isSecondTap(present.checkInAt, at)) return present
  if (at >= found.endsAt) throw attendanceOver(found)
  if (await isKnownOperation(tx, assignmentId, operationId)) return present
  if (leavesEarly(found, at) && !early) {
    throw new DomainError(
      'conflict',
      'attendance.leaves_early',
      'The shift is not over yet: ask once more.',
      {
        minutesLeft: Math.ceil(found.endsAt.diff(at).as('minutes')),
      },
    )
  }
  return leave(tx, found, { operationId, at, via: 'link', byUserId: null })
}

function isSecondTap(checkInAt: DateTime, at: DateTime): boolean {
  return at.toMillis() - checkInAt.toMillis() < doubleTapSeconds * 1000
}

function notPresent(): DomainError {
  return new DomainError('conflict', 'attendance.not_present', 'Nobody checked in here yet.')
}

/**
 * Records a check-out, whichever way it was made.
 * @throws DomainError `attendance.not_present`
 */
export async function leave(
  tx: Writer,
  found: FoundAssignment,
  by: { operationId: string; at: DateTime; via: AttendanceVia; byUserId: string | null },
): Promise<Attendance> {
  const present = await attendanceOf(tx, found.id)
  if (!present?.checkInAt) throw notPresent()
  if (present.checkOutAt) return present
  const minutes = minutesOf(await windowFor(tx, found, by.at), present.checkInAt, by.at)
  const departure = { assignmentId: found.id, checkOutAt: by.at, minutes }
  if (!(await recordDeparture(tx, departure))) return (await attendanceOf(tx, found.id)) ?? present
  await insertOperation(tx, { assignmentId: found.id, kind: 'check_out', ...by })
  await addToTotals(tx, { ...found, checkedOut: 1, minutes })
  return { ...present, checkOutAt: by.at, minutes }
}

/**
 * Undoes the person's own check-out, within ten minutes: it was a mistaken tap. The person is present again; the log
 * keeps both operations. Idempotent.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `attendance.not_present`,
 *   `attendance.undo_over`
 */
export async function undoCheckOut(
  tx: Writer,
  keys: KeyRing,
  asked: Omit<OwnCheckOut, 'early'>,
): Promise<Attendance> {
  const { assignmentId, operationId, at } = asked
  const found = await assignmentByLink(tx, keys, asked)
  const was = await attendanceOf(tx, assignmentId)
  if (!was?.checkInAt) throw notPresent()
  if (!was.checkOutAt || (await isKnownOperation(tx, assignmentId, operationId))) return was
  if (!mayUndoLeaving(was.checkOutAt, at)) {
    throw new DomainError('conflict', 'attendance.undo_over', 'It can be taken back for ten minutes only.')
  }
  const undone = await takeBackDeparture(tx, { assignmentId, checkOutAt: was.checkOutAt })
  if (!undone) return (await attendanceOf(tx, assignmentId)) ?? was
  const operation = { assignmentId, operationId, at, via: 'link', byUserId: null } as const
  await insertOperation(tx, { ...operation, kind: 'undo_check_out' })
  await addToTotals(tx, { ...found, checkedOut: -1, minutes: -(was.minutes ?? 0) })
  return undone
}

/** Whether the person can still undo their own check-out. */
export function mayUndoLeaving(checkOutAt: DateTime, at: DateTime): boolean {
  return at.toMillis() - checkOutAt.toMillis() < undoLeaveMin * 60_000
}
