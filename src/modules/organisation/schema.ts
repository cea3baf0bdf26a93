import { isNull, sql } from 'drizzle-orm'
import {
  type AnyColumn,
  bool,
  day,
  index,
  instant,
  int,
  json,
  real,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { ConsentWay, ContactKind, MemberRole, Relation, Sex, TeamKind, UnitKind } from './words.ts'

/** One human being, known once. Everything but the name may be unknown. */
export const persons = table(
  'persons',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** The name as it is compared: see `searchNameOf`. */
    searchName: text().notNull(),
    /** The name as it is sorted, and typed by pinyin: see `pinyinOf`. */
    pinyin: text().notNull(),
    sex: text<Sex>(),
    birthDate: day(),
    /** AES-256-GCM, this row's id as associated data. */
    identityNumber: text(),
    identityIndex: text(),
    residence: text(),
    serviceCategory: text(),
    volunteerNumber: text().notNull(),
    /** Set while this row is a duplicate: everything it had hangs on the other one. */
    mergedIntoId: text().references((): AnyColumn => persons.id),
    erasedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('persons_identity_index').on(t.identityIndex),
    uniqueIndex('persons_volunteer_number').on(t.volunteerNumber),
    index('persons_search_name').on(t.searchName),
    index('persons_pinyin').on(t.pinyin, t.id),
    index('persons_merged_into').on(t.mergedIntoId),
  ],
)

export const personSkills = table(
  'person_skills',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    skill: text().notNull(),
  },
  (t) => [
    uniqueIndex('person_skills_once').on(t.personId, t.skill),
    index('person_skills_skill').on(t.skill),
  ],
)

/** A body that answers for people. It reports to a parent (条) and stands in a district (块): two separate lines. */
export const units = table(
  'units',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    searchName: text().notNull(),
    pinyin: text().notNull(),
    kind: text<UnitKind>().notNull(),
    parentId: text().references((): AnyColumn => units.id),
    /** The ids from the root to this unit, each followed by a slash: `/a/b/`. */
    path: text().notNull(),
    /** Division code of where it stands (210502). No foreign key: the grid lies above. */
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

/** Another name of a unit, confirmed by somebody once. */
export const unitAliases = table(
  'unit_aliases',
  {
    id: text().primaryKey(),
    unitId: text()
      .notNull()
      .references(() => units.id),
    alias: text().notNull(),
    searchAlias: text().notNull(),
    /** A user's id. No foreign key: accounts lie above. */
    confirmedBy: text(),
    confirmedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('unit_aliases_search_alias').on(t.searchAlias),
    index('unit_aliases_unit').on(t.unitId),
  ],
)

/** A volunteer team or a school class. Without a unit it stands alone. */
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
    /** Must not be split over several shifts. */
    whole: bool().notNull().default(false),
    /** Heads that were stated without names. */
    statedHeads: int(),
    statedMinors: int(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    // Next year's 三年级一班 is another class: only open teams of a unit need different names.
    uniqueIndex('teams_open_name').on(t.unitId, t.searchName).where(isNull(sql`closed_at`)),
    index('teams_unit').on(t.unitId),
    index('teams_search_name').on(t.searchName),
    index('teams_pinyin').on(t.pinyin, t.id),
    index('teams_leader').on(t.leaderPersonId),
  ],
)

/** A person in a team. A second list adds a membership, not a second person. */
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

/** One row for each number or address, however many people share it: validity and opt-out belong to it. */
export const contacts = table(
  'contacts',
  {
    id: text().primaryKey(),
    kind: text<ContactKind>().notNull(),
    /** AES-256-GCM, this row's id as associated data. */
    value: text().notNull(),
    valueIndex: text().notNull(),
    last4Index: text(),
    invalidAt: instant(),
    optedOutAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('contacts_value_index').on(t.kind, t.valueIndex),
    index('contacts_last4_index').on(t.last4Index),
  ],
)

export const personContacts = table(
  'person_contacts',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    contactId: text()
      .notNull()
      .references(() => contacts.id),
    relation: text<Relation>().notNull(),
    /** Who answers there, when it is not the person. */
    ownerName: text(),
    /** The lowest is asked first. */
    rank: int().notNull().default(0),
  },
  (t) => [
    uniqueIndex('person_contacts_once').on(t.personId, t.contactId),
    index('person_contacts_contact').on(t.contactId),
  ],
)

/** A guardian agreed that a minor takes part: who, when, how, for what. */
export const guardianConsents = table(
  'guardian_consents',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    guardianName: text().notNull(),
    givenAt: instant().notNull(),
    via: text<ConsentWay>().notNull(),
    /** What it covers, in the words of the form. */
    scope: text().notNull(),
    /** A user's id, when somebody of the staff wrote it down. */
    recordedBy: text(),
    withdrawnAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [index('guardian_consents_person').on(t.personId)],
)

/** What one merge moved, so that it can be undone exactly. Ids and names of columns only, no values. */
export interface MergeMoves {
  memberships: string[]
  /** Memberships in teams the kept person is in too: ended with the merge. */
  ended: string[]
  personContacts: string[]
  skills: string[]
  consents: string[]
  unitsLed: string[]
  unitsLiaised: string[]
  teamsLed: string[]
  /** Columns that were empty on the kept person and were filled from the other. */
  filled: string[]
}

/** Two rows turned out to be one person. */
export const merges = table(
  'merges',
  {
    id: text().primaryKey(),
    keptId: text()
      .notNull()
      .references(() => persons.id),
    mergedId: text()
      .notNull()
      .references(() => persons.id),
    moves: json<MergeMoves>().notNull(),
    mergedBy: text(),
    mergedAt: instant().notNull(),
    undoneBy: text(),
    undoneAt: instant(),
  },
  (t) => [index('merges_kept').on(t.keptId), index('merges_merged').on(t.mergedId)],
)

// Imports: staged spreadsheets, see import/README.md

export * from './import/schema.ts'

export * from './import/schema.ts'
