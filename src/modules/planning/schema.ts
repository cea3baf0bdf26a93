import { events, shifts } from '#modules/events/schema.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type {
  Competition,
  Headline,
  MoveReason,
  Policy,
  Quality,
  Shortage,
  Stability,
  Trade,
} from '#planner/index.ts'
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
import type { PlanStage, PlanState } from './words.ts'

/** The explanation of a proposal, beside the list of its shortages. */
export interface Explanation {
  competitions: Competition<string>[]
  headlines: Headline<string>[]
  /** How many shortages there are, and how many of them have an explanation of their own. */
  explained: { shortages: number; full: number }
  /** Minors with a place but no escort of their team, and how many adults are missing. */
  unescorted?: { team: string; shift: string; minors: number; escorts: number }[]
  /** The cost of keeping teams together, where it is high. */
  trade?: Trade | null
  /** The number of people who left their assignment, by reason; null when nobody had one before. */
  moved: Partial<Record<MoveReason, number>> | null
  /** The number of different people among them. */
  peopleMoved?: number | null
  /** The instant from which its minutes are counted (ISO 8601), and the time zone of the event. */
  midnight: string
  timeZone: string
}

/** An application that is under way: what, by whom, since when, and the state to return to while districts are left. */
export interface Applying {
  districtCodes: string[] | null
  by: string
  at: string
  from: 'proposed' | 'cancelled'
  /** It takes the acceptance back, and is this again if that fails. */
  undoes?: 'applied' | 'proposed'
}

/** One run of the planner for an event: its options, its progress, and its result. */
export const planRuns = table(
  'plan_runs',
  {
    id: text().primaryKey(),
    eventId: text()
      .notNull()
      .references((): AnyColumn => events.id),
    state: text<PlanState>().notNull(),
    stage: text<PlanStage>().notNull(),
    /** Progress in per cent. */
    progress: int().notNull(),
    policy: text<Policy>().notNull(),
    stability: text<Stability>().notNull(),
    /** Maximum hours of a person in each week of the event, counted from its first day; null: no limit. */
    hoursPerWeek: real(),
    /** Minimum minutes between two shifts of a person; null: only travel time and buffer. */
    restMinutes: int(),
    requestedBy: text(),
    createdAt: instant().notNull(),
    cancelRequestedAt: instant(),
    finishedAt: instant(),
    /** Digests of the input data; null until the data was read. */
    basis: json<Basis>(),
    quality: json<Quality>(),
    shortages: json<Shortage<string>[]>(),
    explanation: json<Explanation>(),
    /** Why the run failed: error code, and the rules the plan would have broken. */
    failure: json<{ code: string; details: Record<string, unknown> }>(),
    /** What is being applied; null when nothing is. */
    applying: json<Applying>(),
    appliedAt: instant(),
    /** When a part of it was applied first; null: nothing of it is. */
    firstAppliedAt: instant(),
    /** The digests before the first application, for when it is taken back. */
    basisBefore: json<Basis>(),
    appliedBy: text(),
    /** Division codes applied so far, when the proposal is applied district by district. */
    appliedDistricts: json<string[]>(),
    version: int().notNull().default(1),
  },
  (run) => [index('plan_runs_event').on(run.eventId, run.createdAt)],
)

/** The assignments of a proposal. `position` is the order of its pages. */
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
    /** Null: the person is held in reserve. */
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

/** 采用前的安排: the places that proposals held before this one was applied; kept for an undo. */
export const planBefore = table(
  'plan_before',
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
    shiftId: text()
      .notNull()
      .references((): AnyColumn => shifts.id),
  },
  (row) => [primaryKey({ columns: [row.runId, row.position] })],
)

/** The heads without names that proposals held before this one was applied. */
export const planBeforeHeads = table(
  'plan_before_heads',
  {
    runId: text()
      .notNull()
      .references((): AnyColumn => planRuns.id, { onDelete: 'cascade' }),
    position: int().notNull(),
    teamId: text()
      .notNull()
      .references((): AnyColumn => teams.id),
    shiftId: text()
      .notNull()
      .references((): AnyColumn => shifts.id),
    heads: int().notNull(),
    minors: int().notNull(),
  },
  (row) => [primaryKey({ columns: [row.runId, row.position] })],
)

/** People whom the proposal takes off an assignment they had, and why. */
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
    /** Null: the person has no place now. */
    toShiftId: text().references((): AnyColumn => shifts.id),
    because: text<MoveReason>().notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.runId, row.position] }),
    index('plan_moves_because').on(row.runId, row.because, row.position),
  ],
)
