import { sql } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { persons, units } from '#modules/organisation/schema.ts'
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
} from '#platform/database/kit.ts'
import type { BatchSpec } from './contract.ts'
import type { OwnUnitPolicy } from './words.ts'

/** 专项行动: the frame over events, inspections and tasks. Its last day counts. */
export const campaigns = table('campaigns', {
  id: text().primaryKey(),
  name: text().notNull(),
  searchName: text().notNull(),
  description: text(),
  startsOn: day().notNull(),
  endsOn: day().notNull(),
  version: int().notNull().default(1),
  createdAt: instant().notNull(),
})

/** 活动: one mobilization. Draft until `publishedAt`; what it is afterwards follows from the times. */
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
    /** IANA name. Days, reminders and ages of this event are reckoned in it. */
    timeZone: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    /** At most so many minors for each teacher or registered guardian on a shift. */
    minorsPerAdult: int().notNull().default(10),
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

/** Shifts that were made in one go from zones × times; taken back in one go, too. */
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

/** 岗位班次: a place and time with demand. [startsAt, endsAt). */
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
    task: text().notNull(),
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
    /** Told to everybody before they accept (志愿服务条例 art 12). */
    risks: text(),
    insurance: text(),
    /** 计入时长: whether minutes here may become a service record (MCA Order 67 art 19); if not, why. */
    recordable: bool().notNull().default(true),
    recordableReason: text(),
    batchId: text().references(() => shiftBatches.id),
    cancelledAt: instant(),
    cancelReason: text(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('shifts_by_event').on(t.eventId, t.startsAt, t.id),
    index('shifts_by_zone').on(t.zoneId),
    index('shifts_by_batch').on(t.batchId),
    check('shifts_period', sql`starts_at < ends_at`),
    check('shifts_demand', sql`0 <= min and min <= target and target <= max and 1 <= max`),
  ],
)

/** So many people on the shift must have the skill. */
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
 * The counter that decides who gets the last place: one row for each shift, made with it. `taken` counts
 * people in place and heads held for a team. Kept apart from `shifts` so that taking a place never
 * disturbs those who read the shift; `max` is the shift's, copied in the transaction that changes it.
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
