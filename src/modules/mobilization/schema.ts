import { sql } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { contacts, persons, teams, units } from '#modules/organisation/schema.ts'
import type { SealedText } from '#platform/crypto/index.ts'
import {
  type AnyColumn,
  bool,
  check,
  day,
  index,
  instant,
  int,
  json,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { MovedHeads, MovedPlace } from './transfers/moved.ts'
import type {
  Answer,
  AnswerVia,
  CancelReason,
  NoticeKind,
  Origin,
  RevokedBecause,
  TransferRefusal,
} from './words.ts'

/** 需求人数 that a unit is asked for, and 上报人数 that it answers. `pledged` null: not answered; 0: refused. */
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
    /** 只报人数: the number is the whole answer; the unit owes no names. */
    countOnly: bool().notNull().default(false),
    /** The last day to answer, in the time zone of the event. */
    dueOn: day(),
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
 * 派队: heads of a team or class held on a shift. People may be named into the heads later. `heads` counts everybody,
 * `minors` the minors among them, `named` the heads that have a name.
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

/** 只报人数 of a team for an event: it owes no names. Not of an allotment: plans and transfers make new ones. */
export const numberOnlyTeams = table(
  'number_only_teams',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    answeredByUserId: text().notNull(),
    answeredAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('number_only_teams_once').on(t.eventId, t.teamId),
    index('number_only_teams_by_team').on(t.teamId),
  ],
)

/** 报名: a leader offers a person for an event. */
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
    /** 已另有安排: another team had the same human first, so this never held; the unit owes one name fewer. */
    elsewhereAt: instant(),
  },
  (t) => [
    uniqueIndex('sign_ups_once').on(t.eventId, t.personId).where(sql`withdrawn_at is null`),
    index('sign_ups_by_team').on(t.eventId, t.teamId),
    index('sign_ups_by_person').on(t.personId),
  ],
)

/**
 * 参与: person × event, with the personal link and the answer. Only a keyed hash of the link is stored; the token is
 * derived from id and generation with a key outside the database.
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
    /** Account of who gave the person another link; null: it is the first one. */
    linkRenewedByUserId: text(),
    /** Null: unanswered. Accepted if one assignment is, declined if all are. */
    answer: text<Answer>(),
    answeredAt: instant(),
    answeredVia: text<AnswerVia>(),
    /** Account of the leader who recorded a spoken answer. */
    answeredByUserId: text(),
    /** What the leader must remember of this person for this event; encrypted, as it may be about health. */
    note: text<SealedText>(),
    notedAt: instant(),
    notedByUserId: text(),
    /** Set by a merge of people: the participation that has the places now and that this row's link opens. */
    joinedIntoId: text().references((): AnyColumn => participations.id),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('participations_once').on(t.eventId, t.personId),
    uniqueIndex('participations_link').on(t.linkHash),
    index('participations_by_event').on(t.eventId, t.id),
    index('participations_by_person').on(t.personId),
    index('participations_by_team').on(t.teamId),
    index('participations_joined').on(t.joinedIntoId).where(sql`joined_into_id is not null`),
  ],
)

/**
 * 岗位安排: person × shift; an invitation until accepted. Team and unit are fixed: they are credited even if the person
 * changes teams. Live while not cancelled; holds its place until `freedAt`.
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
    /** The allotment in which this person fills a head; null for a seat of its own. */
    allotmentId: text().references(() => allotments.id),
    origin: text<Origin>().notNull(),
    pinned: bool().notNull().default(false),
    /** Whether the person is a minor on the first day of the event. */
    minor: bool().notNull().default(false),
    answer: text<Answer>(),
    answeredAt: instant(),
    /** Since when the acceptance is asked for again (the shift was moved). Without an answer the place is kept. */
    askedAgainAt: instant(),
    excusedAt: instant(),
    cancelledAt: instant(),
    cancelReason: text<CancelReason>(),
    /** When the place became free: declined, excused or cancelled. */
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

/** Time and place as the person was told before. */
export interface PlaceBefore {
  startsAt: string
  endsAt: string
  zoneName: string
  meetingPoint: string | null
}

/**
 * 通知: information that a person must get about a place they hold or held. A message contains it, or a leader calls and
 * marks it.
 */
export const notices = table(
  'notices',
  {
    id: text().primaryKey(),
    /** The cause. One cause makes one notice per place. */
    key: text().notNull(),
    kind: text<NoticeKind>().notNull(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    participationId: text()
      .notNull()
      .references(() => participations.id),
    /** Null: the notice is about all places of the participation. */
    assignmentId: text().references(() => assignments.id),
    before: json<PlaceBefore>(),
    /** Null: no contact is known, so a leader has to call. */
    contactId: text().references(() => contacts.id),
    createdAt: instant().notNull(),
    /** When a later notice replaced this one, before or after it was sent. */
    supersededAt: instant(),
    /** When a leader told the person. */
    toldAt: instant(),
    toldByUserId: text(),
  },
  (t) => [
    uniqueIndex('notices_once').on(t.key),
    index('notices_by_event').on(t.eventId, t.id),
    index('notices_by_participation').on(t.participationId),
    index('notices_by_assignment').on(t.assignmentId),
    index('notices_by_contact').on(t.contactId),
  ],
)

/** 调整岗位: teams and people moved from shift to shift in one act, with what is needed to take it back. */
export const transfers = table(
  'transfers',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    byUserId: text().notNull(),
    places: json<MovedPlace[]>().notNull(),
    heads: json<MovedHeads[]>().notNull(),
    createdAt: instant().notNull(),
    /** When people are told; until then it can be undone. Null: nobody is. */
    tellsAt: instant(),
    undoneAt: instant(),
    /** What an undo could not restore, and why. */
    stayed: json<{ because: TransferRefusal; people: number }[]>(),
  },
  (t) => [index('transfers_by_event').on(t.eventId, t.id)],
)
