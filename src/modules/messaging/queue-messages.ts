import { and, eq, inArray } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { mergedInto } from '#modules/organisation/index.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { laneRank } from './rules.ts'
import { messageSubjects, messages } from './schema.ts'
import type { AboutPerson } from './subjects.ts'
import type { Channel, Lane, Locale } from './words.ts'

/** A request for one message to one contact. */
export interface MessageRequest {
  /** A registered kind, such as `invitation`. */
  kind: string
  contactId: string
  /** The topic, such as `event:ID`. A contact is told once per kind, groupKey and generation. */
  groupKey: string
  /** The subjects, each with its person. At least one. */
  subjects: readonly AboutPerson[]
  /** Starts at 1. The caller increments it to send the same topic again. */
  generation: number
  eventId: string | null
  lane: Lane
  /** Earliest moment to send; now when absent. Quiet hours may postpone it. */
  notBefore?: DateTime
  /** The message is never sent from this moment on; for a reminder, the start of the shift. */
  expiresAt?: DateTime | null
  /** The start of the shift it is about. A message close to the start ignores quiet hours except at night. */
  startsAt?: DateTime | null
  locale?: Locale
}

export interface Queued {
  /** Number of messages written. */
  queued: number
  /** Number of requests whose subjects were all told before or are queued already. */
  repeated: number
}

const chunkSize = 200

/**
 * Writes messages into the outbox, in the transaction that causes them: they are sent if and only if it commits.
 *
 * Idempotent: each subject is told once per kind, contact, groupKey and generation. A new subject is added to a message
 * that is still queued; if that message was already sent, the subject gets a new one.
 * The channel follows from the contact (phone: text message, address: mail). An unknown contact is an error; whether a
 * contact is invalid or opted out is checked at the moment of sending.
 * @throws DomainError `message.contact_missing`, `message.without_subject`
 */
export async function queueMessages(
  tx: Writer,
  requests: readonly MessageRequest[],
  at: DateTime,
): Promise<Queued> {
  const asked = merged(requests)
  let queued = 0
  let written = 0
  await inChunks(asked, chunkSize, async (chunk) => {
    const outcome = await queueChunk(tx, chunk, at)
    queued += outcome.messages
    written += outcome.requests
  })
  if (written > 0)
    await enqueueDelivery(
      tx,
      asked.map(({ notBefore }) => notBefore ?? at),
      at,
    )
  return { queued, repeated: asked.length - written }
}

/** Merges requests for the same message into one with all subjects. */
function merged(requests: readonly MessageRequest[]): MessageRequest[] {
  const byKey = new Map<string, MessageRequest>()
  for (const request of requests) {
    if (request.subjects.length === 0) {
      throw new DomainError('invalid', 'message.without_subject', 'A message must be about somebody.', {
        kind: request.kind,
      })
    }
    const key = keyOf(request)
    const known = byKey.get(key)
    const all = [...(known?.subjects ?? []), ...request.subjects]
    const subjects = [...new Map(all.map((each) => [each.subject, each])).values()]
    byKey.set(key, known ? { ...known, subjects, ...withinBoth(known, request) } : { ...request, subjects })
  }
  return [...byKey.values()]
}

/** A message about several shifts is as urgent as the first, and is sent until the last one makes it useless. */
function withinBoth(
  one: MessageRequest,
  other: MessageRequest,
): Pick<MessageRequest, 'startsAt' | 'expiresAt'> {
  const starts = [one.startsAt, other.startsAt].filter((at) => at != null)
  const ends = [one.expiresAt, other.expiresAt].filter((at) => at != null)
  return {
    startsAt: starts.length > 0 ? DateTime.min(...(starts as [DateTime, ...DateTime[]])) : null,
    expiresAt: ends.length === 2 ? DateTime.max(...(ends as [DateTime, ...DateTime[]])) : null,
  }
}

function keyOf({ kind, contactId, groupKey, generation }: Omit<MessageKey, 'channel'>): string {
  return JSON.stringify([kind, contactId, groupKey, generation])
}

interface MessageKey {
  kind: string
  contactId: string
  groupKey: string
  generation: number
  channel: Channel
}

interface Known {
  id: string
  state: string
  part: number
  subjects: Set<string>
}

