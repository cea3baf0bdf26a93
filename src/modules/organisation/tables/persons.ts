import { sql } from 'drizzle-orm'
import type { SealedText } from '#platform/crypto/index.ts'
import {
  type AnyColumn,
  bool,
  index,
  instant,
  int,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { Sex } from '../words.ts'

/**
 * A person as known within one reach. Everything but the name may be unknown. Several records may have the same
 * identity number: units that do not know of each other each keep a record of the same human being.
 */
export const persons = table(
  'persons',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** The name normalised for comparison: see `searchNameOf`. */
    searchName: text().notNull(),
    /** The key for sorting and for search by pinyin: see `pinyinOf`. */
    pinyin: text().notNull(),
    sex: text<Sex>(),
    /** Birth date and residence as JSON, encrypted (AES-256-GCM, row id as associated data): see `openParticulars`. */
    particulars: text<SealedText>(),
    /** In clear, like `adult`: these two decide nearly every question of age without decrypting the date. */
    birthYear: int(),
    /**
     * Whether the person is 18 or older by birth date; kept current by `organisation.come_of_age`. Null: birth date
     * unknown.
     */
    adult: bool(),
    /** Encrypted (AES-256-GCM, row id as associated data). */
    identityNumber: text(),
    identityIndex: text(),
    serviceCategory: text(),
    volunteerNumber: text().notNull(),
    /** When a membership as a pupil was first recorded. Kept when the role changes or the membership ends. */
    pupilAt: instant(),
    /** Set while this row is a merged duplicate: the id of the person it was merged into. */
    mergedIntoId: text().references((): AnyColumn => persons.id),
    erasedAt: instant(),
    /**
     * The same on every record of one human being; null: no other record of them is known. Written by `linkRecords`
     * alone, and never shown.
     */
    humanId: text(),
    version: int().notNull().default(1),
    /** The version at which it was last judged whose record this is; every change of a person increments `version`. */
    linkedVersion: int().notNull().default(0),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('persons_identity_index').on(t.identityIndex),
    uniqueIndex('persons_volunteer_number').on(t.volunteerNumber),
    index('persons_search_name').on(t.searchName),
    index('persons_pinyin').on(t.pinyin, t.id),
    index('persons_not_adult').on(t.birthYear).where(sql`adult = false`),
    index('persons_human').on(t.humanId).where(sql`human_id is not null`),
    index('persons_unlinked').on(t.id).where(sql`linked_version <> version`),
    // Partial index: with all rows in it, SQLite would choose this index for every list of people.
    index('persons_merged_into').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
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
