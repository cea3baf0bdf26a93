import { sql } from 'drizzle-orm'
import type { TaskFigures } from '#modules/command/pure.ts'
import { books, tasks } from '#modules/command/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { bool, index, instant, int, json, real, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { Pair } from '../scoring/scoring-rules.ts'
import { observations, visits } from '../visits/tables.ts'
import type {
  AppealOutcome,
  ObservationAnswer,
  PointClass,
  RankingGroup,
  SchemeMethod,
  UnrankedReason,
} from '../words.ts'

/** What one class of points, in one district, adds to a line. */
export interface LineStratum {
  districtCode: string
  pointClass: PointClass
  /** What it weighs in the balanced score. */
  weight: number
  points: number
  /** In per cent; null: nothing valid was seen. */
  mean: number | null
}

/** What stands beside a line. */
export interface LineFigures {
  /** 90 % 区间 of the score; null: it is not ranked. */
  interval: { low: number; high: number } | null
  strata: LineStratum[]
  /** 合并计分: Σwx and Σw. */
  pooled: Pair
  /** Cases in the ranked rate. */
  cases: TaskFigures
}

/** What stands beside the lines. */
export interface RankingFigures {
  method: SchemeMethod
  visits: number
  /** Of all cases as of the cut-off, however they were found. */
  cases: TaskFigures
}

/** How a ranking is made. */
export interface RankingSpec {
  /** Part of the field score, 0 to 1; the rest is the on-time rate. */
  fieldWeight: number
  /** Fewer points or due cases: listed, not ranked. */
  pointsMin: number
  dueMin: number
  /** Samples of the bootstrap. */
  samples: number
}

/** 排名: of one month and group; a draft, then open to appeals, then final and frozen. */
export const rankings = table(
  'rankings',
  {
    id: text().primaryKey(),
    /** `YYYY-MM`. */
    month: text().notNull(),
    group: text<RankingGroup>().notNull(),
    issuerUnitId: text()
      .notNull()
      .references(() => units.id),
    roundIds: json<string[]>().notNull(),
    spec: json<RankingSpec>().notNull(),
    /** Of the bootstrap, as hexadecimal digits: whoever has the figures computes the brackets again. */
    seed: text().notNull(),
    /** 截止时间 of what counts. */
    cutAt: instant().notNull(),
    /** What stands beside the lines: rates with their integers, strata. Frozen when it is final. */
    figures: json<RankingFigures>(),
    /** Since when the lines no longer say what the visits do: it waits for the job that drafts. Null: they agree. */
    outdatedAt: instant(),
    /** 申诉: the list of its appeals, once there is one. */
    appealsBookId: text().references(() => books.id),
    draftedAt: instant(),
    appealableUntil: instant(),
    finalAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('rankings_month').on(t.issuerUnitId, t.month, t.group),
    index('rankings_list').on(t.month, t.id),
    index('rankings_book').on(t.appealsBookId),
  ],
)

/** One district, county, street or department of a ranking. */
export const rankingLines = table(
  'ranking_lines',
  {
    id: text().primaryKey(),
    rankingId: text()
      .notNull()
      .references(() => rankings.id),
    /** Its place in the list, from 1. */
    position: int().notNull(),
    name: text().notNull(),
    /** Whom it is about: exactly one of the three. */
    districtCode: text(),
    zoneId: text().references(() => zones.id),
    unitId: text().references(() => units.id),
    /** 1, 2, 2, 4; null: listed, not ranked. */
    rank: int(),
    unrankedBecause: text<UnrankedReason>(),
    /** Lines of one bracket do not differ significantly (差异不显著); null: of none. */
    bracket: int(),
    /** It may be named as the last one: it stands alone there, and is told apart from the one before. */
    last: bool().notNull().default(false),
    total: real(),
    field: real(),
    onTimePart: int().notNull(),
    onTimeWhole: int().notNull(),
    points: int().notNull(),
    figures: json<LineFigures>(),
  },
  (t) => [
    uniqueIndex('ranking_lines_position').on(t.rankingId, t.position),
    index('ranking_lines_zone').on(t.zoneId),
    index('ranking_lines_unit').on(t.unitId),
  ],
)

/** 申诉: a unit says that an observation is wrong. It is decided as a task of its own kind. */
export const appeals = table(
  'appeals',
  {
    id: text().primaryKey(),
    rankingId: text()
      .notNull()
      .references(() => rankings.id),
    taskId: text()
      .notNull()
      .references(() => tasks.id),
    visitId: text()
      .notNull()
      .references(() => visits.id),
    observationId: text()
      .notNull()
      .references(() => observations.id),
    /** What the unit says should stand there. */
    answer: text<ObservationAnswer>().notNull(),
    count: int(),
    outcome: text<AppealOutcome>(),
    decidedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    // What was taken back does not stand in the way of another one.
    uniqueIndex('appeals_once')
      .on(t.rankingId, t.observationId)
      .where(sql`outcome is null or outcome <> 'withdrawn'`),
    index('appeals_ranking').on(t.rankingId, t.id),
    uniqueIndex('appeals_task').on(t.taskId),
    index('appeals_visit').on(t.visitId),
    index('appeals_observation').on(t.observationId),
    index('appeals_open').on(t.rankingId).where(sql`decided_at is null`),
  ],
)

export type RankingRow = typeof rankings.$inferSelect
export type LineRow = typeof rankingLines.$inferSelect
export type AppealRow = typeof appeals.$inferSelect
