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
import type { Policy, Quality, Shortage, Stability } from './proposal.ts'
import type { PlanStage, PlanState } from './words.ts'

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
    shortages: json<Shortage<string, string>[]>(),
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
