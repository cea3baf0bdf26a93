import { sql } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { allotments, assignments } from '#modules/mobilization/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import {
  bool,
  check,
  day,
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
  LateOrigin,
  OperationKind,
  PositionJudgement,
  Timing,
} from './words.ts'

/**
 * 签到记录: the present state of one assignment's attendance; its history is in `attendance_operations`. `checkInAt`
 * null: the check-in was undone. The position itself is never stored.
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
    /** Time of service in whole minutes inside the shift; null until check-out. */
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
  // No index by shift: every check-in would have to write one more index page. A roll-call reads by assignment.
  (t) => [uniqueIndex('attendances_once').on(t.assignmentId)],
)

/**
 * All operations on attendances, append-only: the evidence. An operation id is unique per assignment. One kind alone
 * is deleted: the undo made by a merge of people, when the merge is undone; the audit trail keeps both.
 */
export const attendanceOperations = table(
  'attendance_operations',
  {
    assignmentId: text()
      .notNull()
      .references(() => assignments.id),
    operationId: text().notNull(),
    kind: text<OperationKind>().notNull(),
    /** The server's time, which is the one that counts. */
    at: instant().notNull(),
    via: text<AttendanceVia>().notNull(),
    byUserId: text(),
  },
  (t) => [primaryKey({ columns: [t.assignmentId, t.operationId] })],
)

/**
 * 补录: a statement after the shift that a person was present. It changes no outcome until a second person approves it.
 * It escalates when nobody decides, and never expires.
 */
export const lateEntries = table(
  'late_entries',
  {
    id: text().primaryKey(),
    assignmentId: text()
      .notNull()
      .references(() => assignments.id),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Entries made in one request share this id: nobody named in one of them may decide any of them. */
    actId: text().notNull(),
    origin: text<LateOrigin>().notNull(),
    /** Null: the person asked by their own link. */
    askedByUserId: text(),
    askedAt: instant().notNull(),
    arrivedAt: instant().notNull(),
    leftAt: instant().notNull(),
    reason: text().notNull(),
    /** The level of approval reached so far: position in `ladderOf`. */
    step: int().notNull().default(0),
    /**
     * The day of the next escalation; null at the top level. Counted in working days, and counted again while the
     * calendar of that year is provisional.
     */
    climbsOn: day(),
    climbsAt: instant(),
    climbProvisional: bool().notNull().default(false),
    decidedAt: instant(),
    decidedByUserId: text(),
    approved: bool(),
    decisionReason: text(),
    /** When the entry was sampled for review by an office. */
    drawnAt: instant(),
    reviewedAt: instant(),
    reviewedByUserId: text(),
    upheld: bool(),
  },
  (t) => [
    uniqueIndex('late_entries_pending').on(t.assignmentId).where(sql`decided_at is null`),
    index('late_entries_by_event').on(t.eventId, t.id),
    index('late_entries_by_assignment').on(t.assignmentId),
    index('late_entries_climbing').on(t.climbsAt).where(sql`decided_at is null`),
  ],
)

/** 点名凭证: a link for the roll-call of one shift. It shows only names and expires two hours after the end. */
export const rollPasses = table(
  'roll_passes',
  {
    id: text().primaryKey(),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    /** The team it covers; null: everybody on the shift. */
    teamId: text().references(() => teams.id),
    tokenHash: text().notNull(),
    issuedByUserId: text().notNull(),
    issuedAt: instant().notNull(),
    revokedAt: instant(),
    revokedByUserId: text(),
  },
  (t) => [
    uniqueIndex('roll_passes_token').on(t.tokenHash),
    index('roll_passes_by_shift').on(t.shiftId, t.id),
  ],
)

/** Head counts of an allotment (people without names). A later count supersedes an earlier one; both are kept. */
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
    /** Heads of the allotment that came and have no name here; `adults` of them are of age. */
    present: int().notNull(),
    adults: int().notNull(),
    /** Companions (family and others) who belong to no allotment. */
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

/** Totals of a shift, updated in the transaction of each change. Zones and events are sums over shifts. */
export const shiftTotals = table(
  'shift_totals',
  {
    shiftId: text()
      .primaryKey()
      .references(() => shifts.id),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Named people who arrived, including those who have left again. */
    present: int().notNull().default(0),
    checkedOut: int().notNull().default(0),
    late: int().notNull().default(0),
    minutes: int().notNull().default(0),
    /** Heads counted without names, the adults among them, and companions. */
    counted: int().notNull().default(0),
    countedAdults: int().notNull().default(0),
    companions: int().notNull().default(0),
  },
  (t) => [index('shift_totals_by_event').on(t.eventId)],
)
