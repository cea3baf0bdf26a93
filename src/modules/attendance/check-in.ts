import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { judgePosition, lacksConsent } from './circumstances.ts'
import { assignmentByLink, type Ended, type FoundAssignment } from './find-assignment.ts'
import { noPosition, type Place } from './position.ts'
import { gradeOfOwn, isOpen, opensBeforeMin, timingOf } from './rules.ts'
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
 * Records that a volunteer arrived, by their personal link. Idempotent per assignment and operation: a repeated
 * request gets the first answer back. Every statement decides by itself, so `statement` isolation is enough.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `assignment.cancelled`, `shift.cancelled`,
 *   `event.cancelled`, `event.closed`, `attendance.not_open`
 */
export async function checkInByLink(tx: Writer, keys: KeyRing, asked: OwnCheckIn): Promise<Attendance> {
  const { operationId, position, at } = asked
  const found = await assignmentByLink(tx, keys, asked)
  assertLive(found)
  assertOpen(found, at)
  const { judgement, band } = position ? await judgePosition(tx, found, position) : noPosition
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
  }
  return arrive(tx, found, arrival, operationId)
}

const endings: Record<Ended, string> = {
  'event.cancelled': 'The event is cancelled.',
  'shift.cancelled': 'The shift is cancelled.',
  'assignment.cancelled': 'The assignment is cancelled.',
  'event.closed': 'The event is closed.',
}

/** @throws DomainError when there is nothing to come to any more */
export function assertLive({ ended }: FoundAssignment): void {
  if (ended) throw new DomainError('conflict', ended, endings[ended])
}

/** @throws DomainError `attendance.not_open` hours before the start; being late is never refused */
export function assertOpen(found: FoundAssignment, at: DateTime): void {
  if (isOpen(found, at)) return
  const opensAt = found.startsAt.minus({ minutes: opensBeforeMin }).toISO()
  throw new DomainError('conflict', 'attendance.not_open', 'Check-in is not open yet.', { opensAt })
}

/** Writes an arrival, its evidence and the shift's totals; an earlier arrival stands. */
export async function arrive(
  tx: Writer,
  found: FoundAssignment,
  arrival: NewAttendance,
  operationId: string,
): Promise<Attendance> {
  const { assignmentId, checkInAt, timing, via, recordedByUserId } = arrival
  const id = await insertAttendance(tx, arrival)
  const recorded = id ? asInserted(id, arrival) : await arriveAgain(tx, arrival, operationId)
  if (!recorded) return (await attendanceOf(tx, assignmentId)) as Attendance
  await insertOperation(tx, {
    assignmentId,
    operationId,
    kind: 'check_in',
    at: checkInAt,
    via,
    byUserId: recordedByUserId,
  })
  await addToTotals(tx, { ...found, present: 1, late: timing === 'late' ? 1 : 0 })
  const flags = await flagsOf(tx, found, arrival)
  if (flags.length === 0) return recorded
  return (await changeAttendance(tx, assignmentId, 'present', { flags })) ?? recorded
}

function asInserted(id: string, arrival: NewAttendance): Attendance {
  return { ...arrival, id, checkOutAt: null, minutes: null, flags: null, createdAt: arrival.checkInAt }
}

/** There is a row already: who is here stays here (undefined); who was taken back may come again, but not by an old request. */
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
  found: FoundAssignment,
  arrival: NewAttendance,
): Promise<AttendanceFlag[]> {
  const flags: AttendanceFlag[] = []
  if (arrival.positionJudgement === 'far') flags.push('far')
  if (await lacksConsent(tx, found)) flags.push('consent_missing')
  return flags
}
