import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { contacts } from '#modules/organisation/schema.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { laneRank } from './rules.ts'
import { messageSubjects, messages } from './schema.ts'
import type { Channel, Lane, Locale } from './words.ts'

/** One message to be told to one contact. */
export interface MessageRequest {
  /** A registered kind: `invitation`. */
  kind: string
  contactId: string
  /** What it is about; the same contact is told once for each kind, key and generation: `event:ID`. */
  groupKey: string
  /** Whom it names: `participation:ID`. At least one. */
  subjects: readonly string[]
  /** Counted up by the caller to tell the same thing anew; 1 at first. */
  generation: number
  eventId: string | null
  lane: Lane
  /** At once when absent; quiet hours move it on. */
  notBefore?: DateTime
  /** Never sent from this moment on: for a reminder, the start of the shift. */
  expiresAt?: DateTime | null
  locale?: Locale
}

export interface Queued {
  /** Messages written. */
  queued: number
  /** Requests whose people had all been told, or were waiting to be, already. */
  repeated: number
}

const chunkSize = 200

/**
 * Writes messages into the outbox, in the transaction that causes them: sent if it commits, never if it does not.
 *
 * Idempotent: each subject is told once per kind, contact, groupKey and generation. A subject that joins a message
 * which still waits is added to it; one that comes after it was sent gets a message of its own.
 * The channel follows from the contact (phone: text message, address: mail). Contacts that are unknown are an error;
 * whether one is invalid or opted out is judged at the moment of sending.
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

/** Requests for one and the same message as one, naming everybody. */
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
    const subjects = [...new Set([...(known?.subjects ?? []), ...request.subjects])]
    byKey.set(key, { ...(known ?? request), subjects })
  }
  return [...byKey.values()]
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
  const named: { messageId: string; subject: string }[] = []
  const joined: string[] = []
  let touched = 0
  for (const request of chunk) {
    const before = known.get(keyOf(request)) ?? []
    const missing = untold(request.subjects, before)
    if (missing.length === 0) continue
    touched++
    const waiting = before.find(({ state }) => state === 'queued')
    const messageId = waiting?.id ?? newId()
    for (const subject of missing) named.push({ messageId, subject })
    if (waiting) {
      joined.push(waiting.id)
      continue
    }
    const part = Math.max(-1, ...before.map((message) => message.part)) + 1
    rows.push(
      rowOf(request, { id: messageId, part, channel: channels.get(request.contactId) as Channel, at }),
    )
  }
  // On PostgreSQL a conflict with what was not visible yet is an error that is retried, so none is passed over.
  if (rows.length > 0) await tx.insert(messages).values(rows).onConflictDoNothing()
  await keepWaiting(tx, joined)
  await inChunks(named, chunkSize, (some) => tx.insert(messageSubjects).values(some).onConflictDoNothing())
  return { messages: rows.length, requests: touched }
}

/** Holds messages in the queue until this transaction ends: whoever claims them then sees who joined. */
async function keepWaiting(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const waiting = and(inArray(messages.id, [...ids]), eq(messages.state, 'queued'))
  await tx.update(messages).set({ state: 'queued' }).where(waiting)
}

/** Who is in no message of this key that was sent, is under way or waits. A cancelled message told nobody. */
function untold(subjects: readonly string[], before: readonly Known[]): string[] {
  const told = before.filter(({ state }) => state !== 'cancelled')
  return subjects.filter((subject) => !told.some((message) => message.subjects.has(subject)))
}

function rowOf(
  request: MessageRequest,
  { id, part, channel, at }: { id: string; part: number; channel: Channel; at: DateTime },
): typeof messages.$inferInsert {
  const { kind, contactId, groupKey, generation, eventId, lane, notBefore, expiresAt, locale } = request
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

/** Messages that were written for the same contacts and keys before, with whom they name. */
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
