import { sql } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
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
import type { BatchSpec } from './contract.ts'
import type { ShiftSelection } from './contract-selection.ts'
import type { ShiftRevisionChange } from './revising/contract.ts'
import type { KeptShift } from './revising/revision-rules.ts'
import type { CampaignKind, OwnUnitPolicy } from './words.ts'

/** 专项行动: a campaign groups events, inspections and tasks, in months and weeks with a theme each. Its last day is included. */
export const campaigns = table(
  'campaigns',
  {
    id: text().primaryKey(),
    kind: text<CampaignKind>().notNull().default('campaign'),
    /** The campaign of a month, the month or campaign of a week. */
    parentId: text().references((): AnyColumn => campaigns.id),
    name: text().notNull(),
    searchName: text().notNull(),
    description: text(),
    startsOn: day().notNull(),
    endsOn: day().notNull(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [index('campaigns_parent').on(t.parentId)],
)

/** 活动: one mobilization. Its state follows from `publishedAt`, `closedAt` and `cancelledAt`. */
export const events = table(
  'events',
  {
    id: text().primaryKey(),
    campaignId: text().references(() => campaigns.id),
    name: text().notNull(),
    searchName: text().notNull(),
    theme: text(),
    description: text(),
    organiserUnitId: text()
      .notNull()
      .references(() => units.id),
    /** IANA time zone. Days, reminders and ages of this event are computed in it. */
    timeZone: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    /** Maximum number of minors for each escort (teacher or registered guardian) on a shift. */
    minorsPerAdult: int().notNull().default(10),
    /** Minutes before the start of a shift from which volunteers check in by themselves; before that only on site. */
    checkInOpensMin: int().notNull().default(60),
    ownUnit: text<OwnUnitPolicy>().notNull().default('preferred'),
    publishedAt: instant(),
    closedAt: instant(),
    cancelledAt: instant(),
    cancelReason: text(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('events_by_start').on(t.startsAt, t.id),
    index('events_by_organiser').on(t.organiserUnitId),
    index('events_by_campaign').on(t.campaignId),
    check('events_period', sql`starts_at < ends_at`),
  ],
)

/** 批量班次: shifts created in one request from zones × times. A batch is undone as a whole. */
export const shiftBatches = table(
  'shift_batches',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    spec: json<BatchSpec>().notNull(),
    made: int().notNull(),
    createdAt: instant().notNull(),
    undoneAt: instant(),
  },
  (t) => [index('shift_batches_by_event').on(t.eventId)],
)

/** 批量取消: shifts called off in one act. Nobody is told and no place released before `tellsAt`, so it can be undone. */
export const shiftCancellations = table(
  'shift_cancellations',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Which shifts were asked for, as they were asked for. */
    selection: json<ShiftSelection>().notNull(),
    reason: text().notNull(),
    shifts: int().notNull(),
    /** Places held on them, of people by name. */
    people: int().notNull(),
    createdAt: instant().notNull(),
    tellsAt: instant().notNull(),
    /** Since when people are told. */
    toldAt: instant(),
    undoneAt: instant(),
  },
  (t) => [index('shift_cancellations_by_event').on(t.eventId)],
)

/** 岗位班次: zone, time and demand. The period is half-open: [startsAt, endsAt). */
export const shifts = table(
  'shifts',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    work: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    min: int().notNull(),
    target: int().notNull(),
    max: int().notNull(),
    minorsAllowed: bool().notNull().default(false),
    meetingPoint: text(),
    inChargePersonId: text().references(() => persons.id),
    deputyPersonId: text().references(() => persons.id),
    tools: text(),
    toolsBroughtBy: text(),
    /** Shown to everybody before they accept (志愿服务条例 art 12). */
    risks: text(),
    insurance: text(),
    /** 计入时长: whether minutes here may become a service record (MCA Order 67 art 19). If not, a reason is required. */
    recordable: bool().notNull().default(true),
    recordableReason: text(),
    batchId: text().references(() => shiftBatches.id),
    cancelledAt: instant(),
    cancelReason: text(),
    /** The act that called it off with others; null when it was called off alone. */
    cancellationId: text().references(() => shiftCancellations.id),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('shifts_by_event').on(t.eventId, t.startsAt, t.id),
    index('shifts_by_zone').on(t.zoneId),
    index('shifts_by_batch').on(t.batchId),
    index('shifts_in_charge').on(t.inChargePersonId).where(sql`in_charge_person_id is not null`),
    index('shifts_deputy').on(t.deputyPersonId).where(sql`deputy_person_id is not null`),
    index('shifts_by_cancellation').on(t.cancellationId).where(sql`cancellation_id is not null`),
    check('shifts_period', sql`starts_at < ends_at`),
    check('shifts_demand', sql`0 <= min and min <= target and target <= max and 1 <= max`),
  ],
)

/** 批量修改: shifts changed alike in one act, and undone as a whole. */
export const shiftRevisions = table(
  'shift_revisions',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references(() => events.id),
    /** Which shifts were asked for, as they were asked for. */
    selection: json<ShiftSelection>().notNull(),
    change: json<ShiftRevisionChange>().notNull(),
    shifts: int().notNull(),
    /** Places held on them, of people by name. */
    people: int().notNull(),
    /** Whether people are told of it: published, and another place or time. */
    tells: bool().notNull(),
    createdAt: instant().notNull(),
    undoneAt: instant(),
  },
  (t) => [index('shift_revisions_by_event').on(t.eventId)],
)

/** What a shift was before a revision, and the version that the revision made of it. */
export const shiftRevisionRows = table(
  'shift_revision_rows',
  {
    revisionId: text()
      .notNull()
      .references(() => shiftRevisions.id),
    shiftId: text()
      .notNull()
      .references(() => shifts.id, { onDelete: 'cascade' }),
    before: json<KeptShift>().notNull(),
    version: int().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.shiftId] }),
    index('shift_revision_rows_by_shift').on(t.shiftId),
  ],
)

/** The state of a shift before an edit. The row stays open from the first edit until the people affected are told. */
export const shiftChanges = table(
  'shift_changes',
  {
    id: text().primaryKey(),
    shiftId: text()
      .notNull()
      .references(() => shifts.id, { onDelete: 'cascade' }),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    meetingPoint: text(),
    firstAt: instant().notNull(),
    lastAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    uniqueIndex('shift_changes_open').on(t.shiftId).where(sql`settled_at is null`),
    index('shift_changes_by_shift').on(t.shiftId, t.settledAt),
  ],
)

/** At least `min` people on the shift must have the skill. */
export const shiftSkills = table(
  'shift_skills',
  {
    shiftId: text()
      .notNull()
      .references(() => shifts.id, { onDelete: 'cascade' }),
    skill: text().notNull(),
    min: int().notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.shiftId, t.skill] }), index('shift_skills_by_skill').on(t.skill)],
)

/**
 * The seat counter of a shift, one row per shift. `taken` counts people in place and heads held for teams. It is a
 * table of its own so that taking a seat never conflicts with readers of `shifts`. `max` is a copy of the shift's
 * `max`, written in the same transaction.
 */
export const shiftSeats = table(
  'shift_seats',
  {
    shiftId: text()
      .primaryKey()
      .references(() => shifts.id, { onDelete: 'cascade' }),
    taken: int().notNull().default(0),
    max: int().notNull(),
  },
  () => [check('shift_seats_within', sql`0 <= taken and taken <= max`)],
)
