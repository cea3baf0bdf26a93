import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { isReadByGuardian, judgePosition, lacksConsent } from './circumstances.ts'
import { assignmentByLink, type Ended, type FoundAssignment } from './find-assignment.ts'
import { noPosition, type Place } from './position.ts'
import { gradeOfOwn, opensBeforeMin, phaseOf, timingOf } from './rules.ts'
import {
  type Attendance,
  addToTotals,
  attendanceOf,
  changeAttendance,
  insertAttendance,
  insertOperation,
  isKnownOperation,
  type NewAttendance,
} from './statements.ts'
import type { AttendanceFlag } from './words.ts'

export interface OwnCheckIn {
  token: string
  assignmentId: string
  operationId: string
  position?: Place
  at: DateTime
}

/**
 * Check-in by the volunteer's personal link. Idempotent per assignment and operation id: a repeated request returns
 * the first answer. No statement depends on an earlier read, so `statement` isolation is enough.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `assignment.cancelled`,
 *   `shift.cancelled`, `event.cancelled`, `event.closed`, `attendance.not_open`, `attendance.over`,
 *   `attendance.by_teacher`
 */
export async function checkInByLink(tx: Writer, keys: KeyRing, asked: OwnCheckIn): Promise<Attendance> {
  const { operationId, position, at } = asked
  const found = await assignmentByLink(tx, keys, asked)
  assertLive(found)
  const { judgement, band } = position ? await judgePosition(tx, keys, found, position) : noPosition
  assertOpen(found, at, judgement === 'inside' ? opensBeforeMin : found.checkInOpensMin)
  if (await isReadByGuardian(tx, keys, found)) throw byTeacher()
  const arrival: NewAttendance = {
    assignmentId: found.id,
    shiftId: found.shiftId,
    checkInAt: at,
    timing: timingOf(found, at),
    grade: gradeOfOwn(found, at, judgement),
    via: 'link',
    positionJudgement: judgement,
    distanceBand: band,
    recordedByUserId: null,
    createdAt: at,
  }
  return arrive(tx, keys, found, arrival, operationId)
}

const endings: Record<Ended, string> = {
  'event.cancelled': 'The event is cancelled.',
  'shift.cancelled': 'The shift is cancelled.',
  'assignment.cancelled': 'The assignment is cancelled.',
  'event.closed': 'The event is closed.',
}

/**
 * Asserts that the assignment still takes place.
 * @throws DomainError with the code in `ended` when the event, the shift or the assignment has ended
 */
export function assertLive({ ended }: FoundAssignment): void {
  if (ended) throw new DomainError('conflict', ended, endings[ended])
}

/**
 * Asserts that check-in is open. A late person is never refused during the shift.
 * @throws DomainError `attendance.not_open` before check-in opens, `attendance.over` after the shift
 */
export function assertOpen(
  shift: { startsAt: DateTime; endsAt: DateTime },
  at: DateTime,
  opensMin = opensBeforeMin,
): void {
  const phase = phaseOf(shift, at, opensMin)
  if (phase === 'over') throw attendanceOver(shift)
  if (phase === 'open') return
  const opensAt = shift.startsAt.minus({ minutes: opensMin }).toISO()
  throw new DomainError('conflict', 'attendance.not_open', 'Check-in is not open yet.', { opensAt })
}

/** The error after the end of a shift, when people can no longer check in or out by themselves. */
export function attendanceOver({ endsAt }: { endsAt: DateTime }): DomainError {
  return new DomainError('conflict', 'attendance.over', 'The shift is over.', { endedAt: endsAt.toISO() })
}

function byTeacher(): DomainError {
  return new DomainError(
    'conflict',
    'attendance.by_teacher',
    'This link is read by a guardian: the teacher of the class counts its pupils.',
  )
}

/** Writes an arrival with its evidence and updates the totals of the shift. An earlier arrival is kept. */
export async function arrive(
  tx: Writer,
  keys: KeyRing,
  found: FoundAssignment,
  arrival: NewAttendance,
  operationId: string,
): Promise<Attendance> {
  const { assignmentId, createdAt, timing, via, recordedByUserId } = arrival
  const id = await insertAttendance(tx, arrival)
  const recorded = id ? asInserted(id, arrival) : await arriveAgain(tx, arrival, operationId)
  if (!recorded) return (await attendanceOf(tx, assignmentId)) as Attendance
  await insertOperation(tx, {
    assignmentId,
    operationId,
    kind: 'check_in',
    at: createdAt,
    via,
    byUserId: recordedByUserId,
  })
  await addToTotals(tx, { ...found, present: 1, late: timing === 'late' ? 1 : 0 })
  const flags = await flagsOf(tx, keys, found, arrival)
  if (flags.length === 0) return recorded
  return (await changeAttendance(tx, assignmentId, 'present', { flags })) ?? recorded
}

function asInserted(id: string, arrival: NewAttendance): Attendance {
  return { ...arrival, id, checkOutAt: null, minutes: null, flags: null }
}

/**
 * The assignment has an attendance row. A person who is present stays present (returns undefined). After an undo, a
 * new operation records a new arrival, a repeated old one does not.
 */
async function arriveAgain(
  tx: Writer,
  arrival: NewAttendance,
  operationId: string,
): Promise<Attendance | undefined> {
  const { assignmentId } = arrival
  if (await isKnownOperation(tx, assignmentId, operationId)) return undefined
  const set = { ...arrival, checkOutAt: null, minutes: null, flags: null }
  return changeAttendance(tx, assignmentId, 'undone', set)
}

async function flagsOf(
  tx: Writer,
  keys: KeyRing,
  found: FoundAssignment,
  arrival: NewAttendance,
): Promise<AttendanceFlag[]> {
  const flags: AttendanceFlag[] = []
  if (arrival.positionJudgement === 'far') flags.push('far')
  if (await lacksConsent(tx, keys, found)) flags.push('consent_missing')
  return flags
}
