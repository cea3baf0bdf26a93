import type { SealedText } from '#platform/crypto/index.ts'
import { index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { ContactKind, ContactMark, Relation } from '../words.ts'
import { persons } from './persons.ts'

/** A phone number or e-mail address; one row, shared by all people who have it. Its marks hold for all of them. */
export const contacts = table(
  'contacts',
  {
    id: text().primaryKey(),
    kind: text<ContactKind>().notNull(),
    /** Encrypted (AES-256-GCM, row id as associated data). */
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
    /** The name of the person who answers there, if it is not this person. Encrypted, row id as associated data. */
    ownerName: text<SealedText>(),
    /** Order of use: the lowest is tried first. */
    rank: int().notNull().default(0),
  },
  (t) => [
    uniqueIndex('person_contacts_once').on(t.personId, t.contactId),
    index('person_contacts_contact').on(t.contactId),
  ],
)

/**
 * Marks that hold for one person only: set by a user who does not reach everybody who shares the contact, or by
 * somebody else who received a message meant for this person. Kept when the contact is removed from the person and
 * added again.
 */
export const contactMarks = table(
  'contact_marks',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id),
    contactId: text()
      .notNull()
      .references(() => contacts.id),
    mark: text<ContactMark>().notNull(),
    markedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('contact_marks_once').on(t.personId, t.contactId, t.mark),
    index('contact_marks_contact').on(t.contactId),
  ],
)

/**
 * Numbers that were tried, to stop guessing. A budget is a fixed number of slots, and a unique key lets each slot be
 * taken once. Only keyed hashes are stored; rows are deleted after two days.
 */
export const numberTries = table(
  'number_tries',
  {
    id: text().primaryKey(),
    /** A calendar day in the time zone of the service, or a minute of it: `2026-03-04`, `2026-03-04T13:30`. */
    period: text().notNull(),
    /**
     * Whose budget is used: `user:ID`, or the part of the organisation the role is over: `unit:ID`, `district:CODE`.
     */
    spender: text().notNull(),
    /** What it was tried on: `person:ID`, or a keyed hash of a range of numbers (see `rangesOf`). */
    subject: text().notNull(),
    /** A keyed hash of the number. */
    number: text().notNull(),
    slot: int().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('number_tries_once').on(t.spender, t.subject, t.period, t.number),
    uniqueIndex('number_tries_slot').on(t.spender, t.subject, t.period, t.slot),
    index('number_tries_at').on(t.at),
  ],
)
