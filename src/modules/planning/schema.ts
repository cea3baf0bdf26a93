import { events, shifts } from '#modules/events/schema.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
  index,
  instant,
  int,
  json,
  primaryKey,
  real,
  table,
  text,
} from '#platform/database/kit.ts'
import type { Basis } from './basis.ts'
import type { Competition, Headline, MoveReason, Policy, Quality, Shortage, Stability } from './proposal.ts'
import type { PlanStage, PlanState } from './words.ts'

/** What a proposal says of its empty seats beside the list of them. */
export interface Explanation {
  competitions: Competition<string>[]
  headlines: Headline<string>[]
  /** So many shortages, and so many of them explained each by itself. */
  explained: { shortages: number; full: number }
  /** How many people left their place, by reason; null when nobody had one before. */
  moved: Partial<Record<MoveReason, number>> | null
  /** The moment from which the minutes in it are counted, ISO 8601, and the event's zone. */
  midnight: string
  timeZone: string
}

/** One run of the planner for an event: what it was asked, how far it is, what came out. */
export const planRuns = table(
  'plan_runs',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references((): AnyColumn => events.id),
    state: text<PlanState>().notNull(),
    stage: text<PlanStage>().notNull(),
    /** Per cent of the work that is done. */
    progress: int().notNull(),
    policy: text<Policy>().notNull(),
    stability: text<Stability>().notNull(),
    /** At most so many hours in each week of the event, counted from its first day; null: no limit. */
    hoursPerWeek: real(),
    /** At least so many minutes between two shifts of a person; null: the way alone. */
    restMinutes: int(),
    requestedBy: text(),
    createdAt: instant().notNull(),
    cancelRequestedAt: instant(),
    finishedAt: instant(),
    /** Digests of the data the proposal was made from; null until it was read. */
    basis: json<Basis>(),
    quality: json<Quality>(),
    shortages: json<Shortage<string>[]>(),
    explanation: json<Explanation>(),
    /** Why a failed run failed: a permanent code, and the rules it would have broken. */
    failure: json<{ code: string; details: Record<string, unknown> }>(),
    appliedAt: instant(),
    appliedBy: text(),
    /** Division codes applied so far, when the proposal is applied district by district. */
    appliedDistricts: json<string[]>(),
    version: int().notNull().default(1),
  },
  (run) => [index('plan_runs_event').on(run.eventId, run.createdAt)],
)

/** The proposal itself: who serves where. `position` is the order in which its pages show it. */
export const planAssignments = table(
  'plan_assignments',
  {
    runId: text()
      .notNull()
      .references((): AnyColumn => planRuns.id, { onDelete: 'cascade' }),
    position: int().notNull(),
    personId: text()
      .notNull()
      .references((): AnyColumn => persons.id),
    teamId: text()
      .notNull()
      .references((): AnyColumn => teams.id),
    /** Null for a person held in reserve. */
    shiftId: text().references((): AnyColumn => shifts.id),
  },
  (row) => [primaryKey({ columns: [row.runId, row.position] })],
)

/** Heads of teams without names that the proposal places. */
export const planAllotments = table(
  'plan_allotments',
  {
    runId: text()
      .notNull()
      .references((): AnyColumn => planRuns.id, { onDelete: 'cascade' }),
    teamId: text()
      .notNull()
      .references((): AnyColumn => teams.id),
    shiftId: text()
      .notNull()
      .references((): AnyColumn => shifts.id),
    heads: int().notNull(),
    minors: int().notNull(),
  },
  (row) => [primaryKey({ columns: [row.runId, row.shiftId, row.teamId] })],
)

/** Everybody whom the proposal takes away from a place they had, and why. */
export const planMoves = table(
  'plan_moves',
  {
    runId: text()
      .notNull()
      .references((): AnyColumn => planRuns.id, { onDelete: 'cascade' }),
    position: int().notNull(),
    personId: text()
      .notNull()
      .references((): AnyColumn => persons.id),
    fromShiftId: text()
      .notNull()
      .references((): AnyColumn => shifts.id),
    /** Null: placed nowhere now. */
    toShiftId: text().references((): AnyColumn => shifts.id),
    because: text<MoveReason>().notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.runId, row.position] }),
    index('plan_moves_because').on(row.runId, row.because, row.position),
  ],
)
