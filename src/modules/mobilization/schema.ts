import { sql } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { bool, check, index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { Answer, AnswerVia, CancelReason, Origin, RevokedBecause } from './words.ts'

/** 需求人数 asked of a unit and 上报人数 it answers with. `pledged` null: not answered yet; 0: refused. */
export const quotas = table(
  'quotas',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    unitId: text()
      .notNull()
      .references(() => units.id),
    asked: int().notNull(),
    pledged: int(),
    note: text(),
    answeredAt: instant(),
    answeredByUserId: text(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('quotas_once').on(t.eventId, t.unitId),
    index('quotas_by_unit').on(t.unitId),
    check('quotas_counts', sql`asked >= 0 and (pledged is null or pledged >= 0)`),
  ],
)

/**
 * 派队: heads of a team or class held on a shift; people are named into it later, some never.
 * `heads` counts everybody, `minors` how many of them are; `named` how many of the heads have a name.
 */
export const allotments = table(
  'allotments',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    heads: int().notNull(),
    minors: int().notNull().default(0),
    named: int().notNull().default(0),
    pinned: bool().notNull().default(false),
    origin: text<Origin>().notNull(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('allotments_once').on(t.shiftId, t.teamId),
    index('allotments_by_event').on(t.eventId, t.id),
    index('allotments_by_team').on(t.teamId),
    check('allotments_counts', sql`heads >= 1 and minors between 0 and heads and named between 0 and heads`),
  ],
)

/** 报名: a person offers to take part in an event, here through a leader. */
export const signUps = table(
  'sign_ups',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    personId: text()
      .notNull()
      .references(() => persons.id),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    offeredByUserId: text().notNull(),
    offeredAt: instant().notNull(),
    withdrawnAt: instant(),
  },
  (t) => [
    uniqueIndex('sign_ups_once').on(t.eventId, t.personId).where(sql`withdrawn_at is null`),
    index('sign_ups_by_team').on(t.eventId, t.teamId),
    index('sign_ups_by_person').on(t.personId),
  ],
)

/**
 * 参与: person × event. Holds the personal link and the answer. Of the link only a keyed hash is here; the link
 * itself is derived from id and generation with a key outside the database.
 */
export const participations = table(
  'participations',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    personId: text()
      .notNull()
      .references(() => persons.id),
    teamId: text().references(() => teams.id),
    linkHash: text(),
    linkGeneration: int().notNull().default(1),
    linkRevokedAt: instant(),
    linkRevokedBecause: text<RevokedBecause>(),
    /** Null is unanswered. Accepted as soon as one shift is; declined when all are. */
    answer: text<Answer>(),
    answeredAt: instant(),
    answeredVia: text<AnswerVia>(),
    /** The account of the leader who recorded a spoken answer. */
    answeredByUserId: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('participations_once').on(t.eventId, t.personId),
    uniqueIndex('participations_link').on(t.linkHash),
    index('participations_by_event').on(t.eventId, t.id),
    index('participations_by_person').on(t.personId),
    index('participations_by_team').on(t.teamId),
  ],
)

/**
 * 岗位安排: one person on one shift; an invitation until accepted. Team and unit are frozen: they are credited
 * whatever the person joins later. Live while not cancelled; holds its place until `freedAt`.
 */
export const assignments = table(
  'assignments',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    participationId: text()
      .notNull()
      .references(() => participations.id),
    personId: text()
      .notNull()
      .references(() => persons.id),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    teamId: text().references(() => teams.id),
    unitId: text().references(() => units.id),
    /** The allotment one of whose heads this person fills; null: a place of its own. */
    allotmentId: text().references(() => allotments.id),
    origin: text<Origin>().notNull(),
    pinned: bool().notNull().default(false),
    /** Whether the person is a minor on the day the event begins. */
    minor: bool().notNull().default(false),
    answer: text<Answer>(),
    answeredAt: instant(),
    excusedAt: instant(),
    cancelledAt: instant(),
    cancelReason: text<CancelReason>(),
    /** Since when the place belongs to others again: declined, excused or cancelled. */
    freedAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('assignments_once').on(t.personId, t.shiftId).where(sql`cancelled_at is null`),
    index('assignments_by_participation').on(t.participationId),
    index('assignments_by_shift').on(t.shiftId),
    index('assignments_by_event').on(t.eventId, t.id),
    index('assignments_by_team').on(t.teamId),
    index('assignments_by_unit').on(t.unitId),
    index('assignments_by_allotment').on(t.allotmentId),
  ],
)
