import { isNull, sql } from 'drizzle-orm'
import {
  type AnyColumn,
  bool,
  index,
  instant,
  int,
  real,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { MemberRole, TeamKind, UnitKind } from '../words.ts'
import { persons } from './persons.ts'

/**
 * An organisation that is responsible for people. Its parent (条, the line it reports on) and its district (块, where it
 * is) are independent of each other.
 */
export const units = table(
  'units',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    searchName: text().notNull(),
    pinyin: text().notNull(),
    kind: text<UnitKind>().notNull(),
    parentId: text().references((): AnyColumn => units.id),
    /** Materialised path: the ids from the root to this unit, each followed by a slash: `/a/b/`. */
    path: text().notNull(),
    /** Division code of its district (210502). No foreign key, because grid is a slice above. */
    districtCode: text(),
    system: text(),
    honourTitle: text(),
    staffCount: int(),
    liaisonPersonId: text().references(() => persons.id),
    leaderPersonId: text().references(() => persons.id),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('units_path').on(t.path),
    index('units_parent').on(t.parentId),
    index('units_district').on(t.districtCode),
    index('units_search_name').on(t.searchName),
    index('units_pinyin').on(t.pinyin, t.id),
    index('units_liaison').on(t.liaisonPersonId),
    index('units_leader').on(t.leaderPersonId),
  ],
)

/** Another name of a unit, confirmed by a user. */
export const unitAliases = table(
  'unit_aliases',
  {
    id: text().primaryKey(),
    unitId: text()
      .notNull()
      .references(() => units.id),
    alias: text().notNull(),
    searchAlias: text().notNull(),
    /** A user id. No foreign key, because accounts is a slice above. */
    confirmedBy: text(),
    confirmedAt: instant().notNull(),
  },
  (t) => [
    // Units in different reaches may have the same alias; within one reach `confirmAlias` refuses a second unit.
    uniqueIndex('unit_aliases_once').on(t.unitId, t.searchAlias),
    index('unit_aliases_search_alias').on(t.searchAlias),
  ],
)

/** A volunteer team or a school class. `unitId` null: it belongs to no unit. */
export const teams = table(
  'teams',
  {
    id: text().primaryKey(),
    unitId: text().references(() => units.id),
    name: text().notNull(),
    searchName: text().notNull(),
    pinyin: text().notNull(),
    kind: text<TeamKind>().notNull(),
    leaderPersonId: text().references(() => persons.id),
    baseLatitude: real(),
    baseLongitude: real(),
    /** The team must not be split over several shifts. */
    whole: bool().notNull().default(false),
    /** Number of members reported without names. */
    statedHeads: int(),
    statedMinors: int(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    // Next year's 三年级一班 is another class, so names are unique only among the open teams of a unit.
    uniqueIndex('teams_open_name').on(t.unitId, t.searchName).where(isNull(sql`closed_at`)),
    index('teams_unit').on(t.unitId),
    index('teams_search_name').on(t.searchName),
    index('teams_pinyin').on(t.pinyin, t.id),
    index('teams_leader').on(t.leaderPersonId),
  ],
)

/** A person in a team. A person in two lists has two memberships, not two records. */
export const memberships = table(
  'memberships',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    role: text<MemberRole>().notNull(),
    joinedAt: instant().notNull(),
    leftAt: instant(),
  },
  (t) => [
    uniqueIndex('memberships_once').on(t.personId, t.teamId),
    index('memberships_team').on(t.teamId, t.role),
  ],
)
