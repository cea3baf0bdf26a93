import { sql } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { books, tasks } from '#modules/command/schema.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'
import { points } from '../points/tables.ts'
import { rounds } from '../rounds/tables.ts'
import { standards } from '../schemes/tables.ts'
import type { AnsweringStep, CaseSource, HeldReason, RecheckOutcome, Severity } from '../words.ts'

/** 整改问题: a finding to be put right. What becomes of it are the moves of its task. */
export const cases = table(
  'cases',
  {
    id: text().primaryKey(),
    /** 2026-03-017; it stays when the case is cancelled. */
    number: text().notNull(),
    /** The round, or `P2026-03` for the patrols of a month; with `sequence` it makes the number. */
    series: text().notNull(),
    sequence: int().notNull(),
    source: text<CaseSource>().notNull(),
    /** Null: its pictures did not all come yet, and 24 hours are not over. */
    taskId: text().references(() => tasks.id),
    bookId: text()
      .notNull()
      .references(() => books.id),
    roundId: text().references(() => rounds.id),
    /**
     * The visit and the observation that found it first; those that found it again name it (`observations.case_id`), and so
     * there is no foreign key the other way.
     */
    visitId: text().notNull(),
    observationId: text().notNull(),
    pointId: text().references(() => points.id),
    standardId: text()
      .notNull()
      .references(() => standards.id),
    /** Of the standard: the same in every edition. */
    standardCode: text().notNull(),
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    /** Empty: of the city alone. */
    districtCode: text().notNull(),
    /** The indicator, in its words. */
    category: text(),
    severity: text<Severity>().notNull(),
    /** Who answers, as it was decided, and by which step; null: nobody could be found, and an office says who. */
    unitId: text().references(() => units.id),
    answeringStep: text<AnsweringStep>(),
    foundByUserId: text()
      .notNull()
      .references(() => users.id),
    foundByUnitId: text().references(() => units.id),
    foundAt: instant().notNull(),
    /** Why it is not issued, though nothing of it is awaited any more. */
    heldBecause: text<HeldReason>(),
    /** 缺照片: it was issued without all of its pictures. */
    issuedWithoutPicturesAt: instant(),
    /** 反弹: how often it was found again within 180 days after it was closed. */
    recurrences: int().notNull().default(0),
    /** 复核, drawn among those that were closed. */
    recheckVisitId: text(),
    recheckOutcome: text<RecheckOutcome>(),
    /** A shift that was drafted from it. */
    shiftId: text().references(() => shifts.id),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('cases_number').on(t.number),
    uniqueIndex('cases_sequence').on(t.series, t.sequence),
    uniqueIndex('cases_task').on(t.taskId),
    index('cases_waiting').on(t.createdAt).where(sql`task_id is null`),
    index('cases_round').on(t.roundId, t.id),
    index('cases_again').on(t.pointId, t.standardCode),
    index('cases_zone').on(t.zoneId, t.id),
    index('cases_unit').on(t.unitId, t.id),
    index('cases_visit').on(t.visitId),
    index('cases_recheck').on(t.recheckVisitId),
    index('cases_shift').on(t.shiftId),
    index('cases_book').on(t.bookId),
  ],
)
