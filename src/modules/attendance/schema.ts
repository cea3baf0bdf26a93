import { sql } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import {
  check,
  index,
  instant,
  int,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type {
  AttendanceFlag,
  AttendanceVia,
  DistanceBand,
  EvidenceGrade,
  OperationKind,
  PositionJudgement,
  Timing,
} from './words.ts'

/**
 * 签到记录: what really happened with one assignment, as it stands now; how it came about is in
 * `attendance_operations`. `checkInAt` null: the check-in was undone. A position itself is never kept.
 */
export const attendances = table(
  'attendances',
  {
    id: text().primaryKey(),
    assignmentId: text()
      .notNull()
      .references(() => assignments.id),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    checkInAt: instant(),
    checkOutAt: instant(),
    timing: text<Timing>().notNull(),
    /** Time really given, in whole minutes inside the shift; null until checked out. */
    minutes: int(),
    grade: text<EvidenceGrade>().notNull(),
    via: text<AttendanceVia>().notNull(),
    positionJudgement: text<PositionJudgement>().notNull(),
    distanceBand: text<DistanceBand>(),
    flags: json<AttendanceFlag[]>(),
    /** The account of the leader who called the roll; null: the person's own link. */
    recordedByUserId: text(),
    createdAt: instant().notNull(),
  },
  // No index by shift: every check-in would write another page of it. The roll comes by its assignments.
  (t) => [uniqueIndex('attendances_once').on(t.assignmentId)],
)

/** Everything that was done, append-only: the evidence. An operation id counts once for an assignment. */
export const attendanceOperations = table(
  'attendance_operations',
  {
    assignmentId: text()
      .notNull()
      .references(() => assignments.id),
    operationId: text().notNull(),
    kind: text<OperationKind>().notNull(),
    /** The service's time: it decides. */
    at: instant().notNull(),
    via: text<AttendanceVia>().notNull(),
    byUserId: text(),
  },
  (t) => [primaryKey({ columns: [t.assignmentId, t.operationId] })],
)

/** Heads of an allotment counted without names; a later count supersedes an earlier, and both are kept. */
export const groupCounts = table(
  'group_counts',
  {
    id: text().primaryKey(),
    operationId: text().notNull(),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    allotmentId: text()
      .notNull()
      .references(() => allotments.id),
    /** Heads of the allotment that came without being named; of them `adults` are of age. */
    present: int().notNull(),
    adults: int().notNull(),
    /** Family and others who came along and belong to no allotment. */
    companions: int().notNull(),
    countedByUserId: text().notNull(),
    countedAt: instant().notNull(),
    supersededAt: instant(),
  },
  (t) => [
    uniqueIndex('group_counts_once').on(t.allotmentId, t.operationId),
    uniqueIndex('group_counts_current').on(t.allotmentId).where(sql`superseded_at is null`),
    index('group_counts_by_shift').on(t.shiftId),
    check('group_counts_counts', sql`present >= 0 and adults between 0 and present and companions >= 0`),
  ],
)

/** What is true of a shift now, changed in the transaction that changes it; zones and events are sums of these. */
export const shiftTotals = table(
  'shift_totals',
  {
    shiftId: text()
      .primaryKey()
      .references(() => shifts.id),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Named people who arrived, whether or not they have left again. */
    present: int().notNull().default(0),
    checkedOut: int().notNull().default(0),
    late: int().notNull().default(0),
    minutes: int().notNull().default(0),
    /** Heads counted without names, adults among them, and those who came along. */
    counted: int().notNull().default(0),
    countedAdults: int().notNull().default(0),
    companions: int().notNull().default(0),
  },
  (t) => [index('shift_totals_by_event').on(t.eventId)],
)
