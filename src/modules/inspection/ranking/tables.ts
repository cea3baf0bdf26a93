import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { index, instant, int, json, real, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { RankingGroup, UnrankedReason } from '../words.ts'

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
    figures: json<unknown>(),
    draftedAt: instant(),
    appealableUntil: instant(),
    finalAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('rankings_month').on(t.issuerUnitId, t.month, t.group),
    index('rankings_final').on(t.finalAt, t.id),
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
    total: real(),
    field: real(),
    onTimePart: int().notNull(),
    onTimeWhole: int().notNull(),
    points: int().notNull(),
    figures: json<unknown>(),
  },
  (t) => [
    uniqueIndex('ranking_lines_position').on(t.rankingId, t.position),
    index('ranking_lines_zone').on(t.zoneId),
    index('ranking_lines_unit').on(t.unitId),
  ],
)
