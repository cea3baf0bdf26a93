import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { assertTeamsWithin, humanOf } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { arrive, assertLive, assertOpen } from './check-in.ts'
import { leave } from './check-out.ts'
import { asItWas, assignmentById, type FoundAssignment } from './find-assignment.ts'
import { openedBy, type PassHolder } from './roll/pass.ts'
import { timingOf } from './rules.ts'
import {
  type Attendance,
  addToTotals,
  attendanceOf,
  changeAttendance,
  insertOperation,
  isKnownOperation,
} from './statements.ts'

/**
 * Who calls the roll: a signed-in user, or the holder of a roll pass acting in the name of the person who issued it.
 */
export type RollCaller = Actor | PassHolder

export interface RollCall {
  assignmentId: string
  operationId: string
  by: RollCaller
  /** When the leader tapped the name. */
  at: DateTime
  /** When the service received it, if later. */
  receivedAt?: DateTime
  /** Recorded on the phone without network. */
  offline?: boolean
}

/**
 * Check-in by the leader's roll-call: records an arrival with grade B, or confirms the person's own check-in (grade C
 * becomes B). A leader cannot give grade B to their own assignment. Idempotent per assignment and operation id.
 * @throws DomainError `assignment.missing` (also out of reach), `assignment.cancelled`, `shift.cancelled`,
 *   `event.cancelled`, `event.closed`, `attendance.not_open`
 */
export async function checkInByRollCall(tx: Writer, keys: KeyRing, call: RollCall): Promise<Attendance> {
  const { assignmentId, operationId, by, at, receivedAt = at, offline = false } = call
  const found = await asItWas(tx, await assignmentWithin(tx, call), at)
  assertLive(found)
  assertOpen(found, at)
  const own = await isOwnPlace(tx, call)
  const via = offline ? 'offline_roll' : 'roll_call'
  const recorded = await arrive(
    tx,
    keys,
    found,
    {
      assignmentId,
      shiftId: found.shiftId,
      checkInAt: at,
      timing: timingOf(found, at),
      grade: own ? 'C' : 'B',
      via,
      positionJudgement: 'none',
      distanceBand: null,
      recordedByUserId: by.userId,
      createdAt: receivedAt,
    },
    operationId,
  )
  if (!recorded.checkInAt || recorded.grade !== 'C' || own) return recorded
  const confirmed = await changeAttendance(tx, assignmentId, 'present', { grade: 'B' })
  await insertOperation(tx, {
    assignmentId,
    operationId,
    kind: 'confirm',
    at: receivedAt,
    via,
    byUserId: by.userId,
  })
  return confirmed ?? recorded
}

/**
 * Check-out by the leader's roll-call. Idempotent.
 * @throws DomainError `assignment.missing`, `attendance.not_present`
 */
export async function checkOutByRollCall(tx: Writer, call: RollCall): Promise<Attendance> {
  const { operationId, by, at } = call
  const found = await assignmentWithin(tx, call)
  return leave(tx, found, { operationId, at, via: 'roll_call', byUserId: by.userId })
}

/**
 * Undoes a check-in: the person was not there. The operations log keeps both records. The person can be checked in
 * again later. Idempotent.
 * @throws DomainError `assignment.missing` (also out of reach), `attendance.missing`
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

const caller = alias(persons, 'caller')

/** Whether this place is that of the human who calls the roll, by whichever of their records it is held. */
async function isOwnPlace(tx: Writer, { assignmentId, by }: RollCall): Promise<boolean> {
  const [own] = await tx
    .select({ id: assignments.id })
    .from(users)
    .innerJoin(caller, eq(caller.id, users.personId))
    .innerJoin(assignments, eq(assignments.id, assignmentId))
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .where(and(eq(users.id, by.userId), eq(humanOf(persons), humanOf(caller))))
  return own !== undefined
}

/**
 * The assignment, if the caller may record it: leaders for their own teams, a roll pass for the names it was issued
 * for.
 */
export async function assignmentWithin(
  tx: Writer,
  { assignmentId, by }: Pick<RollCall, 'assignmentId' | 'by'>,
): Promise<FoundAssignment> {
  const found = await assignmentById(tx, assignmentId)
  const missing = new DomainError('missing', 'assignment.missing', 'There is no such assignment.')
  const [of] = await tx
    .select({ teamId: assignments.teamId })
    .from(assignments)
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .where(and(eq(assignments.id, assignmentId), 'pass' in by ? openedBy(tx, by.pass) : undefined))
  if ('pass' in by) {
    if (!of) throw missing
    return found
  }
  const reach = reachOf(by, 'attendance.record')
  if (reach.everything) return found
  if (!of?.teamId) throw missing
  await assertTeamsWithin(tx, reach, [of.teamId]).catch((error: unknown) => {
    throw error instanceof DomainError ? missing : error
  })
  return found
}
