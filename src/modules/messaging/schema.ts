import { isNull, sql } from 'drizzle-orm'
import { events } from '#modules/events/schema.ts'
import { contacts } from '#modules/organisation/schema.ts'
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
 * The words of one kind of message on one channel. Without a row the kind's own words are used, so a template
 * exists only where somebody changed them. `{name}` stands for a variable of the kind.
 */
export const templates = table(
  'templates',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    channel: text<Channel>().notNull(),
    /** Without its brackets; a text message opens with 【signature】. */
    signature: text(),
    subjectZh: text(),
    subjectEn: text(),
    bodyZh: text().notNull(),
    bodyEn: text().notNull(),
    /** The template as it was filed with a provider that sends nothing else. */
    providerTemplate: text(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    changedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('templates_once').on(t.kind, t.channel)],
)

/**
 * The outbox: one row for one message to one contact, written in the transaction that causes it. Neither the text
 * nor the number is here: both are made at the moment of sending.
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
    /** What it is about, in the words of the slice that causes it: two messages of a kind with one key are one. */
    groupKey: text().notNull(),
    /** Which time this is told; the causing slice counts it up to tell it anew. */
    generation: int().notNull(),
    /** 0; more for people who joined the number after it was sent, and for a message that a person sends again. */
    part: int().notNull().default(0),
    channel: text<Channel>().notNull(),
    locale: text<Locale>().notNull(),
    /** Rank in `lanes`. */
    lane: int().notNull(),
    state: text<MessageState>().notNull(),
    reason: text<Reason>(),
    /** The provider's own code beside `reason`. */
    providerCode: text(),
    provider: text<ProviderName>(),
    providerId: text(),
    /** Billed parts of the text as it was sent. */
    segments: int(),
    attempts: int().notNull().default(0),
    /** Not sent before this; moved on by quiet hours and by backing off. */
    notBefore: instant().notNull(),
    /** Not sent from this moment on. */
    expiresAt: instant(),
    /** Names the claim under which it is being sent; whoever lost it records nothing. */
    claim: text(),
    leaseUntil: instant(),
    /** Since when it stands in `state`. */
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

/** Whom a message names, as `participation:ID`: opaque here, read by the slice that registered the kind. */
export const messageSubjects = table(
  'message_subjects',
  {
    messageId: text()
      .notNull()
      .references(() => messages.id),
    subject: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.subject] }), index('message_subjects_subject').on(t.subject)],
)

/** Every report of a provider, in the order it came, whether or not it changed anything. Only ever appended to. */
export const messageReceipts = table(
  'message_receipts',
  {
    id: text().primaryKey(),
    /** Null when it names no message of ours. */
    messageId: text().references(() => messages.id),
    provider: text<ProviderName>().notNull(),
    providerId: text(),
    /** What the provider calls it. */
    status: text().notNull(),
    providerCode: text(),
    /** Whether the message moved because of it; late, repeated and unordered ones do not move it. */
    moved: bool().notNull(),
    receivedAt: instant().notNull(),
  },
  (t) => [
    index('message_receipts_message').on(t.messageId, t.id),
    index('message_receipts_provider').on(t.provider, t.providerId),
  ],
)

/** Nothing of an event, or nothing through a provider, is sent while one of these is open. */
export const sendingHolds = table(
  'sending_holds',
  {
    id: text().primaryKey(),
    /** `event:ID` or `provider:NAME`. */
    target: text().notNull(),
    eventId: text().references(() => events.id),
    provider: text<ProviderName>(),
    /** What stopped it by itself; null when a person did. */
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
