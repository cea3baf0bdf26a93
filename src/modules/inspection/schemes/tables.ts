import { sql } from 'drizzle-orm'
import { units } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
  bool,
  check,
  index,
  instant,
  int,
  json,
  real,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { AnswerKind, PhotoRule, SchemeMethod, Severity, StandardClass, StandardRole } from '../words.ts'

/** 指标: what standards are grouped by. */
export interface Indicator {
  code: string
  name: string
}

/** A count up to `upTo` scores `score`; the last one has no upper end (null). In ascending order. */
export interface Threshold {
  upTo: number | null
  /** 0, 0.5 or 1, or anything between. */
  score: number
}

/** 测评体系: an edition of a set of standards. What is published never changes. */
export const schemes = table(
  'schemes',
  {
    id: text().primaryKey(),
    /** The id of the first edition; editions of one scheme share it. */
    seriesId: text().notNull(),
    edition: int().notNull(),
    name: text().notNull(),
    searchName: text().notNull(),
    /** Whose it is: a city office, or a unit that tests itself. */
    issuerUnitId: text()
      .notNull()
      .references(() => units.id),
    /** Which of the two scores leads; both are computed. */
    method: text<SchemeMethod>().notNull(),
    /** What a whole score is printed as: 100. */
    scale: int().notNull(),
    indicators: json<Indicator[]>().notNull(),
    supersedesId: text().references((): AnyColumn => schemes.id),
    publishedAt: instant(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('schemes_edition').on(t.seriesId, t.edition),
    index('schemes_issuer').on(t.issuerUnitId, t.id),
    check('schemes_scale', sql`scale > 0`),
  ],
)

/** 测评标准: what is looked at in the points of a class. */
export const standards = table(
  'standards',
  {
    id: text().primaryKey(),
    schemeId: text()
      .notNull()
      .references(() => schemes.id),
    code: text().notNull(),
    /** Its place in the scheme, from 1. */
    position: int().notNull(),
    /** `common`: of every class. */
    pointClass: text<StandardClass>().notNull(),
    /** Code of an indicator of the scheme; null: of none. */
    indicator: text(),
    text: text().notNull(),
    weight: real().notNull(),
    /** How often it is looked at in one visit. */
    observations: int().notNull(),
    answer: text<AnswerKind>().notNull(),
    /** Only where a count is answered. */
    thresholds: json<Threshold[]>(),
    mayNotApply: bool().notNull(),
    photo: text<PhotoRule>().notNull(),
    /** `workdays:3`; null: what fails has no deadline. */
    dueClass: text(),
    severity: text<Severity>().notNull(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('standards_code').on(t.schemeId, t.code),
    index('standards_position').on(t.schemeId, t.position),
    index('standards_class').on(t.schemeId, t.pointClass),
    check('standards_weight', sql`weight > 0`),
    check('standards_observations', sql`observations >= 1`),
    check('standards_thresholds', sql`(answer = 'count') = (thresholds is not null)`),
  ],
)

/** 责任分工: which unit leads or supports a standard in a district. */
export const standardUnits = table(
  'standard_units',
  {
    id: text().primaryKey(),
    standardId: text()
      .notNull()
      .references(() => standards.id),
    /** Empty: in the whole city. */
    districtCode: text().notNull(),
    unitId: text()
      .notNull()
      .references(() => units.id),
    role: text<StandardRole>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('standard_units_once').on(t.standardId, t.districtCode, t.unitId),
    index('standard_units_unit').on(t.unitId, t.standardId),
  ],
)
