import { isNull, sql } from 'drizzle-orm'
import { events } from '#modules/events/schema.ts'
import { contacts, persons } from '#modules/organisation/schema.ts'
import {
  bool,
  check,
  index,
  instant,
  int,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { Channel, Locale, MessageState, ProviderName, Reason } from './words.ts'

/**
 * A saved template: the texts of one kind on one channel. Without a row the kind's default texts are used. `{name}`
 * stands for a variable of the kind.
 */
export const templates = table(
  'templates',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    channel: text<Channel>().notNull(),
    /** Without brackets; a text message starts with 【signature】. */
    signature: text(),
    subjectZh: text(),
    subjectEn: text(),
    bodyZh: text().notNull(),
    bodyEn: text().notNull(),
    /** Id of the template at a provider that sends only filed templates. */
    providerTemplate: text(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    changedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('templates_once').on(t.kind, t.channel)],
)

/**
 * The outbox: one row per message to one contact, written in the transaction that causes it. Text and number are not
 * stored; both are made at the moment of sending.
 */
export const messages = table(
  'messages',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    contactId: text()
      .notNull()
      .references(() => contacts.id),
    eventId: text().references(() => events.id),
    /** The topic, in the terms of the causing slice. Unique with contact, kind, generation and part. */
    groupKey: text().notNull(),
    /** Number of the repetition; the causing slice increments it to send the same topic again. */
    generation: int().notNull(),
    /** 0. Higher for subjects added after the message was sent, and for a message that a person sends again. */
    part: int().notNull().default(0),
    channel: text<Channel>().notNull(),
    locale: text<Locale>().notNull(),
    /** Index in `lanes`. */
    lane: int().notNull(),
    state: text<MessageState>().notNull(),
    reason: text<Reason>(),
    /** The provider's own error code, in addition to `reason`. */
    providerCode: text(),
    provider: text<ProviderName>(),
    providerId: text(),
    /** Number of billed parts of the text that was sent. */
    segments: int(),
    attempts: int().notNull().default(0),
    /** Earliest moment to send. Quiet hours and retry backoff postpone it. */
    notBefore: instant().notNull(),
    /** The message is not sent from this moment on. */
    expiresAt: instant(),
    /** The start it is about. It decides whether quiet hours postpone the message. */
    startsAt: instant(),
    /** Id of the claim that is sending it. A process that has lost its claim records nothing. */
    claim: text(),
    leaseUntil: instant(),
    /**
     * Written before the provider is called under this claim: a message without this stamp was certainly not handed
     * over.
     */
    handedOverAt: instant(),
    /** When the message entered its state. */
    stateAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('messages_once').on(t.kind, t.contactId, t.groupKey, t.generation, t.channel, t.part),
    index('messages_due').on(t.lane, t.notBefore, t.id).where(sql`state = 'queued'`),
    index('messages_leases').on(t.leaseUntil).where(sql`state = 'sending'`),
    index('messages_unknown').on(t.stateAt).where(sql`state = 'unknown'`),
    index('messages_claim').on(t.claim),
    index('messages_by_event').on(t.eventId, t.kind, t.state),
    index('messages_by_state').on(t.state, t.id),
    index('messages_by_contact').on(t.contactId),
    index('messages_by_provider').on(t.provider, t.providerId),
    check('messages_counts', sql`generation >= 0 and part >= 0 and attempts >= 0`),
  ],
)

/**
 * The subjects of a message, such as `participation:ID`. Opaque here; the slice that registered the kind reads them.
 */
export const messageSubjects = table(
  'message_subjects',
  {
    messageId: text()
      .notNull()
      .references(() => messages.id),
    subject: text().notNull(),
    /** The person it is about, updated by merges; null when there is no such person (an account without a person). */
    personId: text().references(() => persons.id),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.subject] }),
    index('message_subjects_subject').on(t.subject),
    index('message_subjects_person').on(t.personId),
  ],
)

/** Every receipt of a provider in order of arrival, whether or not it had an effect. Append-only. */
export const messageReceipts = table(
  'message_receipts',
  {
    id: text().primaryKey(),
    /** Null when the receipt belongs to none of our messages. */
    messageId: text().references(() => messages.id),
    provider: text<ProviderName>().notNull(),
    providerId: text(),
    /** The status in the provider's words. */
    status: text().notNull(),
    providerCode: text(),
    /** Whether the receipt changed the message's state. Late, repeated and out-of-order ones do not. */
    moved: bool().notNull(),
    receivedAt: instant().notNull(),
  },
  (t) => [
    index('message_receipts_message').on(t.messageId, t.id),
    index('message_receipts_provider').on(t.provider, t.providerId),
  ],
)

/** Holds. While one is open, nothing of its event, or nothing through its provider, is sent. */
export const sendingHolds = table(
  'sending_holds',
  {
    id: text().primaryKey(),
    /** `event:ID` or `provider:NAME`. */
    target: text().notNull(),
    eventId: text().references(() => events.id),
    provider: text<ProviderName>(),
    /** The failure that caused the hold; null when a person set it. */
    reason: text<Reason>(),
    providerCode: text(),
    heldBy: text(),
    heldAt: instant().notNull(),
    releasedBy: text(),
    releasedAt: instant(),
  },
  (t) => [
    uniqueIndex('sending_holds_open').on(t.target).where(isNull(sql`released_at`)),
    index('sending_holds_event').on(t.eventId),
  ],
)
