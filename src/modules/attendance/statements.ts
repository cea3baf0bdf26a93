/** Prepared statements of a check-in. They are built once per connection, because check-ins come in bursts (hot path). */
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

const { placeholder } = sql

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
  /** When the service received it: the time of arrival, or later after recording without network. */
  createdAt: DateTime
}

/** Inserts an attendance. @returns undefined when the assignment has one already: the unique key decides races */
export async function insertAttendance(tx: Writer, row: NewAttendance): Promise<string | undefined> {
  const [inserted] = await prepared(tx, 'attendance_insert', (db) =>
    db
      .insert(attendances)
      .values({
        id: placeholder('id'),
        assignmentId: placeholder('assignmentId'),
        shiftId: placeholder('shiftId'),
        checkInAt: placeholder('checkInAt'),
        timing: placeholder('timing'),
        grade: placeholder('grade'),
        via: placeholder('via'),
        positionJudgement: placeholder('positionJudgement'),
        distanceBand: placeholder('distanceBand'),
        recordedByUserId: placeholder('recordedByUserId'),
        createdAt: placeholder('createdAt'),
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

/** Appends an operation to the log; a repeated operation id of an assignment is ignored. */
export async function insertOperation(tx: Writer, operation: Operation): Promise<void> {
  await prepared(tx, 'attendance_operation', (db) =>
    db
      .insert(attendanceOperations)
      .values({
        assignmentId: placeholder('assignmentId'),
        operationId: placeholder('operationId'),
        kind: placeholder('kind'),
        at: placeholder('at'),
        via: placeholder('via'),
        byUserId: placeholder('byUserId'),
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

/** Adds to the totals of a shift (upsert: the first arrival inserts the row). */
export async function addToTotals(tx: Writer, change: TotalsChange): Promise<void> {
  await prepared(tx, 'attendance_totals', (db) =>
    db
      .insert(shiftTotals)
      .values({
        shiftId: placeholder('shiftId'),
        eventId: placeholder('eventId'),
        present: placeholder('present'),
        checkedOut: placeholder('checkedOut'),
        late: placeholder('late'),
        minutes: placeholder('minutes'),
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

/** The attendance of an assignment, if there is one. */
export async function attendanceOf(tx: Writer, assignmentId: string): Promise<Attendance | undefined> {
  const [found] = await prepared(tx, 'attendance_of_assignment', (db) =>
    db
      .select()
      .from(attendances)
      .where(eq(attendances.assignmentId, placeholder('assignmentId')))
      .prepare('attendance_of_assignment'),
  ).execute({ assignmentId })
  return found
}

/** Whether this operation id was recorded before for the assignment, even if it was undone since. */
export async function isKnownOperation(
  tx: Writer,
  assignmentId: string,
  operationId: string,
): Promise<boolean> {
  const known = await prepared(tx, 'attendance_known_operation', (db) =>
    db
      .select({ at: attendanceOperations.at })
      .from(attendanceOperations)
      .where(
        and(
          eq(attendanceOperations.assignmentId, placeholder('assignmentId')),
          eq(attendanceOperations.operationId, placeholder('operationId')),
        ),
      )
      .prepare('attendance_known_operation'),
  ).execute({ assignmentId, operationId })
  return known.length > 0
}

/** Records that a present person left; false when a concurrent request was first. */
export async function recordDeparture(
  tx: Writer,
  departure: { assignmentId: string; checkOutAt: DateTime; minutes: number },
): Promise<boolean> {
  const left = await prepared(tx, 'attendance_departure', (db) =>
    db
      .update(attendances)
      .set({
        checkOutAt: sql`${sql.param(placeholder('checkOutAt'), attendances.checkOutAt)}`,
        minutes: sql`${placeholder('minutes')}`,
      })
      .where(
        and(
          eq(attendances.assignmentId, placeholder('assignmentId')),
          isNotNull(attendances.checkInAt),
          isNull(attendances.checkOutAt),
        ),
      )
      .returning({ id: attendances.id })
      .prepare('attendance_departure'),
  ).execute(departure)
  return left.length > 0
}

/** Undoes one departure; undefined when it was undone already or replaced by a later one. */
export async function takeBackDeparture(
  tx: Writer,
  { assignmentId, checkOutAt }: { assignmentId: string; checkOutAt: DateTime },
): Promise<Attendance | undefined> {
  const [back] = await tx
    .update(attendances)
    .set({ checkOutAt: null, minutes: null })
    .where(and(eq(attendances.assignmentId, assignmentId), eq(attendances.checkOutAt, checkOutAt)))
    .returning()
  return back
}

/** Changes an attendance only if it is in the expected state; undefined when a concurrent request was first. */
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
