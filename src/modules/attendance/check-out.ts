import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { assignmentByLink, type FoundAssignment } from './find-assignment.ts'
import { minutesOf } from './rules.ts'
import { type Attendance, addToTotals, attendanceOf, insertOperation, recordDeparture } from './statements.ts'
import type { AttendanceVia } from './words.ts'

export interface OwnCheckOut {
  token: string
  assignmentId: string
  operationId: string
  at: DateTime
}

/**
 * Records that a volunteer left, by their personal link. Repeating it changes nothing: the first time counts.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `attendance.not_present`
 */
export async function checkOutByLink(tx: Writer, keys: KeyRing, asked: OwnCheckOut): Promise<Attendance> {
  const found = await assignmentByLink(tx, keys, asked)
  return leave(tx, found, { operationId: asked.operationId, at: asked.at, via: 'link', byUserId: null })
}

/** @throws DomainError `attendance.not_present` */
export async function leave(
  tx: Writer,
  found: FoundAssignment,
  by: { operationId: string; at: DateTime; via: AttendanceVia; byUserId: string | null },
): Promise<Attendance> {
  const present = await attendanceOf(tx, found.id)
  if (!present?.checkInAt) {
    throw new DomainError('conflict', 'attendance.not_present', 'Nobody checked in here yet.')
  }
  if (present.checkOutAt) return present
  const minutes = minutesOf(found, present.checkInAt, by.at)
  const departure = { assignmentId: found.id, checkOutAt: by.at, minutes }
  if (!(await recordDeparture(tx, departure))) return (await attendanceOf(tx, found.id)) ?? present
  await insertOperation(tx, { assignmentId: found.id, kind: 'check_out', ...by })
  await addToTotals(tx, { ...found, checkedOut: 1, minutes })
  return { ...present, checkOutAt: by.at, minutes }
}
