/** The statements of a check-in, each built once for a connection: it is what a whole crowd does at once. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { prepared, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { attendanceOperations, attendances, shiftTotals } from './schema.ts'
import type {
  AttendanceVia,
  DistanceBand,
  EvidenceGrade,
  OperationKind,
  PositionJudgement,
  Timing,
} from './words.ts'

export type Attendance = typeof attendances.$inferSelect

const at = sql.placeholder

export interface NewAttendance {
  assignmentId: string
  shiftId: string
  checkInAt: DateTime
  timing: Timing
  grade: EvidenceGrade
  via: AttendanceVia
  positionJudgement: PositionJudgement
  distanceBand: DistanceBand | null
  recordedByUserId: string | null
}

/** Undefined when the assignment has an attendance already: the unique key decides who was first. */
export async function insertAttendance(tx: Writer, row: NewAttendance): Promise<string | undefined> {
  const [inserted] = await prepared(tx, 'attendance_insert', (db) =>
    db
      .insert(attendances)
      .values({
        id: at('id'),
        assignmentId: at('assignmentId'),
        shiftId: at('shiftId'),
        checkInAt: at('checkInAt'),
        timing: at('timing'),
        grade: at('grade'),
        via: at('via'),
        positionJudgement: at('positionJudgement'),
        distanceBand: at('distanceBand'),
        recordedByUserId: at('recordedByUserId'),
        createdAt: at('checkInAt'),
      })
      .onConflictDoNothing()
      .returning({ id: attendances.id })
      .prepare('attendance_insert'),
  ).execute({ id: newId(), ...row })
  return inserted?.id
}

export interface Operation {
  assignmentId: string
  operationId: string
  kind: OperationKind
  at: DateTime
  via: AttendanceVia
  byUserId: string | null
}

export async function insertOperation(tx: Writer, operation: Operation): Promise<void> {
  await prepared(tx, 'attendance_operation', (db) =>
    db
      .insert(attendanceOperations)
      .values({
        assignmentId: at('assignmentId'),
        operationId: at('operationId'),
        kind: at('kind'),
        at: at('at'),
        via: at('via'),
        byUserId: at('byUserId'),
      })
      .onConflictDoNothing()
      .prepare('attendance_operation'),
  ).execute({ ...operation })
}

export interface TotalsChange {
  shiftId: string
  eventId: string
  present?: number
  checkedOut?: number
  late?: number
  minutes?: number
}

/** Adds to the totals of one shift, whose row is made by the first to arrive. */
export async function addToTotals(tx: Writer, change: TotalsChange): Promise<void> {
  await prepared(tx, 'attendance_totals', (db) =>
    db
      .insert(shiftTotals)
      .values({
        shiftId: at('shiftId'),
        eventId: at('eventId'),
        present: at('present'),
        checkedOut: at('checkedOut'),
        late: at('late'),
        minutes: at('minutes'),
      })
      .onConflictDoUpdate({
        target: shiftTotals.shiftId,
        set: {
          present: sql`${shiftTotals.present} + excluded.present`,
          checkedOut: sql`${shiftTotals.checkedOut} + excluded.checked_out`,
          late: sql`${shiftTotals.late} + excluded.late`,
          minutes: sql`${shiftTotals.minutes} + excluded.minutes`,
        },
      })
      .prepare('attendance_totals'),
  ).execute({ present: 0, checkedOut: 0, late: 0, minutes: 0, ...change })
}

export async function attendanceOf(tx: Writer, assignmentId: string): Promise<Attendance | undefined> {
  const [found] = await prepared(tx, 'attendance_of_assignment', (db) =>
    db
      .select()
      .from(attendances)
      .where(eq(attendances.assignmentId, at('assignmentId')))
      .prepare('attendance_of_assignment'),
  ).execute({ assignmentId })
  return found
}

/** Whether this was asked before, whatever became of it since. */
export async function isKnownOperation(
  tx: Writer,
  assignmentId: string,
  operationId: string,
): Promise<boolean> {
  const known = await tx
    .select({ at: attendanceOperations.at })
    .from(attendanceOperations)
    .where(
      and(
        eq(attendanceOperations.assignmentId, assignmentId),
        eq(attendanceOperations.operationId, operationId),
      ),
    )
  return known.length > 0
}

/** Writes down that somebody who is here left; false when somebody was faster. */
export async function recordDeparture(
  tx: Writer,
  departure: { assignmentId: string; checkOutAt: DateTime; minutes: number },
): Promise<boolean> {
  const left = await prepared(tx, 'attendance_departure', (db) =>
    db
      .update(attendances)
      .set({
        checkOutAt: sql`${sql.param(at('checkOutAt'), attendances.checkOutAt)}`,
        minutes: sql`${at('minutes')}`,
      })
      .where(
        and(
          eq(attendances.assignmentId, at('assignmentId')),
          isNotNull(attendances.checkInAt),
          isNull(attendances.checkOutAt),
        ),
      )
      .returning({ id: attendances.id })
      .prepare('attendance_departure'),
  ).execute(departure)
  return left.length > 0
}

/** Changes an attendance only while it is as expected; undefined when somebody was faster. */
export async function changeAttendance(
  tx: Writer,
  assignmentId: string,
  expected: 'undone' | 'present',
  set: Partial<Omit<Attendance, 'id' | 'assignmentId'>>,
): Promise<Attendance | undefined> {
  const [changed] = await tx
    .update(attendances)
    .set(set)
    .where(
      and(
        eq(attendances.assignmentId, assignmentId),
        expected === 'undone' ? isNull(attendances.checkInAt) : isNotNull(attendances.checkInAt),
      ),
    )
    .returning()
  return changed
}
