import { books } from '#modules/command/schema.ts'
import { campaigns } from '#modules/events/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { index, instant, int, json, table, text, uniqueIndex } from '#platform/database/kit.ts'
import { points } from '../points/tables.ts'
import { schemes } from '../schemes/tables.ts'
import type { PointClass, RoundKind } from '../words.ts'

/** What is drawn, and from where. */
export interface RoundSpec {
  /** How many points in all. */
  size: number
  /** Points drawn beside, for those that cannot be visited; in each stratum. */
  reserve: number
  /** Only these districts; empty: all. */
  districtCodes: string[]
  /** Only these classes; empty: all that the scheme has standards for. */
  pointClasses: PointClass[]
}

/** 层: a district and a class, with how many points it has, how many are drawn, and how many of them with certainty. */
export interface Stratum {
  districtCode: string
  pointClass: PointClass
  points: number
  drawn: number
  certain: number
}

/** 轮次: points that are drawn under one scheme and visited in one period. */
export const rounds = table(
  'rounds',
  {
    id: text().primaryKey(),
    year: int().notNull(),
    number: int().notNull(),
    kind: text<RoundKind>().notNull(),
    title: text().notNull(),
    schemeId: text()
      .notNull()
      .references(() => schemes.id),
    /** Who inspects: its cases are issued by this unit. */
    issuerUnitId: text()
      .notNull()
      .references(() => units.id),
    /** Signs cases off where the issuer cannot. */
    checkUnitId: text().references(() => units.id),
    campaignId: text().references(() => campaigns.id),
    /** 整改清单, once it has a case. */
    bookId: text().references(() => books.id),
    opensAt: instant().notNull(),
    endsAt: instant().notNull(),
    spec: json<RoundSpec>().notNull(),
    /** SHA-256 of the seed, as 64 hexadecimal digits: what the round is bound to from its creation. */
    seedCommitment: text().notNull(),
    /** Sealed: 32 bytes as hexadecimal digits. Shown after the round is closed. */
    seed: text().notNull(),
    /** SHA-256 of the frame, in the order of its ids. */
    frameDigest: text(),
    /** SHA-256(seed‖frameDigest). */
    drawDigest: text(),
    strata: json<Stratum[]>(),
    /** Of a re-check: the numbers of the cases it was drawn from. */
    closures: json<string[]>(),
    drawnAt: instant(),
    revealedAt: instant(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('rounds_number').on(t.year, t.number),
    index('rounds_issuer').on(t.issuerUnitId, t.id),
    index('rounds_scheme').on(t.schemeId),
    index('rounds_campaign').on(t.campaignId),
    index('rounds_book').on(t.bookId),
  ],
)

/** 抽样框: what a round could be drawn from, as it was at the draw. */
export const roundPoints = table(
  'round_points',
  {
    id: text().primaryKey(),
    roundId: text()
      .notNull()
      .references(() => rounds.id),
    pointId: text()
      .notNull()
      .references(() => points.id),
    code: text().notNull(),
    /** Empty: a zone of the city alone. */
    districtCode: text().notNull(),
    pointClass: text<PointClass>().notNull(),
    /** Since nobody saw it, counted from its creation if nobody ever did. */
    unseenDays: int().notNull(),
  },
  (t) => [
    uniqueIndex('round_points_once').on(t.roundId, t.pointId),
    index('round_points_point').on(t.pointId),
  ],
)