async function queueChunk(tx: Writer, chunk: MessageRequest[], at: DateTime) {
  const channels = await channelsOf(tx, chunk)
  const known = await knownMessages(tx, chunk)
  const rows: (typeof messages.$inferInsert)[] = []
  const named: (typeof messageSubjects.$inferInsert)[] = []
  const joined: string[] = []
  let touched = 0
  for (const request of chunk) {
    const before = known.get(keyOf(request)) ?? []
    const missing = untold(request.subjects, before)
    if (missing.length === 0) continue
    touched++
    const waiting = before.find(({ state }) => state === 'queued')
    const messageId = waiting?.id ?? newId()
    for (const each of missing) named.push({ messageId, ...each })
    if (waiting) {
      joined.push(waiting.id)
      continue
    }
    const part = Math.max(-1, ...before.map((message) => message.part)) + 1
    rows.push(
      rowOf(request, { id: messageId, part, channel: channels.get(request.contactId) as Channel, at }),
    )
  }
  // On PostgreSQL a conflict with a row that is not visible yet is a serialization error and is retried: no row is lost.
  if (rows.length > 0) await tx.insert(messages).values(rows).onConflictDoNothing()
  await keepWaiting(tx, joined)
  await writeSubjects(tx, named)
  return { messages: rows.length, requests: touched }
}

/** Writes the subjects with current person ids: a person may have been merged since the caller read the id. */
async function writeSubjects(
  tx: Writer,
  rows: readonly (typeof messageSubjects.$inferInsert)[],
): Promise<void> {
  await inChunks(rows, chunkSize, async (some) => {
    const became = await mergedInto(
      tx,
      some.flatMap(({ personId }) => personId ?? []),
    )
    const current = some.map(({ personId, ...row }) => {
      return { ...row, personId: personId ? (became.get(personId) ?? personId) : null }
    })
    await tx.insert(messageSubjects).values(current).onConflictDoNothing()
  })
}

/** Locks queued messages until this transaction ends, so that a later claim sees the added subjects. */
async function keepWaiting(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const waiting = and(inArray(messages.id, [...ids]), eq(messages.state, 'queued'))
  await tx.update(messages).set({ state: 'queued' }).where(waiting)
}

/**
 * The subjects in no message of this key that was sent, is being sent or is queued. Cancelled messages do not count.
 */
function untold(subjects: readonly AboutPerson[], before: readonly Known[]): AboutPerson[] {
  const told = before.filter(({ state }) => state !== 'cancelled')
  return subjects.filter(({ subject }) => !told.some((message) => message.subjects.has(subject)))
}

function rowOf(
  request: MessageRequest,
  { id, part, channel, at }: { id: string; part: number; channel: Channel; at: DateTime },
): typeof messages.$inferInsert {
  const { kind, contactId, groupKey, generation, eventId, lane, notBefore, expiresAt, startsAt, locale } =
    request
  return {
    id,
    kind,
    contactId,
    eventId,
    groupKey,
    generation,
    part,
    channel,
    locale: locale ?? 'zh',
    lane: laneRank(lane),
    state: 'queued',
    notBefore: notBefore ?? at,
    expiresAt: expiresAt ?? null,
    startsAt: startsAt ?? null,
    stateAt: at,
    createdAt: at,
  }
}

async function channelsOf(tx: Writer, chunk: MessageRequest[]): Promise<Map<string, Channel>> {
  const ids = [...new Set(chunk.map(({ contactId }) => contactId))]
  const found = await tx
    .select({ id: contacts.id, kind: contacts.kind })
    .from(contacts)
    .where(inArray(contacts.id, ids))
  const channels = new Map(found.map(({ id, kind }) => [id, kind === 'phone' ? 'sms' : 'email'] as const))
  const contactId = ids.find((id) => !channels.has(id))
  if (contactId) {
    throw new DomainError('missing', 'message.contact_missing', 'There is no such contact.', { contactId })
  }
  return channels
}

/** Existing messages for the same contacts and keys, with their subjects. */
async function knownMessages(tx: Writer, chunk: MessageRequest[]): Promise<Map<string, Known[]>> {
  const contactIds = [...new Set(chunk.map(({ contactId }) => contactId))]
  const kinds = [...new Set(chunk.map(({ kind }) => kind))]
  const groupKeys = [...new Set(chunk.map(({ groupKey }) => groupKey))]
  const rows = await tx
    .select({
      id: messages.id,
      kind: messages.kind,
      contactId: messages.contactId,
      groupKey: messages.groupKey,
      generation: messages.generation,
      part: messages.part,
      state: messages.state,
      subject: messageSubjects.subject,
    })
    .from(messages)
    .innerJoin(messageSubjects, eq(messageSubjects.messageId, messages.id))
    .where(
      and(
        inArray(messages.contactId, contactIds),
        inArray(messages.kind, kinds),
        inArray(messages.groupKey, groupKeys),
      ),
    )
  const known = new Map<string, Map<string, Known>>()
  for (const { subject, ...row } of rows) {
    const key = keyOf(row)
    const ofKey = known.get(key) ?? new Map<string, Known>()
    known.set(key, ofKey)
    const message = ofKey.get(row.id) ?? { id: row.id, state: row.state, part: row.part, subjects: new Set() }
    ofKey.set(row.id, message)
    message.subjects.add(subject)
  }
  return new Map([...known].map(([key, ofKey]) => [key, [...ofKey.values()]]))
}
