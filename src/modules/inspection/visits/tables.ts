import { sql } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { zones } from '#modules/grid/schema.ts'
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
import type { PicturePlace } from '#platform/pictures/index.ts'
import { cases } from '../cases/tables.ts'
import { points } from '../points/tables.ts'
import { rounds } from '../rounds/tables.ts'
import { schemes, standards } from '../schemes/tables.ts'
import type { ObservationAnswer, PointClass, VisitRole } from '../words.ts'

/** 走访: somebody looks at a point, or on patrol at whatever lies on the way. */
export const visits = table(
  'visits',
  {
    id: text().primaryKey(),
    /** Null: patrol, and re-checks outside a round. */
    roundId: text().references(() => rounds.id),
    schemeId: text()
      .notNull()
      .references(() => schemes.id),
    pointId: text().references(() => points.id),
    /** Where it is: the zone of the point, as it was. */
    zoneId: text()
      .notNull()
      .references(() => zones.id),
    /** Of the point as it was drawn. Empty: of the city alone. */
    districtCode: text().notNull(),
    /** Null: on patrol, at no point. */
    pointClass: text<PointClass>(),
    role: text<VisitRole>().notNull(),
    attempt: int().notNull(),
    /** Its place in the order of its stratum, from 1. */
    drawOrder: int(),
    /** π, in (0, 1]; null: it was not drawn. */
    inclusion: real(),
    inspectorUserId: text().references(() => users.id),
    inspectorUnitId: text().references(() => units.id),
    /** From then on the inspector knows of it. */
    opensAt: instant(),
    startedAt: instant(),
    endedAt: instant(),
    receivedAt: instant(),
    /** It came after its round was closed: its cases count, its score does not. */
    afterClosure: bool().notNull().default(false),
    place: text<PicturePlace>(),
    /** 得分, 应得分: frozen when it was received; null: nothing valid was seen. */
    balancedEarned: real(),
    balancedPossible: real(),
    pooledEarned: real(),
    pooledPossible: real(),
    valid: int(),
    notApplicable: int(),
    unseen: int(),
    /** When a granted appeal changed its score. */
    rescoredAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('visits_once').on(t.roundId, t.pointId, t.role, t.attempt),
    index('visits_round').on(t.roundId, t.districtCode, t.pointClass, t.id),
    index('visits_inspector').on(t.inspectorUserId, t.opensAt),
    index('visits_point').on(t.pointId, t.receivedAt),
    index('visits_received').on(t.receivedAt),
    index('visits_zone').on(t.zoneId),
    check('visits_place', sql`point_id is not null or role = 'patrol'`),
  ],
)

/** 观察: one answer to one standard. What an appeal changed is superseded, never overwritten. */
export const observations = table(
  'observations',
  {
    id: text().primaryKey(),
    visitId: text()
      .notNull()
      .references(() => visits.id),
    standardId: text()
      .notNull()
      .references(() => standards.id),
    /** From 1, within the visit and standard. */
    sequence: int().notNull(),
    answer: text<ObservationAnswer>().notNull(),
    count: int(),
    /** 0 to 1; null: it does not count (不适用, 未见). */
    score: real(),
    note: text(),
    /** The pictures that the phone took of it, by their ids; they come one by one. */
    pictureIds: json<string[]>().notNull(),
    /** The case that it raised, or found again. */
    caseId: text().references((): AnyColumn => cases.id),
    supersededById: text().references((): AnyColumn => observations.id),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('observations_live')
      .on(t.visitId, t.standardId, t.sequence)
      .where(sql`superseded_by_id is null`),
    // What is summed over a round stands in the index, so that no row of a million is looked up.
    index('observations_visit').on(t.visitId, t.standardId, t.supersededById, t.score, t.answer),
    index('observations_standard').on(t.standardId, t.visitId),
    index('observations_case').on(t.caseId),
  ],
)

/** What is to be told of one entry that a phone sent. */
export interface RefusedEntry {
  /** Its place in the list of observations, from 0; null: the visit as a whole. */
  entry: number | null
  code: string
  /** It was taken all the same. */
  kept: boolean
  pictureIds: string[]
}

/** 上传: what phones sent, word for word, so that nothing that was seen is lost. */
export const visitUploads = table(
  'visit_uploads',
  {
    id: text().primaryKey(),
    /** Chosen by the phone: sent again, it is the same one. */
    operationId: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Null: nothing of it was taken. */
    visitId: text().references(() => visits.id),
    /** The patrol as which an office took what did not fit into the visit. */
    patrolId: text().references(() => visits.id),
    /** The entries that are of that patrol. */
    onPatrol: json<number[]>(),
    body: json<unknown>().notNull(),
    refused: json<RefusedEntry[]>().notNull(),
    /** How many of them were not taken. */
    lost: int().notNull().default(0),
    /** Somebody looked at what was refused. */
    settledAt: instant(),
    settledByUserId: text().references(() => users.id),
    settledNote: text(),
    receivedAt: instant().notNull(),
    version: int().notNull().default(1),
  },
  (t) => [
    uniqueIndex('visit_uploads_operation').on(t.operationId),
    index('visit_uploads_user').on(t.userId, t.receivedAt),
    index('visit_uploads_visit').on(t.visitId),
    index('visit_uploads_open').on(t.id).where(sql`settled_at is null and lost > 0`),
  ],
)
