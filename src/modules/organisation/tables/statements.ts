import { sql } from 'drizzle-orm'
import type { SealedText } from '#platform/crypto/index.ts'
import { day, index, instant, json, table, text } from '#platform/database/kit.ts'
import type { MergeMoves } from '../merging/merge-moves.ts'
import type { ConsentWay, ConsentWord, LinkDoubt, RequestKind, RequestState } from '../words.ts'
import { contacts } from './contacts.ts'
import { persons } from './persons.ts'

/** One statement of a guardian about a minor taking part: yes or no, to what, until when, recorded by whom and how. */
export const guardianConsents = table(
  'guardian_consents',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    says: text<ConsentWord>().notNull().default('yes'),
    /** Encrypted, row id as associated data. Empty if only the number the statement came from is known. */
    guardianName: text<SealedText>().notNull(),
    /** The contact a statement by link came from. No foreign key: the statement is kept when the contact is deleted. */
    contactId: text(),
    /** The event it is about. No foreign key, because events is a slice above. Null: all events until `validUntil`. */
    eventId: text(),
    /**
     * The last day it is valid, for example the end of the school year. Null: until the guardian makes a new statement.
     */
    validUntil: day(),
    givenAt: instant().notNull(),
    via: text<ConsentWay>().notNull(),
    /** What the statement covers, in the words of the form. */
    scope: text().notNull(),
    /** The id of the user who recorded it, if staff did. */
    recordedBy: text(),
    withdrawnAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [index('guardian_consents_person').on(t.personId)],
)

/**
 * A request to change a person for whom other parts of the organisation are responsible too, decided by a user who
 * reaches all of them; or the question whether two records are one human, decided by a user who reaches both. Of two
 * records the latest decision counts.
 */
export const personRequests = table(
  'person_requests',
  {
    id: text().primaryKey(),
    kind: text<RequestKind>().notNull(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    /** For a merge, or whether they are one human: the other record. */
    otherPersonId: text().references(() => persons.id),
    /** Why it is asked whether two records are one human; null if a user said so unasked. */
    doubt: text<LinkDoubt>(),
    /** For a removal: the contact to be removed. */
    contactId: text().references(() => contacts.id),
    /** The requested values as JSON, encrypted (AES-256-GCM, row id as associated data). */
    wanted: text(),
    note: text(),
    state: text<RequestState>().notNull(),
    /** A user's id; `system` for a question of the service. */
    requestedBy: text().notNull(),
    requestedAt: instant().notNull(),
    decidedBy: text(),
    decidedAt: instant(),
    /** The reason given when it is refused. */
    reason: text(),
  },
  (t) => [
    index('person_requests_open').on(t.id).where(sql`state = 'open'`),
    index('person_requests_person').on(t.personId),
    index('person_requests_other').on(t.otherPersonId),
    index('person_requests_by').on(t.requestedBy, t.id),
  ],
)

/** Two rows that were found to be one person. */
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
    /** The rows each slice above has moved, by the name of the slice. */
    moved: json<Record<string, unknown>>(),
    mergedBy: text(),
    mergedAt: instant().notNull(),
    undoneBy: text(),
    undoneAt: instant(),
  },
  (t) => [index('merges_kept').on(t.keptId), index('merges_merged').on(t.mergedId)],
)
